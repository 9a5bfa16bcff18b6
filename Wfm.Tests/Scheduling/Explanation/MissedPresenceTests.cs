using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Explanation;

/// <summary>Where people who must be there are missing, it is told with the reason.</summary>
public sealed class MissedPresenceTests
{
    [Test]
    public void Violations_DaysWithoutAnybodyLeft_AreToldDayByDayWithTheirGaps()
    {
        // Forty hours are five days of the seven.
        var chat = Demand("chat", 7, _ => 0) with { MinimumPresence = OnDuty(7, i => i is >= 20 and < 24 ? 1 : 0) };

        var result = Solve(Hub([Agent("A1", Contract(40, 40, 5), "chat")], [Template("day", 9, 10, 8)], [chat]));

        var missed = result.Violations.Where(v => v.Rule == "minimumPresence").ToList();
        missed.Should().HaveCount(2).And.OnlyContain(v => v.Group == "chat" && v.AgentId == null && !v.IsHard && v.Amount == 120 && v.From == v.To);
        var gaps = result.Uncovered.Where(u => u.MinimumPresence == 1).ToList();
        gaps.Select(g => g.Start.InUtc().Date).Should().BeEquivalentTo(missed.Select(v => v.From));
        gaps.Should().OnlyContain(g => g.HeadHours == 2 && g.DeepestGap == 1 && g.Reasons.Count > 0 && g.Message.Contains("1 person must be there on chat"));
        result.Conflicts.Should().Contain(c => c.Kind == ConflictKind.Presence && c.Group == "chat", "it is proven that nobody can be there");
    }

    [Test]
    public void Violations_BreakOfTheOnlyPerson_CountsAsAbsence()
    {
        var chat = Demand("chat", 1, _ => 0) with { MinimumPresence = OnDuty(1, i => i is >= 18 and < 34 ? 1 : 0) };

        var result = Solve(Hub([Agent("A1", Contract(), "chat")], [Template("day", 9, 9, 8, Meal(30, 4, 4))], [chat], days: 1));

        result.Violations.Should().ContainSingle(v => v.Rule == "minimumPresence").Which.Message.Should().Contain("30 minutes").And.Contain("13:00 and 13:30");
    }

    [Test]
    public void Violations_TwoHalfProficientPeople_AreTwoPeople()
    {
        var chat = Demand("chat", 1, _ => 0) with { MinimumPresence = OnDuty(1, i => i is >= 18 and < 34 ? 2 : 0) };
        var agents = Enumerable.Range(1, 2).Select(i => new RosterAgent($"A{i}", Contract(), [new AgentSkill("chat", 0.5)], [], [], [])).ToList();

        Solve(Hub(agents, [Template("day", 9, 9, 8)], [chat], days: 1)).Violations.Should().BeEmpty();
    }

    private static double[] OnDuty(int days, Func<int, double> ofDay) => [.. Enumerable.Range(0, 48 * days).Select(i => ofDay(i % 48))];

    private static RosterResult Solve(RosterProblem problem) => new RosterSolver().Solve(problem, new SolveLimits(1, 20_000), null, default);
}
