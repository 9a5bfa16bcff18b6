using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>An even grid of intervals and the time zone whose clock people there live by.</summary>
/// <remarks>
/// Grids below a day are even in elapsed time. Days and weeks are calendar days of the zone: 23 or 25 hours long when the clocks change.
/// </remarks>
public sealed record IntervalGrid
{
    private static readonly long[] Minutes = [5, 10, 15, 20, 30, 60];

    /// <summary>Creates a grid.</summary>
    /// <param name="interval">5, 10, 15, 20, 30 or 60 minutes, one day or seven days.</param>
    /// <param name="zone">IANA time zone of the seasonal pattern.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other interval.</exception>
    public IntervalGrid(Duration interval, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (interval != Duration.FromDays(1) && interval != Duration.FromDays(7)
            && !Array.Exists(Minutes, m => interval == Duration.FromMinutes(m)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval), interval, "The interval must be 5, 10, 15, 20, 30 or 60 minutes, one day or seven days.");
        }

        (Interval, Zone) = (interval, zone);
    }

    /// <summary>Length of an interval; for days and weeks the nominal length.</summary>
    public Duration Interval { get; }

    /// <summary>Time zone of the seasonal pattern.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Intervals in a nominal day; 1 for daily and weekly grids.</summary>
    public int IntervalsPerDay => IsCalendar ? 1 : (int)(Duration.FromDays(1).TotalMinutes / Interval.TotalMinutes);

    /// <summary>Intervals in a nominal week; 1 for weekly grids.</summary>
    public int IntervalsPerWeek => Interval == Duration.FromDays(7) ? 1 : 7 * IntervalsPerDay;

    /// <summary>Whether the intervals are calendar days or weeks of the zone.</summary>
    public bool IsCalendar => Interval >= Duration.FromDays(1);

    /// <summary>Days an interval spans: 7 for weekly grids, otherwise at most 1.</summary>
    internal double DaysPerInterval => Interval.TotalDays;

    /// <summary>Start of the interval <paramref name="step"/> intervals after <paramref name="start"/>.</summary>
    /// <param name="start">Start of an interval; for days and weeks the start of a local day.</param>
    /// <param name="step">Any whole number.</param>
    /// <returns>For days and weeks the first instant of the local day.</returns>
    public Instant InstantAt(Instant start, int step)
    {
        if (!IsCalendar)
        {
            return start + (Interval * step);
        }

        var days = (int)Interval.TotalDays * step;
        return Zone.AtStartOfDay(start.InZone(Zone).Date.PlusDays(days)).ToInstant();
    }

    /// <summary>Number of intervals from <paramref name="start"/> on that start before <paramref name="end"/>: a cut one counts.</summary>
    /// <param name="start">Start of an interval; for days and weeks the start of a local day.</param>
    /// <param name="end">Any instant.</param>
    /// <returns>0 when the end is not after the start.</returns>
    public int StepsUntil(Instant start, Instant end)
    {
        var steps = 0;
        while (InstantAt(start, steps) < end)
        {
            steps++;
        }

        return steps;
    }
}
