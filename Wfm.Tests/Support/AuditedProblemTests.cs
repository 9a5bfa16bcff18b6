using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Support;

/// <summary>The auditor on what the solver makes of a random hub, and on the same rosters spoilt.</summary>
public sealed class AuditedProblemTests
{
    private static RosterProblem Hub(int seed)
    {
        var problem = RosterProblems.Random(seed);
        return new RosterProblem(
            problem.Zone, problem.Start, problem.Days, problem.Interval, problem.Agents, problem.Templates, problem.Demand,
            new LabourPolicy("test", problem.Start, [.. RosterProblems.AllRules().Rules, .. Weighted]), problem.Objective, [], []);
    }

    private static LabourRule[] Weighted => [RosterProblems.Rule("maximumExposure", new() { ["minutes"] = 540, ["days"] = 2 })];

    [Test]
    public void Audit_RosterOfTheSolver_FindsNothing([Range(1, 4)] int seed)
    {
        var problem = Hub(seed);
        var result = new RosterSolver().Solve(problem, new SolveLimits(seed, 40_000));

        result.Shifts.Should().NotBeEmpty();
        RosterAuditor.Audit(AuditedProblem.Of(problem, result.Shifts)).Should().BeEmpty();
    }

    private static IEnumerable<TestCaseData> Spoilers()
    {
        yield return Spoil("minimumDailyRest", s => s with { Shifts = [.. s.Shifts, At(s.Shifts[0], s.Shifts[0].End + Duration.FromHours(10))] });
        yield return Spoil("one shift at a time", s => s with { Shifts = [.. s.Shifts, s.Shifts[0]] });
        yield return Spoil("skill", s => s with { Shifts = [InGroup(s.Shifts[0], "icelandic"), .. s.Shifts.Skip(1)] });
        yield return Spoil("template: breaks", s => s with { Shifts = [.. s.Shifts.Select(WithoutBreaks)] });
        yield return Spoil("template: start", s => s with { Shifts = [At(s.Shifts[0], s.Shifts[0].Start + Duration.FromMinutes(7)), .. s.Shifts.Skip(1)] });
        yield return Spoil("maximumConsecutiveDays", s => s with { Shifts = EveryDay(s) });
        yield return Spoil("minimumWeeklyRest", s => s with { Shifts = EveryDay(s) });
        yield return Spoil("maximumWeeklyHours", s => s with { Shifts = EveryDay(s) });
        yield return Spoil("maximumAverageWeeklyHours", s => s with { Shifts = EveryDay(s) });
        yield return Spoil("maximumExposure", s => s with { Shifts = [.. EveryDay(s).Select(x => InGroup(x, "severe"))] });
        yield return Spoil(
            "time off",
            s =>
                s with
                {
                    Agents = s.Agents.ToDictionary(a => a.Key, a => a.Value with { TimeOff = [new AuditedLeave(s.Midnight(s.Start), s.Midnight(s.End))] }),
                });
        yield return Spoil(
            "availability",
            s =>
                s with
                {
                    Agents = s.Agents.ToDictionary(
                        a => a.Key,
                        a => a.Value with { Availability = [new AuditedWindow(IsoDayOfWeek.Monday, new(3, 0), new(3, 30))] }),
                });
    }

    [TestCaseSource(nameof(Spoilers))]
    public void Audit_SpoiltRoster_FindsIt(string rule, Func<AuditedRoster, AuditedRoster> spoil)
    {
        var problem = Hub(1);
        var roster = AuditedProblem.Of(problem, new RosterSolver().Solve(problem, new SolveLimits(1, 2_000)).Shifts);

        RosterAuditor.Audit(roster).Should().BeEmpty();
        RosterAuditor.Audit(spoil(roster)).Select(f => f.Rule).Should().Contain(rule);
    }

    [Test]
    public void Of_WhatTheAuditorDoesNotKnow_RefusesToPassIt()
    {
        var rule = RosterProblems.Rule("maximumWeeklyHours", new() { ["hours"] = 40 });
        var contract = () =>
            AuditedProblem.Of(
                RosterProblems.Hub([RosterProblems.Agent("A", RosterProblems.Contract(rules: [rule]))], [], [RosterProblems.Demand("chat", 7, _ => 1)]),
                []);
        var templates = () =>
            AuditedProblem.Of(
                RosterProblems.Hub(
                    [RosterProblems.Agent("A")], [RosterProblems.Template("early", 6, 9, 8)],
                    [RosterProblems.Demand("chat", 7, _ => 1)],
                    policy: RosterProblems.Policy(RosterProblems.Rule("maximumShifts", new() { Templates = [new("early", 2)] }))),
                []);

        contract.Should().Throw<NotSupportedException>().WithMessage("*rules of a contract*");
        templates.Should().Throw<NotSupportedException>().WithMessage("*rules on templates*");
    }

    private static AuditedShift At(AuditedShift shift, Instant start) => shift with
    {
        Start = start,
        End = start + shift.Length,
        Activities = [.. shift.Activities.Select(a => a with { Start = start + (a.Start - shift.Start), End = start + (a.End - shift.Start) })],
    };

    private static AuditedShift InGroup(AuditedShift shift, string group) =>
        shift with
        {
            Activities = [.. shift.Activities.Select(a => a.IsWork ? a with { Group = group } : a)],
        };

    private static AuditedShift WithoutBreaks(AuditedShift shift) =>
        shift with
        {
            Activities = [new AuditedActivity(AuditedActivity.Work, shift.Activities[0].Group, shift.Start, shift.End)],
        };

    // The longest shift of somebody, on every day of the period.
    private static List<AuditedShift> EveryDay(AuditedRoster roster)
    {
        var model = roster.Shifts.MaxBy(s => s.PaidMinutes)!;
        return
        [
            .. Enumerable.Range(0, roster.Days)
                .Select(d => At(model, roster.Midnight(roster.Start.PlusDays(d)) + Duration.FromHours(9)) with { Date = roster.Start.PlusDays(d) }),
        ];
    }

    private static TestCaseData Spoil(string rule, Func<AuditedRoster, AuditedRoster> spoil) => new(rule, spoil);
}
