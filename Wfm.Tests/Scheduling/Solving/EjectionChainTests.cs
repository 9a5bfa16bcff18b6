using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class EjectionChainTests
{
    [Test]
    public void Propose_ManyChains_PassShiftsOnAndAddAtMostOne([Range(1, 6)] int seed, [Values] bool isDayLevel)
    {
        var compiled = new CompiledProblem(isDayLevel ? RosterProblems.DayLevel(seed, agents: 6, days: 28) : RosterProblems.Random(seed, agents: 8));
        var state = new RosterState(compiled, new SearchSettings(1, 1, 2, double.PositiveInfinity));
        var random = new Construction(compiled, state, new RosterRandom(seed)).Build(new SearchBudget(new SolveLimits(seed, 0), 1, CancellationToken.None));
        var chains = new EjectionChains(compiled, state, new Targets(compiled, state));
        var (links, accepted) = (new HashSet<int>(), 0);
        for (var i = 0; i < 20_000; i++)
        {
            state.Begin();
            if (!chains.Propose(ref random)) continue;
            var before = state.Cells.ToArray();
            if (!state.Try(double.PositiveInfinity)) continue; // a cap says no
            accepted++;
            var changed = Enumerable.Range(0, compiled.Agents).Where(a => Changes(a) > 0).ToArray();
            links.Add(changed.Length);
            changed.Max(Changes).Should().BeLessThanOrEqualTo(2);
            (Working(state.Cells) - Working(before)).Should().BeInRange(0, 1, "every shift but the one added was taken from somebody");

            int Changes(int agent) =>
                Enumerable.Range(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).Count(k => state.Cells[k].Variant != before[k].Variant);
        }

        accepted.Should().BeGreaterThan(20);
        links.Max().Should().BeGreaterThan(2, "chains go on beyond a pair");
    }

    private static int Working(DayCell[] cells) => cells.Count(c => c.IsWorking);
}
