using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class LegalRepairTests
{
    [Test]
    public void Apply_RosterFullOfBreaches_KeepsOnlyWhatIsPinned([Range(1, 4)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.Random(seed));
        var state = new RosterState(compiled, new SearchSettings(1, 1, 2, 2));
        var inevitable = Breach(compiled, state);
        var moves = new Moves(compiled, state);
        var random = new RosterRandom(seed);
        for (var i = 0; i < 3_000; i++)
        {
            if (moves.Propose(ref random)) state.Try(double.PositiveInfinity);
        }

        Breach(compiled, state).Should().BeGreaterThan(inevitable);

        LegalRepair.Apply(compiled, state);

        Breach(compiled, state).Should().BeLessThanOrEqualTo(inevitable);
        state.Cost.Should().Be(state.Recount());
        state.Cells.Count(c => c.Variant > 0).Should().BeGreaterThan(10, "it takes no more than it must");
    }

    private static long Breach(CompiledProblem compiled, RosterState state) => Enumerable.Range(0, compiled.Agents).Sum(a =>
        compiled.Rules(a).All.Sum(r => r.Penalize(state.Days(a), compiled.Calendar.Offset, compiled.Calendar.End - 1)));
}
