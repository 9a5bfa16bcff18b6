using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>Finds a legal roster and makes it better until the limit.</summary>
/// <remarks>
/// A greedy construction inside the space that keeps every rule, then simulated annealing over days and runs of days with incremental cost. Where a
/// day's cost does not depend on other days of the agent, the rosters of groups of agents are then built anew by exact dynamic programming over
/// their rules, guided by the prices of a Lagrangian relaxation, which also says how far from the best the roster can be; for hubs with weekly
/// hours a coarser relaxation says so. Rules that ask for a minimum (runs of days, period hours) may be passed through on the way at a price; what
/// still breaks one at the end loses shifts until it does not. Contract and period minima that stay unmet are reported with the reason.
/// </remarks>
public sealed class RosterSolver
{
    /// <summary>Solves a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Seed, work limit and threads.</param>
    /// <param name="progress">Told now and then from the searching threads; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the search; the best roster so far is returned, nothing is thrown.</param>
    /// <returns>A roster that breaks no rule beyond what pinned shifts break, with its cost, coverage, gaps and reasons.</returns>
    /// <exception cref="SchedulingDataException">A rule cannot be kept even by an empty roster, or names what the problem does not have.</exception>
#pragma warning disable CA1822 // callers hold a solver as they hold a simulator, and may replace it
    public RosterResult Solve(RosterProblem problem, SolverOptions options, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
#pragma warning restore CA1822
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var compiled = new CompiledProblem(problem);
        var state = new RosterState(compiled);
        if (!HasChoice(compiled)) return new ResultBuilder(compiled, state).Build(StopReason.NothingToDecide, 0, options.Seed);

        var search = new RosterSearch(compiled, options, progress, cancellationToken);
        var best = search.Run();
        state.Restore(best.Cells);
        LegalRepair.Apply(compiled, state);
        var reason = search.IsProven ? StopReason.Proven : cancellationToken.IsCancellationRequested ? StopReason.Cancelled : StopReason.WorkLimit;
        return new ResultBuilder(compiled, state).Build(reason, search.Moves, options.Seed) with { Bound = search.Bound / Money.Unit, Relaxed = search.Relaxed };
    }

    private static bool HasChoice(CompiledProblem compiled)
    {
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.Rows; row++)
            {
                if (compiled.Eligibility.On(agent, row).Length > 0) return true;
            }
        }

        return false;
    }
}
