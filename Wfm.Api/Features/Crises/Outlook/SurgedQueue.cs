using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>A queue at a hub with the surge on it: what usually comes, and what may come, path by path.</summary>
internal sealed class SurgedQueue
{
    private static readonly Duration Stale = Duration.FromMinutes(60);

    private readonly Instant _now;
    private readonly QueueWork _usual;
    private readonly double[] _mean; // usual contacts per interval of the work

    private SurgedQueue(
        Instant now, CrisisHubFacts hub, CrisisQueueFacts facts, QueueWork usual, double[] mean, double[][] paths, CrisisFit? fit) =>
        (_now, Hub, Facts, _usual, _mean, Paths, Fit) = (now, hub, facts, usual, mean, paths, fit);

    public CrisisHubFacts Hub { get; }

    public CrisisQueueFacts Facts { get; }

    /// <summary>Contacts with the surge, [path][interval of the work].</summary>
    public double[][] Paths { get; }

    /// <summary>The course as it was learned; null where the size is told, or the crisis is not about the queue.</summary>
    public CrisisFit? Fit { get; }

    public string Name => $"{Hub.Hub.Code}/{Facts.Queue.Code}";

    public GridSpan Span => _usual.Span;

    /// <summary>Seconds of work of a contact.</summary>
    public double[] AhtSeconds => _usual.AhtSeconds;

    /// <summary>Volumes known since the start of the crisis, with what was usual then.</summary>
    public (Instant? Until, double Observed, double Usual) SoFar { get; private init; }

    /// <param name="said">Volume ÷ usual volume from a moment on, as somebody told; null to go by the crisis.</param>
    public static SurgedQueue Of(
        CrisisFacts crisis, CrisisHubFacts hub, CrisisQueueFacts facts, DayShape shape, (double Factor, Instant From)? said, int paths, int seed,
        CancellationToken cancellationToken)
    {
        var forecasted = new ForecastedQueue(facts.Row.SeriesId, facts.Planned, facts.Row.ToForecast(seed), facts.Row.AhtSeconds);
        var usual = QueueWork.Of(forecasted, hub.Planned, shape, paths, unchecked(seed + (7_919 * facts.Row.SeriesId)), null, cancellationToken);
        var mean = usual.Span.Overlay(facts.Row.Span, shape.Weight(forecasted, hub.Planned.When(facts.Planned))).Spread(facts.Row.Mean);
        var (observed, before) = SoFarOf(facts);
        var fit = facts.IsTouched && said is null && crisis.Crisis.Expected?.Factor is null ? Learn(crisis.Crisis, facts, observed, before) : null;
        var expected = crisis.Crisis.Expected;
        double[][] courses = !facts.IsTouched ? [[.. mean.Select(_ => 1.0)]]
            : said is { } told ? [[.. Hours(usual.Span, told.From).Select(h => h > 0 ? told.Factor : 1)]]
            : fit is not null ? fit.Courses(Hours(usual.Span, crisis.Crisis.From))
            : [[.. Hours(usual.Span, crisis.Crisis.From).Select(h => Expected(expected!, h))]];
        var surged = facts.IsTouched ? CrisisPaths.Over(usual.Paths, mean, courses, unchecked(seed - facts.Row.SeriesId)) : usual.Paths;
        return new SurgedQueue(crisis.At, hub, facts, usual, mean, Known(surged, usual.Span, facts), fit)
        {
            SoFar = facts.History is { } history && observed.Length > 0
                ? (history.Grid.StartOf(history.FirstSlot + observed.Length), observed.Where(v => !double.IsNaN(v)).Sum(),
                    before.Zip(observed).Where(p => !double.IsNaN(p.Second)).Sum(p => p.First))
                : (null, 0, 0),
        };
    }

    /// <summary>Usual contacts between two moments.</summary>
    public double Usual(Instant from, Instant to) => Sum(_mean, from, to);

    /// <summary>Contacts of a path between two moments.</summary>
    public double On(int path, Instant from, Instant to) => Sum(Paths[path], from, to);

    /// <summary>Hours of work of a path beyond what is usual on it, between two moments.</summary>
    public double ExcessHours(int path, Instant from, Instant to)
    {
        var hours = 0.0;
        var (first, last) = (Math.Max(0, Span.IndexOf(from)), Span.CeilingIndexOf(to));
        for (var i = (int)first; i < last; i++) hours += (Paths[path][i] - _usual.Paths[path][i]) * AhtSeconds[i] / 3600 * Share(i, from, to);
        return hours;
    }

    /// <summary>The queue from when it is known on, as it is simulated.</summary>
    public FloorQueue ToFloor(GridSpan window)
    {
        var overlay = window.Overlay(Span);
        var known = KnownAt(window);
        double[][] volumes = [.. Paths.Select(p => overlay.Spread(p).Select((v, i) => v * Left(window, i, known)).ToArray())];
        var simulated = HubService.Simulated(
            Facts.Planned with { Code = Name }, volumes, overlay.Hold(AhtSeconds), Hub.Planned.When(Facts.Planned).Over(window));
        if (Facts.Planned.Deferrable is not null && Facts.Backlog is { } backlog)
        {
            var since = known - backlog.AsOf;
            simulated = simulated with
            {
                OpeningBacklog =
                [
                    .. backlog.Ranges.Select(r => new OpenContacts(
                        r.Contacts, Age(known, Duration.FromMinutes(r.YoungestMinutes) + since), Age(known, Duration.FromMinutes(r.OldestMinutes) + since))),
                ],
            };
        }

        return new FloorQueue(simulated, Facts.Queue.SkillGroup, known - window.Start, CountedService.Nothing);
    }

    /// <summary>From when on it is simulated: a count of what is open that is not old, else the moment itself.</summary>
    public static Instant KnownAt(CrisisQueueFacts facts, Instant at) =>
        facts.Planned.Deferrable is not null && facts.Backlog?.AsOf is { } counted && counted >= at - Stale ? counted : at;

    private Instant KnownAt(GridSpan window) => Instant.Max(window.Start, KnownAt(Facts, _now));

    private Duration Age(Instant known, Duration age) =>
        Facts.Planned.Deferrable!.ClockStopsWhenClosed ? Duration.FromHours(Hub.Planned.When(Facts.Planned).Hours(known - age, known)) : age;

    private static double Left(GridSpan window, int i, Instant known) => Math.Clamp((window.StartOf(i + 1) - known) / window.LengthOf(i), 0, 1);

    private double Sum(double[] values, Instant from, Instant to)
    {
        var sum = 0.0;
        var (first, last) = (Math.Max(0, Span.IndexOf(from)), Span.CeilingIndexOf(to));
        for (var i = (int)first; i < last; i++) sum += values[i] * Share(i, from, to);
        return sum;
    }

    private double Share(int i, Instant from, Instant to)
    {
        var common = Instant.Min(to, Span.StartOf(i + 1)) - Instant.Max(from, Span.StartOf(i));
        return common > Duration.Zero ? common / Span.LengthOf(i) : 0;
    }

    private static CrisisFit Learn(Crisis crisis, CrisisQueueFacts facts, double[] observed, double[] usual)
    {
        var first = facts.History is { } history ? (history.Start - crisis.From).TotalHours : 0;
        return CrisisShape.Fit(
            usual, observed, facts.Row.IntervalMinutes / 60.0, first, crisis.Expected?.HalfLifeHours ?? CrisisShape.PriorHalfLifeHours);
    }

    // Up to the last interval that is known.
    private static (double[] Observed, double[] Usual) SoFarOf(CrisisQueueFacts facts)
    {
        if (facts.History is not { } history) return ([], []);
        var observed = history.Offered[..(Array.FindLastIndex(history.Offered, v => !double.IsNaN(v)) + 1)];
        var first = (int)(history.FirstSlot - history.Grid.SlotOf(facts.Row.Start));
        return (observed, [.. Enumerable.Range(first, observed.Length).Select(i => i < facts.Row.Mean.Length ? facts.Row.Mean[i] : 0)]);
    }

    private static double Expected(ExpectedSurge expected, double hours) =>
        hours > 0 ? 1 + ((expected.Factor!.Value - 1) * Math.Pow(0.5, hours / expected.HalfLifeHours)) : 1;

    // What came is no guess any more.
    private static double[][] Known(double[][] paths, GridSpan span, CrisisQueueFacts facts)
    {
        if (facts.History is not { } history || span.Grid.Minutes != history.Grid.Minutes) return paths;
        var known = paths.Select(p => p.ToArray()).ToArray();
        for (var i = 0; i < history.Length; i++)
        {
            var place = span.IndexOf(history.StartOf(i));
            if (double.IsNaN(history.Offered[i]) || place < 0 || place >= span.Count) continue;
            foreach (var path in known) path[place] = history.Offered[i];
        }

        return known;
    }

    // To the middle of each interval.
    private static double[] Hours(GridSpan span, Instant from) =>
        [.. Enumerable.Range(0, span.Count).Select(i => (span.StartOf(i) + (span.LengthOf(i) / 2) - from).TotalHours)];
}
