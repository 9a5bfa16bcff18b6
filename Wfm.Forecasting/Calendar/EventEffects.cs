using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>What the events of one series did, and what those of its siblings add to that.</summary>
/// <param name="Own">As the history shows them, not shrunk.</param>
/// <param name="All">Shrunk to the siblings and to no effect: what is applied.</param>
/// <param name="Crises">Surges still running at the end of the history, with their course.</param>
internal sealed record EventEffects(
    IReadOnlyList<EventEffect> Own, IReadOnlyList<EventEffect> All, IReadOnlyList<(CalendarEvent Event, CrisisFit Fit)> Crises)
{
    /// <summary>Where the days of the week stand; <see langword="null"/> where that is not known.</summary>
    public WeekLevels? Levels { get; private init; }

    /// <summary>What events still running at the end of the history do, their own days so far taken in.</summary>
    public IReadOnlyList<RunningEvent> Running { get; private init; } = [];

    /// <summary>Learns the effects.</summary>
    /// <param name="options">Events, and effects of siblings.</param>
    /// <param name="history">The history as observed.</param>
    /// <param name="frame">Open slots.</param>
    /// <param name="values">Values of the open slots without outliers, NaN where missing or inside an event.</param>
    /// <param name="complete">The same, gaps filled.</param>
    public static EventEffects Learn(ForecastOptions options, TimeSeries history, ModelFrame frame, double[] values, double[] complete)
    {
        if (options.Events.Count == 0)
        {
            return new EventEffects([], [], []);
        }

        var levels = WeekLevels.Of(history.Grid, frame, complete);
        var occurrences = EventOccurrences.Collect(history, options.Events, frame, values, complete, levels, out var baseline);
        var own = Estimates(occurrences);
        return new EventEffects(own, EventPooling.Shrink(own, options.SiblingEffects), [.. Surges(options.Events, history, baseline)])
        {
            Levels = levels,
            Running = [.. occurrences.Where(o => RunningEvent.IsRunning(o.Event, history)).Select(o =>
            {
                var others = Estimates(occurrences.Where(other => other.Event != o.Event));
                var before = EventPooling.Shrink(others, options.SiblingEffects).FirstOrDefault(e => e.Kind == o.Event.Kind);
                return RunningEvent.Of(o.Event, o.Samples, before, history, levels, baseline);
            })],
        };
    }

    private static List<EventEffect> Estimates(IEnumerable<(CalendarEvent Event, KindSamples Samples)> occurrences) =>
    [
        .. occurrences.GroupBy(o => o.Event.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => EffectEstimator.Estimate(kind.Key, KindSamples.Of(kind.Select(o => o.Samples)))),
    ];

    private static IEnumerable<(CalendarEvent Event, CrisisFit Fit)> Surges(IReadOnlyList<CalendarEvent> events, TimeSeries history, EventBaseline baseline)
    {
        foreach (var e in events.Where(e => e.Decays && e.Start < history.End && e.End > history.End))
        {
            var (first, last) = EventOccurrences.Range(e.Start, e.End, history.Start, history.Grid, history.Length);
            var usual = Enumerable.Range(first, last - first).Select(i => Math.Max(0, baseline.At(i))).ToArray();
            double[] observed = [.. history.Values[first..last].ToArray().Select(v => Math.Max(0, v))]; // Max keeps NaN
            var since = (history.InstantAt(first) - e.Start).TotalHours; // below 0 where the surge began inside the first interval
            yield return (e, CrisisShape.Fit(usual, observed, history.Grid.Interval.TotalHours, since));
        }
    }
}
