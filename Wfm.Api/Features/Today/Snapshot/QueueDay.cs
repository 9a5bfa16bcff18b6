using NodaTime;
using Wfm.Api.Features.Forecasts.Intraday;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Inputs;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Today.Snapshot;

/// <summary>A queue on the running day: what came of it, until when it is known, and what may still come.</summary>
internal sealed class QueueDay
{
    private const int Prime = 7_919; // apart from each other: the seeds of queues and paths

    private readonly TodayFacts _day;
    private readonly ReforecastDay? _reforecast;
    private readonly DayObservations? _observed;
    private readonly double[] _offered; // of the steps of the history, from its start

    public QueueDay(TodayFacts day, QueueFacts facts)
    {
        (_day, Facts, Queue) = (day, facts, facts.Queue.ToPlanned());
        Times = day.Planned.When(Queue);
        _reforecast = facts.History is null ? null : ReforecastDay.Of(facts.Row, day.At, 1);
        _observed = _reforecast?.Read(facts.History!);
        _offered = facts.History?.Offered ?? [];
        Forecasted = new ForecastedQueue(facts.Row.SeriesId, Queue, facts.Row.ToForecast(0), facts.Row.AhtSeconds);
        IsOpen = Times.Hours(day.At, day.At + Duration.FromMinutes(1)) > 0;
    }

    public QueueFacts Facts { get; }

    public PlannedQueue Queue { get; }

    public OpenTimes Times { get; }

    public ForecastedQueue Forecasted { get; }

    public bool IsOpen { get; }

    public ReforecastDay? Reforecast => _reforecast;

    public DayObservations? Observed => _observed;

    /// <summary>Whether its rest of the day can be simulated.</summary>
    public bool IsProjected => _reforecast is not null && Queue.GoalFault is null;

    /// <summary>Until when it is known what was answered or is open: from then on it is simulated.</summary>
    public Instant KnownAt =>
        Queue.Deferrable is not null ? Facts.Backlog?.AsOf ?? _day.At
        : Facts.Served.Count > 0 ? Instant.Max(Facts.ServedUntil!.Value, _day.Start)
        : Facts.ServedUntil is not null ? _day.Start
        : _day.At;

    /// <summary>The update of its forecast; null when the forecast does not reach the day.</summary>
    public IntradayForecast? Update() => _reforecast?.Update(_observed!);

    /// <summary>What was answered until <see cref="KnownAt"/>.</summary>
    public CountedService Counted()
    {
        var (known, deferrable) = (KnownAt, Queue.Deferrable is not null);
        var (offered, inTime, answered, abandoned, wait) = (0.0, 0L, 0L, 0L, 0.0);
        foreach (var interval in Facts.Served.Where(s => s.End <= known))
        {
            var told = interval.Answered + (interval.Abandoned ?? 0); // for an interval whose volume is not known
            offered += deferrable ? interval.Answered : Math.Max(interval.Answered, Volume(interval.Start, interval.End) ?? told);
            (inTime, answered, abandoned) = (inTime + interval.InTime, answered + interval.Answered, abandoned + (interval.Abandoned ?? 0));
            wait += interval.WaitSeconds ?? 0;
        }

        return new CountedService((long)Math.Round(offered), inTime, answered, abandoned, wait);
    }

    /// <summary>The queue as the projection takes it.</summary>
    /// <param name="window">Intervals of the simulation.</param>
    /// <param name="shape">How days are spread over their hours.</param>
    public FloorQueue ToFloor(GridSpan window, DayShape shape, int paths, int seed, CancellationToken cancellationToken)
    {
        var aht = window.Overlay(Facts.Row.Span).Hold(Facts.Row.AhtSeconds);
        var simulated = HubService.Simulated(Queue, Paths(window, shape, paths, seed, cancellationToken), aht, Times.Over(window));
        if (Queue.Deferrable is not null && Facts.Backlog is { } backlog)
        {
            simulated = simulated with
            {
                OpeningBacklog = [.. backlog.Ranges.Select(r => new OpenContacts(r.Contacts, Age(r.YoungestMinutes), Age(r.OldestMinutes)))],
            };
        }

        return new FloorQueue(simulated, Queue.Group, KnownAt - window.Start, Counted());
    }

    /// <summary>Age on the queue's clock, which may stand still while it is closed.</summary>
    private Duration Age(double minutes)
    {
        var age = Duration.FromMinutes(minutes);
        return Queue.Deferrable!.ClockStopsWhenClosed ? Duration.FromHours(Times.Hours(KnownAt - age, KnownAt)) : age;
    }

    /// <summary>Contacts by interval of the window on each path: those that came at moments nobody knows, those to come as the re-forecast has them.</summary>
    private double[][] Paths(GridSpan window, DayShape shape, int count, int seed, CancellationToken cancellationToken)
    {
        var (grid, row) = (_reforecast!.Forecast.Grid, Facts.Row);
        var drawn = _reforecast.Paths(_observed!, count, unchecked(seed + (Prime * row.SeriesId)), cancellationToken);
        var now = grid.SlotOf(row.Start) + _observed!.Steps.Length; // the first interval that is not known
        var first = Math.Min(now, Math.Max(grid.SlotOf(KnownAt), Facts.History!.FirstSlot));
        double[] known = [.. Enumerable.Range(0, (int)(now - first)).Select(i => Known(first + i))];
        var overlay = window.Overlay(new GridSpan(grid, first, known.Length + drawn[0].Length), shape.Weight(Forecasted, Times));
        return [.. drawn.Select((path, p) => Spread([.. known, .. path], window, overlay, new Random(unchecked((seed * Prime) + (p * 31) + row.SeriesId))))];
    }

    /// <summary>Contacts that came in a slot; as many as were expected where that is not known.</summary>
    private double Known(long slot)
    {
        var index = slot - Facts.History!.FirstSlot;
        if (index >= 0 && index < _offered.Length && !double.IsNaN(_offered[index])) return _offered[index];
        var step = slot - Facts.History.Grid.SlotOf(Facts.Row.Start);
        return step >= 0 && step < Facts.Row.Mean.Length ? Facts.Row.Mean[step] : 0;
    }

    /// <summary>Whole contacts come at moments of their interval that are independent of each other; fractions by share. What comes before the queue is known
    /// is part of what is known.</summary>
    private double[] Spread(double[] values, GridSpan window, CurveOverlay overlay, Random random)
    {
        var (volume, known) = (new double[window.Count], KnownAt);
        for (var i = 0; i < window.Count;)
        {
            var (step, end) = (overlay.Index[i], i);
            while (end < window.Count && overlay.Index[end] == step) end++;
            if (step >= 0) Spread(values[step], i, end);
            i = end;
        }

        for (var i = 0; i < window.Count && window.StartOf(i) < known; i++)
        {
            var left = Math.Clamp((window.StartOf(i + 1) - known) / window.LengthOf(i), 0, 1);
            volume[i] = volume[i] == Math.Floor(volume[i]) ? Enumerable.Range(0, (int)volume[i]).Count(_ => random.NextDouble() < left) : volume[i] * left;
        }

        return volume;

        void Spread(double value, int from, int to)
        {
            var inside = 0.0; // the window may begin or end within an interval
            for (var i = from; i < to; i++) inside += overlay.Share[i];
            if (value != Math.Floor(value) || inside == 0)
            {
                for (var i = from; i < to; i++) volume[i] += value * overlay.Share[i];
                return;
            }

            for (var contact = 0; contact < value; contact++)
            {
                var place = random.NextDouble();
                for (var i = from; i < to; i++)
                {
                    if ((place -= overlay.Share[i]) >= 0) continue;
                    volume[i]++;
                    break;
                }
            }
        }
    }

    /// <summary>Contacts that came between two moments; null where an interval of it is not known.</summary>
    private double? Volume(Instant from, Instant to)
    {
        if (Facts.History is not { } history) return null;
        var (first, last) = (history.Grid.SlotOf(from) - history.FirstSlot, history.Grid.CeilingSlot(to) - history.FirstSlot);
        if (first < 0 || last > history.Length || history.Grid.StartOf(first + history.FirstSlot) != from) return null;
        var sum = 0.0;
        for (var i = first; i < last; i++) sum += _offered[i];
        return double.IsNaN(sum) ? null : sum;
    }
}
