using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;

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

/// <summary>Forecasts → heads required at each risk level, queue by queue, on every core.</summary>
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
        var tasks = forecasts.Select(forecast =>
                (
                    forecast.Queue,
                    Staffed: slots.Run(
                        () =>
                        {
                            var staffed = Staff(forecast, hub, shape, riskLevels, paths, seed);
                            progress?.Invoke(Interlocked.Increment(ref done));
                            return staffed;
                        },
                        cancellationToken)))
            .ToList();
        var (queues, skipped) = (new List<StaffedQueue>(), new List<SkippedQueue>());
        foreach (var (queue, staffed) in tasks)
        {
            try
            {
                queues.Add(await staffed);
            }
            catch (ArgumentException e)
            {
                skipped.Add(new SkippedQueue(queue.Code, $"Queue '{queue.Code}' cannot be staffed: {e.Message}"));
            }
        }

        return new HubRequirement(queues, skipped);
    }

    private static StaffedQueue Staff(ForecastedQueue forecast, PlannedHub hub, DayShape shape, IReadOnlyList<double> riskLevels, int paths, int seed)
    {
        var work = QueueWork.Of(forecast, hub, shape, paths, seed);
        var curves = work.Curves();
        return new StaffedQueue(forecast.Key, forecast.Queue, work.Span, work.Open, [.. riskLevels.Select(curves)])
        {
            OpeningBacklogHours = work.OpeningBacklogHours,
        };
    }
}
