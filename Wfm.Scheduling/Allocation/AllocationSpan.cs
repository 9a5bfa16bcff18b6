using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>The intervals over which work is shared out.</summary>
/// <param name="Start">Start of the first interval.</param>
/// <param name="Interval">Elapsed length of an interval, whole minutes, 15 minutes to 6 hours.</param>
/// <param name="Count">Intervals, 1 to 2,000; what reaches beyond the last one is counted at the beginning, as in a week that repeats itself.</param>
/// <exception cref="SchedulingDataException">A value outside its range.</exception>
public sealed record AllocationSpan(Instant Start, Duration Interval, int Count)
{
    private const int Most = 2_000;

    /// <summary>Elapsed length of an interval.</summary>
    public Duration Interval { get; } = Guard.Minutes(Interval, Duration.FromMinutes(15), Duration.FromHours(6), "allocation", nameof(Interval));

    /// <summary>Intervals.</summary>
    public int Count { get; } = Count is >= 1 and <= Most ? Count
        : throw new SchedulingDataException($"allocation: {nameof(Count)} is {Count}; it must lie between 1 and {Most}.");

    /// <summary>End of the last interval.</summary>
    public Instant End => Start + (Interval * Count);

    /// <summary>Days of the span, fractions allowed.</summary>
    public double Days => (End - Start).TotalDays;

    /// <summary>The interval that holds a moment; outside the span that of the repetition.</summary>
    /// <param name="at">Any moment.</param>
    public int Place(Instant at)
    {
        var place = (int)(Math.Floor((at - Start) / Interval) % Count);
        return place < 0 ? place + Count : place;
    }
}
