namespace Wfm.Api.Features.Volumes.Import;

/// <summary>What kind of time a text is: a point in time, a wall-clock time that needs a zone, or a day.</summary>
internal enum TimeKind { Unreadable, Instant, Local, Day }

/// <summary>Reads <c>yyyy-MM-dd</c>, <c>yyyy-MM-ddTHH:mm[:ss[.f…]]</c> with or without <c>Z</c>, <c>±hh:mm</c>, <c>±hhmm</c>, <c>±hh</c>; a space may stand for
/// the T.</summary>
/// <remarks>Over bytes and by hand: a text pattern costs ten times as much, and there is one of these in every row of an import.</remarks>
internal static class IntervalStartText
{
    private const long Second = 1_000_000;
    private const long Minute = 60 * Second;
    private const long Day = 24 * 60 * Minute;

    /// <summary>Microseconds since 1970: of the instant, or of the wall clock as if it were UTC.</summary>
    public static TimeKind Parse(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || Digits(text[..4]) is not (>= 1 and var year) || Digits(text.Slice(5, 2)) is not (>= 1 and <= 12 and var month)
            || Digits(text.Slice(8, 2)) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month))
        {
            return TimeKind.Unreadable;
        }

        microseconds = (new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Day;
        return text.Length == 10 ? TimeKind.Day : ParseTime(text[10..], ref microseconds);
    }

    private static TimeKind ParseTime(ReadOnlySpan<byte> text, ref long microseconds)
    {
        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[3] != ':'
            || Digits(text.Slice(1, 2)) is not (>= 0 and <= 24 and var hour) || Digits(text.Slice(4, 2)) is not (>= 0 and <= 59 and var minute)
            || (hour == 24 && minute != 0))
        {
            return TimeKind.Unreadable;
        }

        microseconds += ((hour * 60) + minute) * Minute;
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (Digits(text.Slice(1, 2)) is not (>= 0 and <= 59 and var second) || (hour == 24 && second != 0))
            {
                return TimeKind.Unreadable;
            }

            microseconds += second * Second;
            text = text[3..];
            if (!SkipFraction(ref text, ref microseconds))
            {
                return TimeKind.Unreadable;
            }
        }

        return text.IsEmpty ? TimeKind.Local : ParseOffset(text, ref microseconds);
    }

    private static bool SkipFraction(ref ReadOnlySpan<byte> text, ref long microseconds)
    {
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var length = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length - 1;
        var fraction = text.Slice(1, length);
        text = text[(1 + length)..];
        if (fraction.ContainsAnyExcept((byte)'0'))
        {
            microseconds += 1; // on no grid: the row is refused there, in words
        }

        return length > 0;
    }

    private static TimeKind ParseOffset(ReadOnlySpan<byte> text, ref long microseconds)
    {
        if (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z')
        {
            return TimeKind.Instant;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || (text.Length == 6 && text[3] != ':')
            || Digits(text.Slice(1, 2)) is not (>= 0 and <= 18 and var hours)
            || (text.Length == 3 ? 0 : Digits(text[^2..])) is not (>= 0 and <= 59 and var minutes))
        {
            return TimeKind.Unreadable;
        }

        microseconds -= (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes) * Minute;
        return TimeKind.Instant;
    }

    /// <summary>The number; −1 when a byte is not a digit.</summary>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!IsDigit(digit))
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
}
