using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>Where the intervals of a curve start, in the time zone whose clock people there live by: the one type that answers what lies when.</summary>
/// <remarks>
/// Intervals are numbered without holes; number 0 is the first of Monday, 5 January 1970. Below a day they are counted in elapsed time from each local
/// midnight, so hours start on the local hour in Kolkata as in Dublin. A day that is no whole number of intervals long ends with a cut one: a clock change of
/// half an hour (Lord Howe) cuts an hour on a grid of hours and nothing on one of half-hours. Days are calendar days of the zone, 23 or 25 hours long when
/// the clocks change, weeks seven of them from Monday.
/// </remarks>
public sealed record IntervalGrid
{
    private static readonly LocalDate FirstMonday = new(1970, 1, 5);

    private readonly EvenStretches? _stretches; // null for days and weeks

    /// <summary>Creates a grid.</summary>
    /// <param name="interval">5, 10, 15, 20, 30 or 60 minutes, one day or seven days.</param>
    /// <param name="zone">IANA time zone in which days begin at midnight.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other interval.</exception>
    public IntervalGrid(Duration interval, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!Lengths.Any(minutes => interval == Duration.FromMinutes(minutes)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(interval), interval, "The interval must be 5, 10, 15, 20, 30 or 60 minutes, one day or seven days.");
        }

        (Interval, Minutes, Zone) = (interval, (int)interval.TotalMinutes, zone);
        _stretches = IsCalendar ? null : EvenStretches.Of(zone, Minutes);
    }

    /// <summary>The lengths a grid may have, in minutes, ascending.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [5, 10, 15, 20, 30, 60, Day, Week];

    /// <summary>Minutes of a nominal day, the length of a grid of local days.</summary>
    public const int Day = 1440;

    /// <summary>Minutes of a nominal week, the length of a grid of local weeks.</summary>
    public const int Week = 7 * Day;

    /// <summary>Length of an interval; for days and weeks the nominal length.</summary>
    public Duration Interval { get; }

    /// <summary>The same in minutes.</summary>
    public int Minutes { get; }

    /// <summary>Time zone of the seasonal pattern.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Intervals in a nominal day; 1 for daily and weekly grids.</summary>
    public int IntervalsPerDay => IsCalendar ? 1 : Day / Minutes;

    /// <summary>Intervals in a nominal week; 1 for weekly grids.</summary>
    public int IntervalsPerWeek => Minutes == Week ? 1 : 7 * IntervalsPerDay;

    /// <summary>Whether the intervals are calendar days or weeks of the zone.</summary>
    public bool IsCalendar => Minutes >= Day;

    /// <summary>Days an interval spans: 7 for weekly grids, otherwise at most 1.</summary>
    internal double DaysPerInterval => Interval.TotalDays;

    /// <summary>A grid by the number of minutes of its intervals.</summary>
    /// <param name="minutes">One of <see cref="Lengths"/>.</param>
    /// <param name="zone">IANA time zone in which days begin at midnight.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other number of minutes.</exception>
    public static IntervalGrid Of(int minutes, DateTimeZone zone) => new(Duration.FromMinutes(minutes), zone);

    /// <summary>Number of the interval that holds an instant.</summary>
    /// <param name="instant">Any instant.</param>
    public long SlotOf(Instant instant) => _stretches?.SlotOf(instant) ?? FloorDivide(Period.DaysBetween(FirstMonday, DateOf(instant)), Minutes / Day);

    /// <summary>Start of an interval; where a zone skips a date whole, that of the date after it.</summary>
    /// <param name="slot">Number of the interval.</param>
    public Instant StartOf(long slot) => _stretches?.StartOf(slot) ?? StartOfDay(FirstMonday.PlusDays((int)slot * (Minutes / Day)));

    /// <summary>Number of the first interval that starts at or after an instant.</summary>
    /// <param name="instant">Any instant.</param>
    public long CeilingSlot(Instant instant)
    {
        var slot = SlotOf(instant);
        return StartOf(slot) < instant ? slot + 1 : slot;
    }

    /// <summary>Whether an interval starts at an instant.</summary>
    /// <param name="instant">Any instant.</param>
    public bool IsStart(Instant instant) => StartOf(SlotOf(instant)) == instant;

    /// <summary>Start of the interval that holds an instant: until then volumes can be known whole at that moment.</summary>
    /// <param name="instant">Any instant.</param>
    public Instant Floor(Instant instant) => StartOf(SlotOf(instant));

    /// <summary>The instant itself where an interval starts at it, otherwise the next start.</summary>
    /// <param name="instant">Any instant.</param>
    public Instant Ceiling(Instant instant) => StartOf(CeilingSlot(instant));

    /// <summary>End of the interval that holds an instant: the cut-off of a history whose last interval it is.</summary>
    /// <param name="instant">Any instant.</param>
    public Instant EndOf(Instant instant) => StartOf(SlotOf(instant) + 1);

    /// <summary>The local day an instant lies in.</summary>
    /// <param name="instant">Any instant.</param>
    public LocalDate DateOf(Instant instant) => LocalDays.DateOf(Zone, instant);

    /// <summary>First instant of a local day: midnight, or the moment after it where clocks skip it.</summary>
    /// <param name="date">Local day.</param>
    public Instant StartOfDay(LocalDate date) => LocalDays.StartOf(Zone, date);

    /// <summary>The first local day that starts at or after an instant and falls on a day of the week.</summary>
    /// <param name="instant">Any instant.</param>
    /// <param name="dayOfWeek">Day of the week asked for; any when left out.</param>
    public LocalDate FirstDayFrom(Instant instant, IsoDayOfWeek? dayOfWeek = null)
    {
        var date = DateOf(instant);
        date = StartOfDay(date) < instant ? date.PlusDays(1) : date;
        return dayOfWeek is { } wanted ? date.PlusDays(-1).Next(wanted) : date;
    }

    /// <summary>Start of the interval <paramref name="step"/> intervals after the one that holds <paramref name="start"/>.</summary>
    /// <param name="start">Start of an interval.</param>
    /// <param name="step">Any whole number.</param>
    public Instant InstantAt(Instant start, int step) => StartOf(SlotOf(start) + step);

    /// <summary>Number of intervals from <paramref name="start"/> on that start before <paramref name="end"/>: a cut one counts.</summary>
    /// <param name="start">Start of an interval.</param>
    /// <param name="end">Any instant.</param>
    /// <returns>0 when the end is not after the start.</returns>
    public int StepsUntil(Instant start, Instant end) => (int)Math.Max(0, CeilingSlot(end) - SlotOf(start));

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = Math.DivRem(value, divisor, out var rest);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
