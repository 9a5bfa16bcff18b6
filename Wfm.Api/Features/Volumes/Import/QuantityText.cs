using System.Globalization;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Reads a count or a duration: a finite number from 0 to a thousand million.</summary>
internal static class QuantityText
{
    public const double Maximum = 1e9;

    /// <summary>The reason it cannot be used; null when it can.</summary>
    public static string? Parse(ReadOnlySpan<byte> text, out double value)
    {
        if (text.Length is > 0 and <= 9 && TryDigits(text, out value))
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return text.Contains((byte)',') ? "is not a number; write decimals with a point and no thousands separator" : "is not a number";
        }

        if (!double.IsFinite(value))
        {
            return "is not a finite number";
        }

        value += 0.0; // −0 is 0
        return value switch
        {
            < 0 => "is negative",
            > Maximum => "is more than 1,000,000,000",
            _ => null,
        };
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out double value)
    {
        var number = 0;
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        value = number;
        return true;
    }
}
