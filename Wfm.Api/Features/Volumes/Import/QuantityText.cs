using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Reads a count or a duration: a finite number from 0 to a thousand million, with a point before decimals and nothing between thousands.</summary>
internal static partial class QuantityText
{
    public const double Maximum = 1e9;

    /// <summary>The reason it cannot be used; null when it can.</summary>
    /// <param name="pointMayGroup">Whether the file may come from where 1.234 is a thousand and more, as those with semicolons do.</param>
    public static string? Parse(ReadOnlySpan<byte> text, bool pointMayGroup, out double value)
    {
        if (text.Length is > 0 and <= 9 && TryDigits(text, out value))
        {
            return null;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return $"is not a number{Hint(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]))}";
        }

        if (pointMayGroup && Grouped().IsMatch(Encoding.UTF8.GetString(text)))
        {
            return "may be a thousand and more or a fraction, in a file with semicolons; write it without a thousands separator, or with another number of "
                + "decimals";
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

    /// <summary>What makes the text no number, where it is one to a human reader.</summary>
    private static string Hint(string text) =>
        Thousands().IsMatch(text) ? ": it has a thousands separator; write the digits without one, and decimals with a point"
        : DecimalComma().IsMatch(text) ? ": it has a decimal comma; write decimals with a point"
        : "";

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

    [GeneratedRegex(@"^\d{1,3}\.\d{3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouped();

    // 1,234 1.234.567 1.234,5 1 234 1'234, the space of any width
    [GeneratedRegex(
        @"^[+-]?\d{1,3}((,\d{3})+(\.\d+)?|(\.\d{3})+,\d+|(\.\d{3}){2,}|([ \u00A0\u2009\u202F'’]\d{3})+([.,]\d+)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?\d+,\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DecimalComma();
}
