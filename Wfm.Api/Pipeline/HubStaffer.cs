using System.Numerics;
using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Pipeline;

/// <summary>The requirement of one queue of a hub, a curve a risk level.</summary>
/// <param name="Key">Key of its forecast.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Span">Where the values of the curves lie in time: intervals below a day, none of them cut by a clock change.</param>
/// <param name="Open">Per interval: whether any part of it is open.</param>
/// <param name="Curves">In the order of the risk levels asked for.</param>
public sealed record StaffedQueue(int Key, PlannedQueue Queue, GridSpan Span, bool[] Open, IReadOnlyList<RequirementCurve> Curves)
{
    /// <summary>Hours of work open at the start, part of the cumulative curves; deferrable work only.</summary>
    public double OpeningBacklogHours { get; init; }

    /// <summary>The requirement at a risk level, as a roster takes it.</summary>
    public QueueRequirement At(double riskLevel) => Required(Queue, Span, Open, Curves.Single(c => c.RiskLevel == riskLevel));

    /// <summary>A curve of a queue, as a roster takes it.</summary>
    public static QueueRequirement Required(PlannedQueue queue, GridSpan span, bool[] open, RequirementCurve curve) =>
        new(queue.Code, queue.Group, span.Start, span.Grid.Interval, curve)
        {
            Open = open,
            Priority = queue.Priority,
            ExposureClass = queue.ExposureClass,
            MinimumHeads = queue.MinimumHeads,
            Claim = queue.Claim,
            Turnaround = queue.Deferrable?.Turnaround ?? Duration.FromDays(1),
        };
}

/// <summary>The requirements of a hub, in order of the forecasts, and what could not be staffed.</summary>
public sealed record HubRequirement(IReadOnlyList<StaffedQueue> Queues, IReadOnlyList<SkippedQueue> Skipped);

/// <summary>Forecasts → heads required at each risk level, skill group by skill group, on every core.</summary>
public sealed class HubStaffer(ComputeSlots slots)
{
    /// <param name="forecasts">Forecasts of the hub's queues, adjustments applied.</param>
    /// <param name="riskLevels">Probabilities that the heads are enough, each in (0, 1).</param>
    /// <param name="paths">Sample paths to draw.</param>
    /// <param name="progress">Receives how many of the queues are done.</param>
    public async Task<HubRequirement> Staff(
        PlannedHub hub, IReadOnlyList<ForecastedQueue> forecasts, IReadOnlyList<double> riskLevels, int paths, int seed, Action<int>? progress,
        CancellationToken cancellationToken)
    {
        var (shape, done) = (DayShape.Of(forecasts), 0);
        // Queues of a group over the same time are staffed together; a curve of another length stands by itself.
        var tasks = forecasts.GroupBy(f => (f.Queue.Group, f.Span.Start, f.Span.End)).Select(group => slots.Run(
                () =>
                {
                    var staffed = Staff([.. group], hub, shape, riskLevels, paths, seed, cancellationToken);
                    progress?.Invoke(Interlocked.Add(ref done, group.Count()));
                    return staffed;
                },
                cancellationToken))
            .ToList();
        var (queues, skipped) = (new Dictionary<ForecastedQueue, StaffedQueue>(ReferenceEqualityComparer.Instance), new List<SkippedQueue>());
        foreach (var task in tasks)
        {
            foreach (var (forecast, staffed, fault) in await task)
            {
                if (staffed is not null) queues.Add(forecast, staffed);
                else skipped.Add(new SkippedQueue(forecast.Queue.Code, $"Queue '{forecast.Queue.Code}' cannot be staffed: {fault}"));
            }
        }

        return new HubRequirement([.. forecasts.Where(queues.ContainsKey).Select(f => queues[f])], skipped);
    }

    /// <summary>The queues of a group; one that cannot be staffed does not keep the others from it.</summary>
    private static List<(ForecastedQueue Forecast, StaffedQueue? Staffed, string? Fault)> Staff(
        List<ForecastedQueue> group, PlannedHub hub, DayShape shape, IReadOnlyList<double> riskLevels, int paths, int seed,
        CancellationToken cancellationToken)
    {
        var minutes = group.Select(f => QueueWork.SpanOf(f, hub, shape).Grid.Minutes).Aggregate((a, b) => (int)BigInteger.GreatestCommonDivisor(a, b));
        var results = new List<(ForecastedQueue, StaffedQueue?, string?)>();
        var works = new List<(ForecastedQueue Forecast, QueueWork Work, GroupedQueue Queue)>();
        foreach (var forecast in group)
        {
            try
            {
                var work = QueueWork.Of(forecast, hub, shape, paths, seed, minutes, cancellationToken);
                works.Add((forecast, work, GroupStaffing.Check(work.Grouped(), cancellationToken)));
            }
            catch (ArgumentException e)
            {
                results.Add((forecast, null, e.Message));
            }
        }

        if (works.Count == 0) return results;
        var levels = riskLevels.Select(level => GroupStaffing.Require(works.ConvertAll(w => w.Queue), level, cancellationToken)).ToList();
        foreach (var (q, (forecast, work, _)) in works.Index())
        {
            results.Add((forecast, Staffed(forecast, work, [.. levels.Select(curves => curves[q])]), null));
        }

        return results;
    }

    private static StaffedQueue Staffed(ForecastedQueue forecast, QueueWork work, IReadOnlyList<RequirementCurve> curves) =>
        new(forecast.Key, forecast.Queue, work.Span, work.Open, curves) { OpeningBacklogHours = work.OpeningBacklogHours };
}
