using NodaTime;
using NodaTime.TimeZones;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Pipeline;

/// <summary>When work is done: weekly windows in the local time of a hub, but for the dates on which it is closed.</summary>
/// <remarks>
/// A window belongs to the day it starts on: a closed Saturday does not end a Friday that is open until two in the morning. A window follows the wall clock, so
/// it is an hour longer or shorter where the clocks change within it; an edge that the clocks skip moves to the moment after.
/// </remarks>
internal sealed class OpenTimes
{
    private static readonly ZoneLocalMappingResolver Starts = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver Ends = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly AvailabilityWindow[] Always =
        [.. Enumerable.Range(1, 7).Select(day => new AvailabilityWindow((IsoDayOfWeek)day, LocalTime.Midnight, LocalTime.Midnight))];

    private readonly ILookup<IsoDayOfWeek, AvailabilityWindow> _windows;
    private readonly IReadOnlyList<DateInterval> _closures;
    private readonly DateTimeZone _zone;
    private readonly Dictionary<LocalDate, (Instant From, Instant To)[]> _days = [];

    public OpenTimes(OpenHours hours, IReadOnlyList<DateInterval> closures, DateTimeZone zone)
    {
        HasWindows = hours.Windows.Count > 0;
        IsAlways = !HasWindows && closures.Count == 0;
        _windows = (HasWindows ? hours.Windows : Always).ToLookup(window => window.Day);
        (_closures, _zone) = (closures, zone);
    }

    /// <summary>Whether it never closes.</summary>
    public bool IsAlways { get; }

    /// <summary>Whether the week has windows; without, it is open around the clock but for closures.</summary>
    public bool HasWindows { get; }

    /// <summary>Hours open between two instants.</summary>
    public double Hours(Instant from, Instant to)
    {
        var open = Duration.Zero;
        for (var date = from.InZone(_zone).Date.PlusDays(-1); date <= to.InZone(_zone).Date; date = date.PlusDays(1))
        {
            foreach (var (start, end) in DayOf(date))
            {
                var (a, b) = (Instant.Max(start, from), Instant.Min(end, to));
                open += b > a ? b - a : Duration.Zero;
            }
        }

        return open.TotalHours;
    }

    /// <summary>One flag per interval: whether any part of it is open, so that the hour in which a day opens at half past keeps its work.</summary>
    public bool[] Over(GridSpan span)
    {
        var open = new bool[span.Count];
        if (IsAlways)
        {
            Array.Fill(open, true);
            return open;
        }

        for (var date = span.Start.InZone(_zone).Date.PlusDays(-1); date <= span.End.InZone(_zone).Date; date = date.PlusDays(1))
        {
            foreach (var (start, end) in DayOf(date))
            {
                var until = span.CeilingIndexOf(end);
                for (var i = (int)Math.Max(0, span.IndexOf(start)); i < until; i++)
                {
                    open[i] = true;
                }
            }
        }

        return open;
    }

    /// <summary>
    /// One flag per interval of the local week from Monday 00:00, as the forecasting library wants them; null where no windows say. Closures are dates and not
    /// in it.
    /// </summary>
    /// <param name="history">What came.</param>
    /// <param name="arrivesWhileClosed">True keeps what came outside of the windows: a ticket of the night waits for the morning, a call is not
    /// answered.</param>
    public bool[]? Week(TimeSeries history, bool arrivesWhileClosed)
    {
        if (!HasWindows)
        {
            return null;
        }

        var week = Week(history.Grid);
        if (arrivesWhileClosed && history.Length > 0)
        {
            var map = new LocalCalendarMap(history.Start, history.Grid, history.Length);
            for (var i = 0; i < history.Length; i++)
            {
                week[map.SlotOfWeek(map.CellOf(i))] |= history.Values[i] > 0;
            }
        }

        return week;
    }

    private bool[] Week(IntervalGrid grid)
    {
        var (minutes, week) = (IntervalGrid.Day / grid.IntervalsPerDay, new bool[7 * grid.IntervalsPerDay]);
        foreach (var window in _windows.SelectMany(day => day))
        {
            var from = ((int)window.Day - 1) * IntervalGrid.Day + MinuteOf(window.From);
            var to = ((int)window.Day - 1) * IntervalGrid.Day + MinuteOf(window.To) + (window.To > window.From ? 0 : IntervalGrid.Day);
            for (var slot = from / minutes; slot * minutes < to; slot++)
            {
                week[slot % week.Length] = true;
            }
        }

        return week;
    }

    /// <summary>The longest of a grid's lengths, at most as long as given, on whose intervals every opening and closing time falls.</summary>
    /// <param name="minutes">Longest length in minutes that divides all shorter ones asked for.</param>
    public int LongestIntervalUpTo(int minutes) =>
        IntervalGrid.Lengths.Where(length =>
                length <= minutes
                && minutes % length == 0
                && _windows.SelectMany(day => day).All(w => MinuteOf(w.From) % length == 0 && MinuteOf(w.To) % length == 0))
            .DefaultIfEmpty(IntervalGrid.Lengths[0]).Max();

    private static int MinuteOf(LocalTime time) => (time.Hour * 60) + time.Minute;

    private (Instant From, Instant To)[] DayOf(LocalDate date)
    {
        if (!_days.TryGetValue(date, out var windows))
        {
            windows = _closures.Any(closure => closure.Contains(date))
                ? []
                :
                [
                    .. _windows[date.DayOfWeek]
                        .Select(w => (At(date, w.From, Starts), At(w.To > w.From ? date : date.PlusDays(1), w.To, w.To == LocalTime.Midnight ? Starts : Ends))),
                ];
            _days.Add(date, windows);
        }

        return windows;
    }

    private Instant At(LocalDate date, LocalTime time, ZoneLocalMappingResolver resolver) => _zone.ResolveLocal(date.At(time), resolver).ToInstant();
}
