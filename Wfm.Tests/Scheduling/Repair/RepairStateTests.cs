using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Repair;

public sealed class RepairStateTests
{
    [Test]
    public void Try_RandomMoves_CostAndDifferencesEqualARecount([Range(1, 4)] int seed)
    {
        var (problem, published) = RepairBench.Random(seed);
        var changed = ChangedProblem.Of(problem, new RosterChange { Absences = RepairBench.Draw(problem, seed) }, new PublishedRoster(problem, []), null);
        var compiled = new CompiledProblem(changed);
        var cells = new PublishedCells(compiled, new PublishedRoster(changed, published.Shifts));
        var state = new RosterState(compiled);
        state.Restore(cells.Kept);
        var involved = new bool[compiled.Agents];
        var closeness = new Closeness(compiled, cells, involved, new RepairOptions(new SolveLimits(1, RepairOptions.DefaultMoves)));
        var repair = new RepairState(compiled, state, closeness);
        var moves = new RepairMoves(compiled, repair, closeness, new OpenedGaps(compiled, [.. state.Coverage.Scheduled], [.. state.Coverage.Scheduled]), null);
        var random = new RosterRandom(seed);
        for (var i = 0; i < 5_000; i++)
        {
            if (moves.Propose(ref random)) repair.Try(random.Below(4) == 0 ? double.PositiveInfinity : 0);
        }

        var fresh = new Closeness(compiled, cells, involved, new RepairOptions(new SolveLimits(1, RepairOptions.DefaultMoves)));
        fresh.Recount(state.Cells);
        closeness.Total.Should().Be(fresh.Total).And.BePositive();
        repair.Cost.Should().Be(state.Recount() + fresh.Total);
        repair.Differing.ToArray().Order().Should().Equal(
            Enumerable.Range(0, state.Cells.Length).Where(at => !state.Cells[at].IsSame(cells.Published[at])));

        var best = (repair.BestIllegal, repair.BestCost);
        repair.RestoreBest();
        (state.Illegal, repair.Cost).Should().Be(best);
    }
}
