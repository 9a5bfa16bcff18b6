using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Pipeline;

/// <summary>Requirements and people → roster: the demand of the groups, the search within its limits, and its repair.</summary>
public sealed class HubRosterer(ComputeSlots slots)
{
    /// <summary>The demand of a roster and the length of its intervals.</summary>
    /// <param name="start">First local day.</param>
    /// <param name="queues">Requirements of the hub's queues at the risk level rostered for.</param>
    public static (Duration Interval, IReadOnlyList<DemandLine> Lines) Demand(
        PlannedHub hub, LocalDate start, int days, IReadOnlyList<QueueRequirement> queues)
    {
        var grid = new IntervalGrid(GroupDemand.Interval(queues), hub.Zone);
        var window = GridSpan.Even(grid, grid.StartOfDay(start), grid.StartOfDay(start.PlusDays(days)));
        return (
            window.Grid.Interval, GroupDemand.Lines(queues, new DemandIntervals(window.Start, window.Grid.Interval, hub.Open.In(hub.Zone, []).Over(window))));
    }

    /// <summary>Where a roster begins when nobody says: on the first Monday that lies wholly after the cut-off, since contract hours are owed by the
    /// week.</summary>
    public static LocalDate FirstDay(DateTimeZone zone, Instant cutOff) => IntervalGrid.Of(IntervalGrid.Day, zone).FirstDayFrom(cutOff, IsoDayOfWeek.Monday);

    /// <summary>The first local day that lies wholly after an instant.</summary>
    public static LocalDate FirstWholeDay(DateTimeZone zone, Instant instant) => IntervalGrid.Of(IntervalGrid.Day, zone).FirstDayFrom(instant);

    /// <returns>The roster found within the limits.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; a time limit does not cancel.</exception>
    public Task<RosterResult> Solve(RosterProblem problem, SolveLimits limits, IProgress<SolveProgress>? progress, CancellationToken cancellationToken) =>
        slots.Run(() => Search(problem, limits, progress, cancellationToken), limits.Threads, cancellationToken);

    /// <summary>Solves a problem with all its soft goals, without each and without any.</summary>
    /// <param name="limits">Of each search.</param>
    /// <param name="solved">Told the number of searches done and how many there are.</param>
    /// <exception cref="OperationCanceledException">Cancelled; a time limit does not cancel.</exception>
    public Task<GoalPriceList> Price(RosterProblem problem, SolveLimits limits, Action<int, int> solved, CancellationToken cancellationToken) =>
        slots.Run(
            () => GoalPrices.Of(problem, asked => Search(asked, limits, null, cancellationToken), solved), limits.Threads, cancellationToken);

    /// <returns>The repair found within the limits.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; a time limit does not cancel.</exception>
    public Task<RepairResult> Repair(
        RosterProblem problem, IReadOnlyList<RosterShift> published, RosterChange change, RepairOptions options, IProgress<SolveProgress>? progress,
        CancellationToken cancellationToken) => slots.Run(
        () =>
        {
            var counted = new CountedMoves(progress);
            var result = RosterRepair.Repair(problem, published, change, options with { Limits = options.Limits.Started() }, counted, cancellationToken);
            counted.Count(result.Roster.Moves);
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        },
        cancellationToken);

    private static RosterResult Search(
        RosterProblem problem, SolveLimits limits, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
    {
        var counted = new CountedMoves(progress);
        var result = new RosterSolver().Solve(problem, limits.Started(), counted, cancellationToken);
        counted.Count(result.Moves);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }
}
