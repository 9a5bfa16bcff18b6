using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rostering;

public sealed class RosterSolverTests
{
    private static RosterResult Solve(RosterProblem problem, long moves = 20_000, int seed = 1, int threads = 1) =>
        new RosterSolver().Solve(problem, new SolveLimits(seed, moves, threads));

    [Test]
    public void Solve_NightOnTheLastDay_IsWorkedWhenTheMorningAfterIsLookedAheadTo()
    {
        var agents = Enumerable.Range(0, 4).Select(i => Agent($"A{i}", Contract(maximum: 40))).ToArray();
        RosterProblem Nights(int days) => Hub(agents, [Template("night", 22, 22, 8)], [Demand("chat", days, i => i % 48 < 12 ? 1 : 0)], days);
        var limits = new SolveLimits(1, 20_000);

        var alone = new RosterSolver().Solve(Nights(7), limits);
        var ahead = new RosterSolver().Solve(Nights(7) with { Ahead = Nights(8) }, limits);

        alone.Shifts.Should().NotContain(s => s.Date == Monday.PlusDays(6), "by itself the roster has no use for that night");
        ahead.Shifts.Should().ContainSingle(s => s.Date == Monday.PlusDays(6));
        ahead.Shifts.Should().OnlyContain(s => s.Date < Monday.PlusDays(7));
        ahead.Coverage.Single().Scheduled.Should().HaveCount(7 * 48);
        ahead.Score.Under.Should().Be(alone.Score.Under, "the nights before are staffed as well");
        ahead.Bound.Should().BeLessThanOrEqualTo(alone.Score.Total, "it is the bound of the period");
    }

    [Test]
    public void Solve_TwoPeopleForEveryDay_LeavesEachAWholeWeekend()
    {
        var problem = Hub([Agent("A"), Agent("B")], [Template("day", 9, 9, 8)], [Demand("chat", 14, i => i % 48 is >= 18 and < 34 ? 1 : 0)], 14);

        var result = Solve(problem);

        result.Score.Under.Should().Be(0);
        (result.Ergonomics.Weekends, result.Ergonomics.EveryWeekend, result.Score.NoFreeWeekends).Should().Be((2, 0, 0));
    }

    [Test]
    public void Ahead_OfSomethingElse_IsRefused()
    {
        RosterProblem Days(int days, LocalDate start, string agent = "A") =>
            Hub([Agent(agent)], [Template("day", 9, 9, 8)], [Demand("chat", days, _ => 1, start: start)], days, start: start);
        var problem = Days(7, Monday);

        foreach (var other in new[] { Days(7, Monday), Days(8, Monday.PlusDays(1)), Days(8, Monday, "B") })
        {
            var look = () => problem with { Ahead = other };
            look.Should().Throw<SchedulingDataException>().WithMessage("look ahead: *");
        }
    }

    [Test]
    public void Solve_DemandOfOneShift_FindsIt() // 09:00–17:00 needs one head every day; three agents, five days each
    {
        var agents = new[] { "A", "B", "C" }.Select(id => Agent(id, Contract(0, 40, 5))).ToArray();
        var demand = Demand("chat", 7, i => i % 48 is >= 18 and < 34 ? 1 : 0);

        var result = Solve(Hub(agents, [Template("day", 6, 12, 8)], [demand]));

        result.Uncovered.Should().BeEmpty();
        result.Score.Under.Should().Be(0);
        result.Score.Over.Should().Be(0);
        result.Shifts.Should().HaveCount(7).And.OnlyContain(s => s.Start.InUtc().Hour == 9);
    }

    [Test]
    public void Solve_SameSeed_SameRoster([Values(1, 2)] int threads)
    {
        var problem = RosterProblems.Random(5);
        var (first, again, other) = (Solve(problem, threads: threads), Solve(problem, threads: threads), Solve(problem, seed: 2, threads: threads));

        again.Score.Should().Be(first.Score);
        again.Shifts.Should().BeEquivalentTo(first.Shifts, o => o.WithStrictOrdering());
        other.Shifts.Select(s => s.Start).Should().NotEqual(first.Shifts.Select(s => s.Start));
    }

    [Test]
    public void Solve_MoreMoves_CostsLess()
    {
        var problem = RosterProblems.Random(7, agents: 12);
        Solve(problem, 60_000).Score.Total.Should().BeLessThan(Solve(problem, 0).Score.Total);
    }

    [Test]
    public void Solve_RandomHubs_BreakNothingButMinima([Range(1, 8)] int seed)
    {
        var problem = RosterProblems.Random(seed);
        var result = Solve(problem);

        result.Violations.Should() // A2 has a pinned shift
            .NotContain(v => v.Rule != "contractMinimumHours" && v.Rule != "minimumPresence" && v.AgentId != "A2");
        result.Shifts.GroupBy(s => (s.AgentId, s.Date)).Should().OnlyContain(g => g.Count() == 1);
        foreach (var shift in result.Shifts.Where(s => s.Template != "pinned"))
        {
            var agent = problem.Agents.Single(a => a.Id == shift.AgentId);
            shift.Activities.Where(a => a.Group is not null).Should()
                .OnlyContain(a => agent.Skills.Any(s => s.Group == a.Group) && !agent.OptOutGroups.Contains(a.Group!));
            agent.TimeOff.Should().NotContain(o => o.Start < shift.End && shift.Start < o.End);
        }
    }

    [Test]
    public void Solve_CoverageOfResult_IsSumOfActivities()
    {
        var problem = RosterProblems.Random(4);
        var result = Solve(problem);
        foreach (var line in result.Coverage)
        {
            var scheduled = result
                .Shifts.SelectMany(s => s.Activities.Where(a => a.Group == line.Group).Select(a => (a, Percent: Percent(problem, s.AgentId, line.Group))))
                .Sum(p => Math.Max(0, (Min(p.a.End, End(problem)) - p.a.Start).TotalMinutes) * p.Percent);
            (line.Scheduled.Sum() * problem.Interval.TotalMinutes).Should().BeApproximately(scheduled, 1e-6);
        }
    }

    [Test]
    public void Solve_PinnedDays_Stay()
    {
        var pinned = new PinnedShift("A", Monday.PlusDays(2), Shift("A", "UTC", Monday.PlusDays(2), 3, 5, "chat"));
        var free = new PinnedShift("A", Monday.PlusDays(3), null);
        var result = Solve(Hub([Agent("A")], [Template("day", 6, 12, 8)], [Demand("chat", 7, _ => 1)], pinned: [pinned, free]));

        result.Shifts.Single(s => s.Date == pinned.Date).Should().BeSameAs(pinned.Shift);
        result.Shifts.Should().NotContain(s => s.Date == free.Date);
        result.Coverage[0].Scheduled[(2 * 48) + 6].Should().Be(1);
    }

    [Test]
    public void Solve_NoAgents_ExplainsEverythingUncovered()
    {
        var result = Solve(Hub([], [Template("day", 6, 12, 8)], [Demand("chat", 7, _ => 2)]));

        result.Shifts.Should().BeEmpty();
        result.StopReason.Should().Be(StopReason.NothingToDecide);
        result.Uncovered.Should().ContainSingle().Which.HeadHours.Should().Be(2 * 168);
        result.Uncovered[0].Reasons.Should().ContainSingle(r => r.Reason == BlockReason.NobodySkilled);
    }

    [Test]
    public void Solve_Cancelled_ReturnsLegalRoster()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var result = new RosterSolver().Solve(RosterProblems.Random(2), new SolveLimits(1, long.MaxValue), null, cancelled.Token);

        result.StopReason.Should().Be(StopReason.Cancelled);
        result.Violations.Should().NotContain(v => v.Rule != "contractMinimumHours" && v.Rule != "minimumPresence" && v.AgentId != "A2");
    }

    [Test]
    public void Solve_TemplateLongerThanDailyMaximum_IsExcludedWithReason()
    {
        var policy = Policy(Rule("maximumDailyHours", new() { ["hours"] = 8 }));
        var result = Solve(Hub([Agent("A")], [Template("long", 6, 12, 10), Template("day", 6, 12, 8)], [Demand("chat", 7, _ => 1)], policy: policy));

        result.Excluded.Should().ContainSingle().Which.Should()
            .Match<ExcludedTemplate>(e => e.Template == "long" && e.Reason.Contains("at most 8 h 00 min", StringComparison.Ordinal));
        result.Shifts.Should().NotBeEmpty().And.OnlyContain(s => s.Template == "day");
    }

    [Test]
    public void Solve_BreakRuleNoTemplateSatisfies_LeavesNothingWithReason()
    {
        var policy = Policy(Rule("breakAfter", new() { ["minutes"] = 45, ["afterHours"] = 6, ["withinHours"] = 6 }));
        var result = Solve(Hub([Agent("A")], [Template("day", 6, 12, 8, Meal(30, 3, 4))], [Demand("chat", 7, _ => 1)], policy: policy));

        result.Shifts.Should().BeEmpty();
        result.Excluded.Should().ContainSingle().Which.Reason.Should().Contain("45 min is due");
        result.Uncovered[0].Reasons.Should().ContainSingle(r => r.Rule == "breakAfter");
    }

    [Test]
    public void Solve_ContractAbovePolicy_ReportsUnmetHoursWithReason()
    {
        var policy = Policy(Rule("maximumWeeklyHours", new() { ["hours"] = 24 }));
        var result = Solve(Hub([Agent("A", Contract(40, 40))], [Template("day", 6, 12, 8)], [Demand("chat", 7, _ => 1)], policy: policy));

        result.Violations.Should().ContainSingle().Which.Should().Match<Wfm.Scheduling.Constraints.Violation>(v => v.Amount == 16 * 60
            && v.Message.Contains("maximumWeeklyHours", StringComparison.Ordinal));
        result.Shifts.Should().HaveCount(3);
    }

    [Test]
    public void Solve_RestOfThirtyHours_WorksEveryOtherDay()
    {
        var policy = Policy(Rule("minimumDailyRest", new() { ["hours"] = 30 }));
        var result = Solve(Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 7, i => i % 48 is >= 16 and < 32 ? 1 : 0)], policy: policy));

        result.Shifts.Select(s => (int)s.Date.DayOfWeek).Should().Equal(1, 3, 5, 7);
        result.Uncovered.Should().HaveCount(3).And.OnlyContain(u => u.Reasons.Single().Rule == "minimumDailyRest");
    }

    [Test]
    public void Solve_RuleEvenIdlenessBreaks_Throws()
    {
        var policy = Policy(Rule("minimumWeeklyRest", new() { ["hours"] = 200 }));
        FluentActions.Invoking(() => Solve(Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 7, _ => 1)], policy: policy)))
            .Should().Throw<SchedulingDataException>().WithMessage("*minimumWeeklyRest*never works*");
    }

    [Test]
    public void Solve_NothingToWork_ReturnsEmptyRoster()
    {
        Solve(Hub([Agent("A")], [], [Demand("chat", 7, _ => 1)])).StopReason.Should().Be(StopReason.NothingToDecide);
        Solve(Hub([Agent("A")], [Template("day", 8, 8, 8)], [])).Shifts.Should().BeEmpty();
    }

    [Test]
    public void Solve_NobodySkilled_SaysSo()
    {
        var result = Solve(Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 7, _ => 1), Demand("thai", 7, _ => 1)]));
        result.Uncovered.Single(u => u.Group == "thai").Reasons.Should().ContainSingle(r => r.Reason == BlockReason.NobodySkilled);
    }

    [Test]
    public void Solve_ShiftStartInSpringGap_MovesForward() // Dublin, 29 March 2026: 01:30 does not exist
    {
        var template = new ShiftTemplate(
            "gap", new LocalTime(1, 30), new LocalTime(1, 30), Duration.FromHours(1), Duration.FromHours(8), [], DaysOfWeek.Sunday);
        var start = new LocalDate(2026, 3, 29);
        var result = Solve(
            Hub([Agent("A")], [template], [Demand("chat", 1, _ => 1, zone: "Europe/Dublin", start: start)], 1, zone: "Europe/Dublin", start: start));

        result.Coverage[0].Required.Should().HaveCount(46, "the day has 23 hours");
        result.Shifts.Should().ContainSingle().Which.Start.InZone(Zone("Europe/Dublin")).TimeOfDay.Should().Be(new LocalTime(2, 30));
        result.Shifts[0].End.Should().Be(result.Shifts[0].Start + Duration.FromHours(8));
    }

    private static double Percent(RosterProblem problem, string agent, string group) =>
        Math.Round((problem.Agents.Single(a => a.Id == agent).Skills.SingleOrDefault(s => s.Group == group)?.Proficiency ?? 1) * 100) / 100;

    private static Instant End(RosterProblem problem) => problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days)).ToInstant();

    private static Instant Min(Instant a, Instant b) => a < b ? a : b;
}
