using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Solving.Pricing;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class SearchThreadTests
{
    [Test]
    public void Mend_RosterThatBreaksRules_BreaksThemLess([Range(1, 5)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(seed, agents: 6, days: 28));
        var cheap = new SearchSettings(Hot: 0.28, Cold: 0.003, Floor: 0.05, Cap: 0.05); // breaking a rule costs next to nothing
        var thread = new SearchThread(compiled, new SolveLimits(seed, 400_000) { Settings = cheap }, 0, default);
        thread.Anneal(0.5, static (_, _, _) => { });
        var left = thread.Illegal;

        thread.Mend(1, static (_, _, _) => { });

        left.Should().BeGreaterThan(0, "the annealing must have left something to mend");
        thread.Illegal.Should().BeLessThan(left);
    }

    [Test]
    public void Legalize_YearWithLittleRoom_LeavesNoRuleBroken()
    {
        var compiled = new CompiledProblem(RosterProblems.YearOfShifts());
        var thread = new SearchThread(compiled, new SolveLimits(1, 10_000_000), 0, default);
        thread.Anneal(0.001, static (_, _, _) => { });
        thread.Illegal.Should().BeGreaterThan(0, "a few thousand moves do not find 232 shifts that keep every rule");

        thread.Legalize(new AgentNetworks(compiled), 1);

        thread.Illegal.Should().Be(0);
    }
}
