using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Collects what earlier events did, kind by kind: as a whole, by part of the day and by hour, and on the days around.</summary>
internal sealed class EventOccurrences
{
    private const double LeastForAnHour = 5; // usual contacts, in units of their dispersion: the logarithm of fewer is biased
    private const double LeastShare = 0.25; // of an occurrence that other kinds leave alone, to learn from
    private static readonly Duration LeastForDaysAround = Duration.FromHours(12);

    private readonly TimeSeries _history;
    private readonly WeekLevels? _levels;
    private readonly EventBaseline _baseline;
    private readonly int[] _kindsAt; // kinds that are learned and touch an interval
    private readonly bool[] _spoiled; // by an event nothing is learned from

    private EventOccurrences(
        TimeSeries history, IReadOnlyList<CalendarEvent> events, List<CalendarEvent> single, ModelFrame frame, double[] values, double[] complete,
        WeekLevels? levels)
    {
        (_history, _levels) = (history, levels);
        (_kindsAt, _spoiled) = (new int[history.Length], new bool[history.Length]);
        var around = new bool[values.Length];
        foreach (var e in single)
        {
            foreach (var i in Indices(e.Start, e.End))
            {
                _kindsAt[i]++;
            }

            MarkAround(e, frame, around);
        }

        foreach (var i in events.Where(e => !e.IsLearned).SelectMany(e => Indices(e.Start, e.End)))
        {
            _spoiled[i] = true;
        }

        _baseline = new EventBaseline(frame, values, complete, around);
    }

    /// <summary>Samples of each occurrence, those of kinds that met among them as a kind of its own.</summary>
    /// <param name="history">The history as observed.</param>
    /// <param name="events">All events.</param>
    /// <param name="frame">Open slots.</param>
    /// <param name="values">Values of the open slots without outliers, NaN where missing or inside an event.</param>
    /// <param name="complete">The same, gaps filled.</param>
    /// <param name="levels">Where the days of the week stand.</param>
    /// <param name="baseline">The usual volume, for other uses.</param>
    public static List<(CalendarEvent Event, KindSamples Samples)> Collect(
        TimeSeries history, IReadOnlyList<CalendarEvent> events, ModelFrame frame, double[] values, double[] complete, WeekLevels? levels,
        out EventBaseline baseline)
    {
        var single = KnownEvents.Single(events);
        var occurrences = new EventOccurrences(history, events, single, frame, values, complete, levels);
        baseline = occurrences._baseline;
        var found = new List<(CalendarEvent Event, KindSamples Samples)>();
        var alone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in single)
        {
            if (occurrences.Alone(e) is { } whole)
            {
                found.Add((e, occurrences.Samples(e, whole, i => occurrences._kindsAt[i] == 1)));
                occurrences.AddAround(e, found[^1].Samples);
                alone.Add(e.Kind);
            }
        }

        var meetings = KnownEvents.Meetings(single);
        foreach (var e in meetings)
        {
            if (occurrences.Whole(e, _ => true) is { } whole)
            {
                found.Add((e, occurrences.Samples(e, whole, _ => true)));
            }
        }

        // A kind that never came alone shares with those it came with.
        foreach (var e in single.Where(e => !alone.Contains(e.Kind)))
        {
            if (occurrences.Whole(e, _ => true) is { } whole)
            {
                var kinds = meetings.Where(m => m.Start < e.End && m.End > e.Start).Select(m => KnownEvents.KindsOf(m.Kind).Length).DefaultIfEmpty(1).Max();
                found.Add((e, occurrences.Samples(e, whole with { Log = whole.Log / kinds }, _ => false)));
                occurrences.AddAround(e, found[^1].Samples);
            }
        }

        return found;
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

    /// <summary>Hour of the local day in which an instant lies.</summary>
    public static int HourOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).Hour;

    private IEnumerable<int> Indices(Instant from, Instant to)
    {
        var (first, last) = Range(from, to, _history.Start, _history.Grid, _history.Length);
        return Enumerable.Range(first, last - first);
    }

    private void MarkAround(CalendarEvent e, ModelFrame frame, bool[] around)
    {
        foreach (var offset in EventEffect.DaysAround)
        {
            if (DayAround(e, offset, _history.Grid.Zone) is var (from, to))
            {
                foreach (var i in Indices(from, to).Where(frame.IsOpen))
                {
                    around[frame.SlotOf(i)] = true;
                }
            }
        }
    }

    /// <summary>The occurrence as a whole from what of it other kinds leave alone.</summary>
    private OccurrenceSample? Alone(CalendarEvent e) => Whole(e, i => _kindsAt[i] == 1);

    private WeekPlace PlaceOf(CalendarEvent e) => _levels?.PlaceOf(e.Start, e.End) ?? WeekPlace.Nowhere;

    private double Usual(CalendarEvent e) => Indices(e.Start, e.End).Sum(i => _baseline.At(i) is var usual && !double.IsNaN(usual) ? usual : 0);

    /// <summary>The occurrence as a whole from the intervals that count; nothing where they are too few.</summary>
    private OccurrenceSample? Whole(CalendarEvent e, Func<int, bool> counts)
    {
        var (volume, usual) = Sum(Indices(e.Start, e.End), counts);
        if (!(usual > 0) || usual < LeastShare * Usual(e))
        {
            return null;
        }

        var place = PlaceOf(e);
        return OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude) with
        {
            Position = place.Whole,
            Weekdays = place.Weekdays,
        };
    }

    private KindSamples Samples(CalendarEvent e, OccurrenceSample whole, Func<int, bool> counts)
    {
        var samples = new KindSamples();
        samples.Whole.Add(whole);
        samples.Intervals.AddRange(Indices(e.Start, e.End).Where(i => counts(i) && IsKnown(i)));
        if (_history.Grid.IsCalendar)
        {
            samples.Days.AddRange(Indices(e.Start, e.End).Select(i => SampleOf(e, [i], counts)).OfType<OccurrenceSample>());
            samples.NothingCame.Add(NothingCame(Indices(e.Start, e.End).GroupBy(_ => 0), counts));
            return samples;
        }

        var byHour = Indices(e.Start, e.End).GroupBy(i => HourOf(_history.InstantAt(i), _history.Grid.Zone)).ToList();
        var place = PlaceOf(e);
        var byPart = byHour.GroupBy(h => h.Key / EventEffect.HoursPerPart).ToList();
        foreach (var part in byPart.Where(_ => byPart.Count > 1))
        {
            if (SampleOf(e, part.SelectMany(i => i), counts, place.Part(part.Key)) is { } ofPart)
            {
                samples.Parts[part.Key].Add(Beside(ofPart, whole));
                foreach (var hour in part)
                {
                    if (Sum(hour, counts).Usual >= LeastForAnHour * _baseline.Dispersion && SampleOf(e, hour, counts, place.Hour(hour.Key)) is { } ofHour)
                    {
                        samples.Hours[hour.Key].Add(Beside(ofHour, ofPart));
                    }
                }
            }
        }

        samples.Days.AddRange(Indices(e.Start, e.End).GroupBy(i => _history.Grid.DateOf(_history.InstantAt(i)))
            .Select(day => SampleOf(e, day, counts)).OfType<OccurrenceSample>());
        samples.NothingCame.Add(NothingCame(byHour, counts));
        return samples;
    }

    private OccurrenceSample? SampleOf(CalendarEvent e, IEnumerable<int> indices, Func<int, bool> counts, double? position = null)
    {
        var (volume, usual) = Sum(indices, counts);
        return usual > 0 ? OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude) with { Position = position } : null;
    }

    private static OccurrenceSample Beside(OccurrenceSample part, OccurrenceSample whole) =>
        part with { Log = part.Log - whole.Log, Position = part.Position - whole.Position };

    /// <summary>By hour, the contacts that would have been expected where none came (<see cref="Closures"/>).</summary>
    private double[] NothingCame(IEnumerable<IGrouping<int, int>> byHour, Func<int, bool> counts)
    {
        var evidence = new double[Closures.Hours];
        var sums = byHour.Select(hour => (Hour: hour.Key, Sum: Sum(hour, counts))).ToList();
        var (volume, usual) = (sums.Sum(s => s.Sum.Volume), sums.Sum(s => s.Sum.Usual));
        var left = volume > 0 ? Math.Min(1, volume / usual) : 1; // on a quiet day quiet hours are no wonder
        foreach (var (hour, sum) in sums)
        {
            evidence[hour] = sum.Volume > 0 ? Closures.Came : left * sum.Usual / Math.Max(_baseline.Dispersion, 1);
        }

        return evidence;
    }

    private void AddAround(CalendarEvent e, KindSamples samples)
    {
        foreach (var (k, offset) in EventEffect.DaysAround.Index())
        {
            if (DayAround(e, offset, _history.Grid.Zone) is var (from, to) && _history.Grid.Interval <= Duration.FromDays(1))
            {
                var (volume, usual) = Sum(Indices(from, to), _ => true);
                if (usual > 0 && !Indices(from, to).Any(i => _kindsAt[i] > 0 || _spoiled[i]))
                {
                    samples.Around[k].Add(OccurrenceSample.Of(volume, usual, _baseline.Dispersion, e.Magnitude));
                }
            }
        }
    }

    private (double Volume, double Usual) Sum(IEnumerable<int> indices, Func<int, bool> counts)
    {
        var (volume, usual) = (0.0, 0.0);
        foreach (var i in indices)
        {
            if (counts(i) && IsKnown(i))
            {
                volume += _history.Values[i];
                usual += _baseline.At(i);
            }
        }

        return (volume, usual);
    }

    private bool IsKnown(int index) => !_spoiled[index] && !double.IsNaN(_history.Values[index]) && !double.IsNaN(_baseline.At(index));
}
