using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>The work of one queue at one hub as staffing and simulation see it: paths of volume, opening hours, shrinkage, promise.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Span">Intervals that are staffed: those of the forecast, or finer ones where hours open or close within them or a whole day is one.</param>
/// <param name="Paths">Contacts, [path][interval].</param>
/// <param name="AhtSeconds">Average handle time by interval.</param>
/// <param name="Open">Whether any part of an interval is open.</param>
/// <param name="Shrinkage">Planned and unplanned together, a fraction.</param>
internal sealed record QueueWork(WorkQueue Queue, GridSpan Span, double[][] Paths, double[] AhtSeconds, bool[] Open, double Shrinkage)
{
    private const int LongestMinutesOfADay = 30; // what a forecast by day is staffed in

    /// <summary>Contacts open when the span starts; deferrable work only.</summary>
    public double OpeningBacklog { get; init; }

    /// <summary>The same in hours of work.</summary>
    public double OpeningBacklogHours => OpeningBacklog * AhtSeconds[0] / 3600;

    /// <param name="row">The forecast of the series, adjustments applied.</param>
    /// <param name="paths">Sample paths to draw.</param>
    public static QueueWork Of(SeriesForecastRow row, Hub hub, int paths, int seed)
    {
        var (queue, curve) = (row.Series!.Queue!, row.Span);
        var (span, times) = (SpanOf(row, hub), OpenTimes.Of(hub, queue));
        var (open, drawn) = (times.Over(span), row.ToForecast(seed).SamplePaths(paths, seed));
        if (span == curve)
        {
            return new QueueWork(queue, span, drawn, row.AhtSeconds, open, ShrinkageOf(hub));
        }

        var overlay = span.Overlay(curve, times.IsAlways ? null : times.Hours); // what comes in a day comes while it is open
        return new QueueWork(queue, span, [.. drawn.Select(overlay.Spread)], overlay.Hold(row.AhtSeconds), open, ShrinkageOf(hub));
    }

    /// <summary>The intervals in which a forecast is staffed.</summary>
    public static GridSpan SpanOf(SeriesForecastRow row, Hub hub)
    {
        var times = OpenTimes.Of(hub, row.Series!.Queue!);
        return row.Span.InIntervalsOf(times.LongestIntervalUpTo(row.IntervalMinutes < IntervalGrid.Day ? row.IntervalMinutes : LongestMinutesOfADay));
    }

    /// <summary>The requirement at any risk level; the work is checked once.</summary>
    public Func<double, RequirementCurve> Curves()
    {
        var shrinkage = new double[Span.Count];
        Array.Fill(shrinkage, Shrinkage);
        if (Queue.Kind == WorkKind.Immediate)
        {
            var calls = new ImmediateWork(
                Paths, AhtSeconds, Span.Grid.Interval, ImmediateGoalOf(Queue.Goal), shrinkage, Open, Queue.MinimumHeads, Queue.Concurrency, Queue.Goal.ConcurrencySlowdown ?? 0);
            return level => RiskStaffing.Require(calls, level);
        }

        var tickets = new DeferrableWork(Paths, AhtSeconds, Span.Grid.Interval, DeferrableGoalOf(Queue.Goal), shrinkage, Open, OpeningBacklog, Queue.MinimumHeads);
        return level => RiskStaffing.Require(tickets, level);
    }

    /// <summary>Planned and unplanned shrinkage of a hub together.</summary>
    public static double ShrinkageOf(Hub hub) => Scheduling.Staffing.Shrinkage.Combine(hub.PlannedShrinkage, hub.UnplannedShrinkage);

    public static ImmediateGoal ImmediateGoalOf(QueueGoal goal) => new(
        goal.ServiceLevel, Seconds(goal.ThresholdSeconds), Seconds(goal.MaximumAsaSeconds), goal.MaximumOccupancy, goal.MaximumAbandonment, Seconds(goal.PatienceSeconds));

    public static DeferrableGoal DeferrableGoalOf(QueueGoal goal) =>
        new(Turnaround(goal), goal.TurnaroundFraction ?? 1, ClockStopsWhenClosed: goal.CountsOpenHoursOnly);

    private static Duration Turnaround(QueueGoal goal) => goal.TurnaroundMinutes is { } minutes ? Duration.FromMinutes(minutes) : Duration.FromDays(1);

    private static Duration? Seconds(double? seconds) => seconds is { } s ? Duration.FromSeconds(s) : null;
}
