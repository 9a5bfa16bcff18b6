using NodaTime;

namespace Wfm.Api.Json;

/// <summary>What every date and number of a request lies within, whatever it is for: one rule, kept where they are read.</summary>
internal static class Bounds
{
    /// <summary>The rule of dates in words.</summary>
    public const string OfDates = "between 1900 and 2199";

    /// <summary>The rule of numbers in words.</summary>
    public const string OfNumbers = "0, or between 1e-9 and 1e12 in size";

    private const double Smallest = 1e-9; // what is smaller is divided by one day
    private const double Largest = 1e12;
    private static readonly LocalDate First = new(1900, 1, 1);
    private static readonly LocalDate Last = new(2199, 12, 31);

    public static bool Hold(LocalDate date) => date >= First && date <= Last;

    public static bool Hold(LocalDateTime time) => Hold(time.Date);

    public static bool Hold(Instant instant) => instant.InUtc() is var utc && Hold(utc.Date);

    /// <summary>What is no number at all is left to the checks of its field.</summary>
    public static bool Hold(double number) => !double.IsFinite(number) || number == 0 || Math.Abs(number) is >= Smallest and <= Largest;
}
