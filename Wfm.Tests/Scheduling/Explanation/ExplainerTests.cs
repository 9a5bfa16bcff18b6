using NodaTime;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Explanation;

/// <summary>One gap, one agent, one reason: demand of more heads than there are people on Wednesday from 10:00 to 11:00.</summary>
public sealed class ExplainerTests
{
    private static readonly Instant Midnight = Monday.PlusDays(2).AtMidnight().InUtc().ToInstant();

    private static UncoveredInterval Gap(
        RosterAgent agent, ShiftTemplate? template = null, LabourPolicy? policy = null, RosterObjective? objective = null, params PinnedShift[] pinned)
    {
        var demand = Demand("chat", 7, i => i is (96 + 20) or (96 + 21) ? 2 : 0);
        return new RosterSolver().Solve(
                Hub([agent], [template ?? Template("day", 8, 8, 8)], [demand, Demand("mail", 7, _ => 0)], policy: policy, objective: objective, pinned: pinned),
                new SolveLimits(1, 2_000))
            .Uncovered.Single(u => u.Group == "chat");
    }

    [Test]
    public void Uncovered_TwoHeadsOneAgent_SaysAtWork()
    {
        var gap = Gap(Agent("A"));

        gap.Should().Match<UncoveredInterval>(g =>
                g.HeadHours == 1 && g.DeepestGap == 1 && g.Start == Midnight + Duration.FromHours(10) && g.End == Midnight + Duration.FromHours(11));
        gap.Reasons.Should().ContainSingle().Which.Should().Match<BlockedAgents>(b => b.Reason == BlockReason.OnShift && b.Agents == 1);
    }

    [Test]
    public void Uncovered_EachObstacle_IsNamed()
    {
        Reason(Gap(new RosterAgent("A", Contract(), [new AgentSkill("chat", 1)], [], [], ["chat"]))).Should().Be(BlockReason.OptedOut);
        Reason(Gap(new RosterAgent("A", Contract(), [new AgentSkill("chat", 1)], [], [new TimeOff(Midnight, Midnight + Duration.FromDays(1))], []))).Should()
            .Be(BlockReason.TimeOff);
        Reason(
                Gap(
                    new RosterAgent(
                        "A", Contract(), [new AgentSkill("chat", 1)], [new AvailabilityWindow(IsoDayOfWeek.Friday, new LocalTime(0, 0), new LocalTime(0, 0))],
                        [], [])))
            .Should().Be(BlockReason.Unavailable);
        Reason(Gap(Agent("A"), Template("night", 20, 22, 8))).Should().Be(BlockReason.NoTemplate);
        Reason(Gap(Agent("A"), pinned: new PinnedShift("A", Monday.PlusDays(2), null))).Should().Be(BlockReason.Pinned);
        Reason(Gap(Agent("A"), pinned: new PinnedShift("A", Monday.PlusDays(2), Shift("A", "UTC", Monday.PlusDays(2), 14, 4, "mail")))).Should()
            .Be(BlockReason.Pinned);
        Reason(Gap(Agent("A"), objective: new RosterObjective { UnderCost = 1, ExtraHourCost = 100 })).Should().Be(BlockReason.CostsMore);
    }

    [TestCase(4, 22, BlockReason.BeginsBefore)] // 02:00 of the first day, within a night that begins at 22:00 of the day before
    [TestCase(4, 12, BlockReason.NoTemplate)]
    [TestCase(48 + 4, 22, BlockReason.CostsMore)] // the second night is within reach
    public void Uncovered_FirstNightOfARoster_IsToldApart(int interval, int start, BlockReason reason)
    {
        var problem = Hub([Agent("A")], [Template("night", start, start, 8)], [Demand("chat", 7, i => i == interval ? 2 : 0)]);

        new RosterSolver().Solve(problem, new SolveLimits(1, 2_000)).Uncovered.Single().Reasons.Single().Reason.Should().Be(reason);
    }

    [Test]
    public void Uncovered_RestAfterPinnedNight_NamesRule()
    {
        var policy = Policy(Rule("minimumDailyRest", new() { ["hours"] = 11 }));
        var gap = Gap(Agent("A"), policy: policy, pinned: new PinnedShift("A", Monday.PlusDays(1), Shift("A", "UTC", Monday.PlusDays(1), 20, 8, "mail")));

        gap.Reasons.Should().ContainSingle().Which.Should().Match<BlockedAgents>(b => b.Reason == BlockReason.Rule && b.Rule == "minimumDailyRest"
            && b.Message.Contains("test law", StringComparison.Ordinal));
    }

    [Test]
    public void Uncovered_RuleBrokenWithAShiftBeforeThePeriod_NamesItsTime()
    {
        OutsideShift Before(int hoursBefore) =>
            new("A", Origin - Duration.FromHours(hoursBefore), Origin - Duration.FromHours(hoursBefore - 8), Duration.FromHours(8), "chat");
        string Message(string rule, RuleParameters parameters, params OutsideShift[] around) => new RosterSolver().Solve(
                Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 1, i => i == 20 ? 1 : 0)], 1, Policy(Rule(rule, parameters)), around),
                new SolveLimits(1, 2_000))
            .Uncovered.Single().Reasons.Single().Message;

        Message("minimumDailyRest", new() { ["hours"] = 11 }, Before(32), Before(4)).Should().Contain("minimumDailyRest").And
            .EndWith("In the way is the shift from 2026-03-01 20:00 to 2026-03-02 04:00, which stays as it is.");
        Message("maximumDailyHours", new() { ["hours"] = 6 }, Before(32)).Should().Contain("maximumDailyHours").And.NotContain("In the way");
    }

    [Test]
    public void Uncovered_DayOfAShiftAtAnotherHub_NamesItsTime()
    {
        var elsewhere = Shift("A", "UTC", Monday.PlusDays(2), 14, 4, "mail");
        Gap(Agent("A"), pinned: new PinnedShift("A", Monday.PlusDays(2), elsewhere)).Reasons.Single().Message.Should()
            .EndWith("In the way is the shift from 2026-03-04 14:00 to 2026-03-04 18:00, which stays as it is.");
    }

    private static readonly Instant Origin = Monday.AtMidnight().InUtc().ToInstant();

    private static BlockReason Reason(UncoveredInterval gap) => gap.Reasons.Should().ContainSingle().Which.Reason;
}
