using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>The work of one queue at one hub as staffing and simulation see it: paths of volume, opening hours, shrinkage, promise.</summary>
internal sealed record QueueWork(SeriesForecastRow Row, WorkQueue Queue, double[][] Paths, bool[] Open, double Shrinkage)
{
    /// <param name="row">The forecast of the series, adjustments applied.</param>
    /// <param name="paths">Sample paths to draw.</param>
    public static QueueWork Of(SeriesForecastRow row, Hub hub, int paths, int seed) => new(
        row,
        row.Series!.Queue!,
        row.ToForecast(hub.Zone, seed).SamplePaths(paths, seed),
        OpenWeek.Of(hub.OpeningHours, hub.Zone, row.Start, row.IntervalMinutes, row.Mean.Length),
        ShrinkageOf(hub));

    /// <summary>The requirement at any risk level; the work is checked once.</summary>
    public Func<double, RequirementCurve> Curves()
    {
        var interval = Duration.FromMinutes(Row.IntervalMinutes);
        var shrinkage = new double[Row.Mean.Length];
        Array.Fill(shrinkage, Shrinkage);
        if (Queue.Kind == WorkKind.Immediate)
        {
            var calls = new ImmediateWork(Paths, Row.AhtSeconds, interval, ImmediateGoalOf(Queue.Goal), shrinkage, Open, Queue.MinimumHeads, Queue.Concurrency);
            return level => RiskStaffing.Require(calls, level);
        }

        var tickets = new DeferrableWork(Paths, Row.AhtSeconds, interval, DeferrableGoalOf(Queue.Goal), shrinkage, Open, MinimumHeads: Queue.MinimumHeads);
        return level => RiskStaffing.Require(tickets, level);
    }

    /// <summary>Planned and unplanned shrinkage of a hub together.</summary>
    public static double ShrinkageOf(Hub hub) => Scheduling.Staffing.Shrinkage.Combine(hub.PlannedShrinkage, hub.UnplannedShrinkage);

    public static ImmediateGoal ImmediateGoalOf(QueueGoal goal) => new(
        goal.ServiceLevel, Seconds(goal.ThresholdSeconds), Seconds(goal.MaximumAsaSeconds), goal.MaximumOccupancy, null, Seconds(goal.PatienceSeconds));

    public static DeferrableGoal DeferrableGoalOf(QueueGoal goal) =>
        new(Duration.FromMinutes(goal.TurnaroundMinutes ?? 1440), goal.TurnaroundFraction ?? 1);

    private static Duration? Seconds(double? seconds) => seconds is { } s ? Duration.FromSeconds(s) : null;
}
