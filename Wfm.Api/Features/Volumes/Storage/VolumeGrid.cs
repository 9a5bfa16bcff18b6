using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Where the intervals of a series start: counted from midnight UTC below a day, at the hub's local midnight for days and weeks.</summary>
/// <param name="Minutes">5, 15, 30, 60; 1440 for local days; 10080 for local weeks from Monday.</param>
/// <param name="Zone">Of the hub.</param>
public sealed record VolumeGrid(int Minutes, DateTimeZone Zone)
{
    public const int Day = 1440;
    public const int Week = 7 * Day;

    /// <summary>What a series may be kept in.</summary>
    public static IReadOnlyList<int> SeriesMinutes { get; } = [5, 15, 30, 60, Day];

    private const long MicrosecondsPerMinute = 60_000_000;
    private static readonly LocalDate FirstMonday = new(1970, 1, 5);

    /// <summary>Number of the interval that holds the instant.</summary>
    public long SlotOf(Instant instant) => Minutes switch
    {
        Day => DaysOf(instant),
        Week => FloorDivide(DaysOf(instant), 7),
        _ => FloorDivide(InstantMicroseconds.From(instant), Minutes * MicrosecondsPerMinute),
    };

    /// <summary>Start of an interval.</summary>
    public Instant StartOf(long slot) => Minutes switch
    {
        Day => StartOfDay(FirstMonday.PlusDays((int)slot)),
        Week => StartOfDay(FirstMonday.PlusDays(7 * (int)slot)),
        _ => InstantMicroseconds.ToInstant(slot * Minutes * MicrosecondsPerMinute),
    };

    public Instant StartOfDay(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();

    private long DaysOf(Instant instant) => Period.DaysBetween(FirstMonday, instant.InZone(Zone).Date);

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = Math.DivRem(value, divisor, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
