using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Collects what earlier events did, kind by kind: as a whole, by part of the day, and on the days around.</summary>
internal sealed class EventOccurrences
{
    private static readonly Duration LeastForDaysAround = Duration.FromHours(12);

    private readonly TimeSeries _history;
    private readonly IReadOnlyList<CalendarEvent> _events;
    private readonly EventBaseline _baseline;
    private readonly string?[] _kindAt; // of the first event that touches an interval
    private readonly bool[] _contested; // by an event of another kind, or one nothing is learned from

    private EventOccurrences(TimeSeries history, IReadOnlyList<CalendarEvent> events, ModelFrame frame, double[] values, double[] complete)
    {
        (_history, _events) = (history, events);
        _kindAt = new string?[history.Length];
        _contested = new bool[history.Length];
        var around = new bool[values.Length];
        foreach (var e in events)
        {
            Mark(e);
            MarkAround(e, frame, around);
        }

        _baseline = new EventBaseline(frame, values, complete, around);
    }

    /// <summary>Samples by kind.</summary>
    /// <param name="history">The history as observed.</param>
    /// <param name="events">All events.</param>
    /// <param name="frame">Open slots.</param>
    /// <param name="values">Values of the open slots without outliers, NaN where missing or inside an event.</param>
    /// <param name="complete">The same, gaps filled.</param>
    /// <param name="baseline">The usual volume, for other uses.</param>
    public static SortedDictionary<string, KindSamples> Collect(
        TimeSeries history, IReadOnlyList<CalendarEvent> events, ModelFrame frame, double[] values, double[] complete, out EventBaseline baseline)
    {
        var occurrences = new EventOccurrences(history, events, frame, values, complete);
        baseline = occurrences._baseline;
        var samples = new SortedDictionary<string, KindSamples>(StringComparer.Ordinal);
        foreach (var e in events.Where(e => e.IsLearned))
        {
            if (occurrences.Whole(e) is { } whole)
            {
                if (!samples.TryGetValue(e.Kind, out var ofKind))
                {
                    samples[e.Kind] = ofKind = new KindSamples();
                }

                ofKind.Whole.Add(whole);
                occurrences.AddParts(e, whole, ofKind);
                occurrences.AddAround(e, ofKind);
            }
        }

        return samples;
    }

    /// <summary>Intervals an event touches: from the first, to one past the last, within a number of intervals.</summary>
    public static (int First, int Last) Range(Instant from, Instant to, Instant start, IntervalGrid grid, int length)
    {
        var (offset, end) = (grid.SlotOf(start), grid.InstantAt(start, length));
        var first = (int)Math.Min(grid.SlotOf(Instant.Max(from, start)) - offset, length);
        var last = (int)Math.Max(grid.CeilingSlot(Instant.Min(to, end)) - offset, first);
        return (first, last);
    }

    /// <summary>A whole local day before or after an event; <see langword="null"/> where the event is too short to have such days.</summary>
    public static (Instant From, Instant To)? DayAround(CalendarEvent e, int offset, DateTimeZone zone)
    {
        if (e.End - e.Start < LeastForDaysAround)
        {
            return null;
        }

        var edge = LocalDays.DateOf(zone, offset < 0 ? e.Start : e.End - Duration.Epsilon);
        var day = edge.PlusDays(offset);
        return (LocalDays.StartOf(zone, day), LocalDays.StartOf(zone, day.PlusDays(1)));
    }

    /// <summary>Part of the local day in which an instant lies.</summary>
    public static int PartOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).Hour / EventEffect.HoursPerPart;

    private void Mark(CalendarEvent e)
    {
        var (first, last) = Range(e.Start, e.End, _history.Start, _history.Grid, _history.Length);
        for (var i = first; i < last; i++)
        {
            _contested[i] |= !e.IsLearned || (_kindAt[i] is { } other && other != e.Kind);
            _kindAt[i] ??= e.Kind;
        }
    }

    private void MarkAround(CalendarEvent e, ModelFrame frame, bool[] around)
    {
        foreach (var offset in EventEffect.DaysAround)
        {
            if (e.IsLearned && DayAround(e, offset, _history.Grid.Zone) is var (from, to))
            {
                var (first, last) = Range(from, to, _history.Start, _history.Grid, _history.Length);
                for (var i = first; i < last; i++)
                {
                    if (frame.IsOpen(i))
                    {
                        around[frame.SlotOf(i)] = true;
                    }
                }
            }
        }
    }

    /// <summary>The occurrence as a whole; where others overlap, from the rest of it, or shared out when there is no rest.</summary>
    private OccurrenceSample? Whole(CalendarEvent e)
    {
        var (first, last) = Range(e.Start, e.End, _history.Start, _history.Grid, _history.Length);
        var (volume, usual) = Sum(first, last, i => !_contested[i]);
        var (allVolume, allUsual) = Sum(first, last, _ => true);
        if (usual > 0 && usual >= 0.25 * allUsual)
        {
            return OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude);
        }

        var over = _events.Where(o => o.Start < e.End && o.End > e.Start).ToList();
        if (!(allUsual > 0) || over.Exists(o => !o.IsLearned))
        {
            return null;
        }

        var whole = OccurrenceSample.Of(allVolume, allUsual, _baseline.Dispersion, e.Magnitude);
        return whole with { Log = whole.Log / over.DistinctBy(o => o.Kind).Count() };
    }

    private void AddParts(CalendarEvent e, OccurrenceSample whole, KindSamples ofKind)
    {
        if (_history.Grid.IsCalendar)
        {
            return;
        }

        var (first, last) = Range(e.Start, e.End, _history.Start, _history.Grid, _history.Length);
        var byPart = Enumerable.Range(first, last - first).GroupBy(i => PartOf(_history.InstantAt(i), _history.Grid.Zone)).ToList();
        foreach (var part in byPart.Where(_ => byPart.Count > 1))
        {
            var (volume, usual) = Sum(part, i => !_contested[i]);
            if (usual > 0)
            {
                var sample = OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude);
                ofKind.Parts[part.Key].Add(sample with { Log = sample.Log - whole.Log });
            }
        }
    }

    private void AddAround(CalendarEvent e, KindSamples ofKind)
    {
        foreach (var (k, offset) in EventEffect.DaysAround.Index())
        {
            if (DayAround(e, offset, _history.Grid.Zone) is var (from, to) && _history.Grid.Interval <= Duration.FromDays(1))
            {
                var (first, last) = Range(from, to, _history.Start, _history.Grid, _history.Length);
                var (volume, usual) = Sum(first, last, _ => true);
                if (usual > 0 && !Enumerable.Range(first, last - first).Any(i => _kindAt[i] is not null))
                {
                    ofKind.Around[k].Add(OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude));
                }
            }
        }
    }

    private (double Volume, double Usual) Sum(int first, int last, Func<int, bool> counts) => Sum(Enumerable.Range(first, last - first), counts);

    private (double Volume, double Usual) Sum(IEnumerable<int> indices, Func<int, bool> counts)
    {
        var (volume, usual) = (0.0, 0.0);
        foreach (var i in indices)
        {
            if (counts(i) && !double.IsNaN(_history.Values[i]) && _baseline.At(i) is var expected && !double.IsNaN(expected))
            {
                volume += _history.Values[i];
                usual += expected;
            }
        }

        return (volume, usual);
    }
}
