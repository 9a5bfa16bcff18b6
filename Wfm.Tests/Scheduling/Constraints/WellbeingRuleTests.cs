using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>The rules on harmful content: cool-down, days in a row, the ramp of newcomers and of those who come back, and nobody alone at night.</summary>
public sealed class WellbeingRuleTests
{
    // Blocks of 120, 165 and 165 minutes with breaks of 15 between them.
    [TestCase(120, 15, 0)]
    [TestCase(120, 30, 30)]
    [TestCase(121, 30, 15)] // only the second block is long enough
    [TestCase(166, 30, 0)] // and the last one ends the shift
    public void ExposureCooldown_BreaksBetweenSevereBlocks_MissesMinutes(int after, int minutes, int missing) =>
        new RuleBench("exposureCooldown", new() { ["afterMinutes"] = after, ["minutes"] = minutes, ["minimumExposureClass"] = 3 })
            .On(0, 8, "quarters", "severe").On(1, 8, "quarters").Breach().Should().Be(missing);

    [Test]
    public void MaximumConsecutiveExposureDays_OtherWorkBetween_BeginsAnew()
    {
        RuleParameters two = new() { ["days"] = 2, ["minimumExposureClass"] = 3 };
        new RuleBench("maximumConsecutiveExposureDays", two).On([0, 1, 3, 4], 8, group: "severe").On(2, 8).Breach().Should().Be(0);
        new RuleBench("maximumConsecutiveExposureDays", two).On([0, 1, 2, 3], 8, group: "severe").Breach().Should().Be(2);
        RuleParameters long8 = new() { ["days"] = 2, ["minimumExposureClass"] = 3, ["minutes"] = 420 };
        new RuleBench("maximumConsecutiveExposureDays", long8).On([0, 1], 8, group: "severe").On(2, 8, "six", "severe").Breach().Should().Be(0, "six hours");
    }

    [Test]
    public void ExposureRamp_Newcomer_GrowsWeekByWeekAndEnds()
    {
        var rule = Ramp(minutes: 240, weeks: 4, firstPercent: 25);
        var steps = RuleDefinition.Of(rule).Personal!(rule, Agent("A") with { EmployedFrom = Monday }, DateTimeZone.Utc).ToList();

        steps.Select(s => (s.ValidFrom, s.Parameters["minutes"])).Should().Equal(
            (Monday, 60), (Monday.PlusDays(7), 105), (Monday.PlusDays(14), 150), (Monday.PlusDays(21), 195));
        steps.Should().OnlyContain(s => s.ValidTo == s.ValidFrom!.Value.PlusDays(6) && s.Source == rule.Source);
        steps[1].Text.Should().EndWith("Week 2 of 4.");
    }

    [Test]
    public void ExposureRamp_LeavesThatFollowEachOther_AreOneAbsence()
    {
        TimeOff Away(int from, int to) => new(At(from), At(to));
        var agent = Agent("A") with { TimeOff = [Away(0, 6), Away(6, 14), Away(20, 23)] };

        ExposureRamp.Starts(agent, DateTimeZone.Utc, 14).Should().Equal(Monday.PlusDays(14));
        ExposureRamp.Starts(agent, DateTimeZone.Utc, 3).Should().Equal(Monday.PlusDays(14), Monday.PlusDays(23));
        ExposureRamp.Starts(agent, DateTimeZone.Utc, null).Should().BeEmpty();
    }

    [Test]
    public void ExposureRamp_OfVersionsThatFollow_HoldsOnlyWhileTheyDo()
    {
        var rule = ConstraintCatalog.Known.Rule(
            "exposureRamp", Numbers(240, 4, 0), "house rule", Monday, "Slowly.", Monday.PlusDays(10), Monday.PlusDays(15));

        RuleDefinition.Of(rule).Personal!(rule, Agent("A") with { EmployedFrom = Monday }, DateTimeZone.Utc)
            .Select(s => (s.ValidFrom, s.ValidTo)).Should().Equal(
                (Monday.PlusDays(10), Monday.PlusDays(13)), (Monday.PlusDays(14), Monday.PlusDays(15)));
    }

    [Test]
    public void Solve_NewcomerAmongOthers_WorksNoSevereContentInTheFirstWeek()
    {
        var problem = Clinic([Agent("new", null, "severe") with { EmployedFrom = Monday }, Agent("old", null, "severe")], Ramp(480, 2, 0));
        var result = new RosterSolver().Solve(problem, new SolveLimits(1, 20_000));

        var compiled = new CompiledProblem(problem);
        compiled.RuleSetOf[0].Should().NotBe(compiled.RuleSetOf[1], "the newcomer has rules of his own");
        result.Shifts.Where(s => s.AgentId == "new").Should().NotBeEmpty().And.OnlyContain(s => s.Date >= Monday.PlusDays(7) && s.Paid.TotalHours <= 4);
        result.Shifts.Where(s => s.AgentId == "old").Min(s => s.Date).Should().Be(Monday);
    }

    [Test]
    public void Solve_PeopleTogether_RostersTwoWhereOneWasNeeded()
    {
        RosterProblem Problem(params LabourRule[] rules) => Hub(
            [.. Enumerable.Range(0, 6).Select(i => Agent($"A{i}", null, "severe"))], [Template("night", 22, 22, 8)],
            [Severe(7, i => i % 48 is >= 44 or < 12 ? 1 : 0)], policy: Policy(rules));
        var alone = new RosterSolver().Solve(Problem(), new SolveLimits(1, 20_000));
        var together = new RosterSolver().Solve(Problem(Together(2)), new SolveLimits(1, 20_000));

        alone.Shifts.GroupBy(s => s.Date).Should().OnlyContain(n => n.Count() == 1);
        together.Shifts.GroupBy(s => s.Date).Should().OnlyContain(n => n.Count() == 2);
        together.Violations.Should().NotContain(v => v.Rule == "peopleTogether");
    }

    [Test]
    public void Solve_OnlyOneQualified_IsToldAsAloneAndNotHard()
    {
        var problem = Hub([Agent("A", null, "severe")], [Template("night", 22, 22, 8)], [Severe(2, i => i is >= 44 and < 60 ? 1 : 0)], days: 2,
            policy: Policy(Together(2)));
        var violation = new RosterSolver().Solve(problem, new SolveLimits(1, 2_000)).Violations.Single(v => v.Rule == "peopleTogether");

        violation.Should().BeEquivalentTo(new { Group = "severe", From = Monday, Amount = 480.0, IsHard = false, Source = "test law §1" });
        violation.Message.Should().Contain("2 people").And.Contain("480 minutes");
    }

    private static LabourRule Ramp(int minutes, int weeks, double firstPercent) => Rule("exposureRamp", Numbers(minutes, weeks, firstPercent));

    private static RuleParameters Numbers(int minutes, int weeks, double firstPercent) =>
        new() { ["minutes"] = minutes, ["weeks"] = weeks, ["firstPercent"] = firstPercent, ["minimumExposureClass"] = 3 };

    private static LabourRule Together(int people) =>
        Rule("peopleTogether", new() { ["people"] = people, ["nightFromHour"] = 22, ["nightToHour"] = 6, ["minimumExposureClass"] = 3 });

    private static DemandLine Severe(int days, Func<int, double> heads) => new("severe", Demand("severe", days, heads).Heads, 1, 4);

    private static RosterProblem Clinic(IReadOnlyList<RosterAgent> agents, params LabourRule[] rules) => Hub(
        agents, [Template("day", 8, 8, 8), Template("half", 8, 12, 4)], [Severe(14, i => i % 48 is >= 16 and < 32 ? 2 : 0)], days: 14, policy: Policy(rules));

    private static Instant At(int day) => Monday.PlusDays(day).AtMidnight().InUtc().ToInstant();
}
