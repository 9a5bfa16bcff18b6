using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>Finds a legal roster and makes it better until the limit.</summary>
/// <remarks>
/// A greedy construction inside the space that keeps every rule, then simulated annealing over days and runs of days with incremental cost.
/// Rules that ask for a minimum (runs of days, period hours) may be passed through on the way at a price; what still breaks one at the end loses
/// shifts until it does not. Contract and period minima that stay unmet are reported with the reason.
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
    public RosterResult Solve(RosterProblem problem, SolverOptions options, IProgress<SolveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var compiled = new CompiledProblem(problem);
        var state = new RosterState(compiled);
        if (!HasChoice(compiled)) return new ResultBuilder(compiled, state).Build(StopReason.NothingToDecide, 0, options.Seed);

        var searches = new Search[options.Threads];
        var share = options.MaximumMoves / options.Threads;
        void Run(int i) => searches[i] = Search.Run(compiled, options, share, i, progress, cancellationToken);
        if (options.Threads == 1) Run(0);
        else Parallel.For(0, options.Threads, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, Run);

        var best = searches.MinBy(s => (s.Illegal, s.Cost))!;
        state.Restore(best.Cells);
        LegalRepair.Apply(compiled, state);
        var moves = searches.Sum(s => s.Moves);
        return new ResultBuilder(compiled, state).Build(cancellationToken.IsCancellationRequested ? StopReason.Cancelled : StopReason.WorkLimit, moves, options.Seed);
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

    /// <summary>One search on one thread.</summary>
    private sealed record Search(Constraints.DayCell[] Cells, double Illegal, double Cost, long Moves)
    {
        public static Search Run(
            CompiledProblem compiled, SolverOptions options, long moves, int index, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
        {
            var settings = options.Settings ?? SearchSettings.For(compiled);
            var state = new RosterState(compiled, settings);
            var random = new Construction(compiled, state, new RosterRandom(unchecked(options.Seed + (index * 7919)))).Build(cancellationToken);
            var best = new BestRoster(state, compiled.Calendar.Rows);
            var done = new LocalSearch(compiled, state, best, settings).Run(random, moves, options.TimeUsed,
                (at, cost) => progress?.Report(new SolveProgress(at, cost / Money.Unit)), cancellationToken);
            return new Search(best.Cells, best.Illegal, best.Cost, done);
        }
    }
}
