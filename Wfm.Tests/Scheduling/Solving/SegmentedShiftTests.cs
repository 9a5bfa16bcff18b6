using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Solving;

/// <summary>Shifts whose stretches of work between two breaks serve two groups.</summary>
public sealed class SegmentedShiftTests
{
    private static readonly SolveLimits Limits = new(1, 40_000);

    [Test]
    public void Solve_LimitBelowAShift_SharesSevereWorkOutAndLeavesNobodyIdle()
    {
        var problem = Clinic(SegmentedShifts.WhereLimited, AtMostSevere(240));

        var result = new RosterSolver().Solve(problem, Limits);

        result.Violations.Should().BeEmpty("everybody has the hours of the contract");
        result.Shifts.Should().HaveCount(4 * 5);
        result.Shifts.Should().OnlyContain(s => Minutes(s, "severe") <= 240);
        result.Shifts.Sum(s => Minutes(s, "severe")).Should().BeGreaterThan(4 * 5 * 100, "severe work is done all the same");
        Scheduled(result, "severe").Should().BeApproximately(result.Shifts.Sum(s => Minutes(s, "severe")) / 60.0, 1e-9, "coverage counts the blocks");
        Scheduled(result, "chat").Should().BeApproximately(result.Shifts.Sum(s => Minutes(s, "chat")) / 60.0, 1e-9);
        RosterAuditor.Audit(AuditedProblem.Of(problem, result.Shifts)).Should().BeEmpty();
    }

    [Test]
    public void Solve_SegmentsForbidden_SevereWorkIsLeft() // which is what a limit below a shift came to before
    {
        var result = new RosterSolver().Solve(Clinic(SegmentedShifts.Never, AtMostSevere(240)), Limits);

        result.Shifts.Should().OnlyContain(s => Minutes(s, "severe") == 0);
        Scheduled(result, "severe").Should().Be(0);
    }

    [Test]
    public void Solve_NoLimitBinds_ShiftsServeOneGroup() =>
        new RosterSolver().Solve(Clinic(SegmentedShifts.WhereLimited, AtMostSevere(480)), Limits).Shifts.Should().OnlyContain(s => Groups(s) == 1);

    [Test]
    public void Solve_Always_BlocksFollowTheDemandFromGroupToGroup()
    {
        double Morning(int i) => i % 48 is >= 18 and < 26 ? 1 : 0; // 09:00 to 13:00
        double Afternoon(int i) => i % 48 is >= 28 and < 36 ? 1 : 0; // 14:00 to 18:00
        var problem = Hub(
            [Agent("A", Contract(40, 40, 5), "chat", "mail")], [Template("day", 9, 9, 9, Meal(60, 4, 4))],
            [Demand("chat", 7, Morning), Demand("mail", 7, Afternoon)]);

        var (apart, one) = (Solve(SegmentedShifts.Always), Solve(SegmentedShifts.Never));

        apart.Shifts.Should().OnlyContain(s => Minutes(s, "chat") == 240 && Minutes(s, "mail") == 240);
        one.Shifts.Should().OnlyContain(s => Groups(s) == 1);
        apart.Score.Total.Should().BeLessThan(one.Score.Total);

        RosterResult Solve(SegmentedShifts when) => new RosterSolver().Solve(Segmented(problem, when), Limits);
    }

    [Test]
    public void Solve_NoSevereWorkAtTheEnd_TheLastBlockServesAnotherGroup()
    {
        var problem = Clinic(SegmentedShifts.WhereLimited, Rule("noExposureAtEnd", new() { ["minutes"] = 60, ["minimumExposureClass"] = 3 }));

        var result = new RosterSolver().Solve(problem, Limits);

        result.Shifts.Should().OnlyContain(s => s.Activities[s.Activities.Count - 1].Group == "chat").And.Contain(s => Groups(s) == 2);
        result.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_SameSeed_SameSegments()
    {
        RosterShift[] Once() => [.. new RosterSolver().Solve(Clinic(SegmentedShifts.Always), new SolveLimits(3, 10_000, 2)).Shifts];

        Once().Should().BeEquivalentTo(Once(), o => o.WithStrictOrdering());
    }

    [TestCase(SegmentedShifts.Always)]
    [TestCase(SegmentedShifts.WhereLimited)]
    public void Solve_WishesAlone_ProvesNoMoreThanThereIs(SegmentedShifts when) // rosters by column, with a bound
    {
        var problem = Segmented(
            Hub(
                [Agent("A", null, "chat", "severe"), Agent("B", null, "chat", "severe")], [Template("day", 9, 10, 8, Meal(30, 2, 3), Pause(15, 5))],
                [Demand("chat", 2, Office), Severe(2, i => Office(i) / 2)], days: 2, objective: new RosterObjective
                {
                    ExtraHourCost = 0,
                    LoneDayOffCost = 0,
                    SplitWeekendCost = 0,
                    NoFreeWeekendCost = 0,
                    LoneNightCost = 0,
                    StartChangeCost = 0,
                    BackwardRotationCost = 0,
                    NightFairnessCost = 0,
                    WeekendFairnessCost = 0,
                    MissingContractHourCost = 0,
                }), when, AtMostSevere(240));

        var result = new RosterSolver().Solve(problem, new SolveLimits(1, 300_000));

        result.Bound.Should().BePositive().And.BeLessThanOrEqualTo(result.Score.Total + 1e-9);
        result.Shifts.Should().OnlyContain(s => Minutes(s, "severe") <= 240);
        RosterAuditor.Audit(AuditedProblem.Of(problem, result.Shifts)).Should().BeEmpty();
    }

    [Test]
    public void Evaluate_SegmentedShiftsPinned_ReadsThemAsTheSearchDid()
    {
        var problem = Clinic(SegmentedShifts.WhereLimited, AtMostSevere(240));
        var result = new RosterSolver().Solve(problem, Limits);

        var pinned = RosterRepair.Evaluate(problem, result.Shifts);
        var stricter = RosterRepair.Evaluate(Clinic(SegmentedShifts.WhereLimited, AtMostSevere(60)), result.Shifts);

        pinned.Score.Should().Be(result.Score);
        pinned.Violations.Should().BeEmpty();
        pinned.Coverage.Should().BeEquivalentTo(result.Coverage);
        stricter.Violations.Where(v => v.Rule == "maximumExposure").Should().HaveCount(result.Shifts.Count(s => Minutes(s, "severe") > 60));
    }

    [Test]
    public void Repair_SomebodyAway_KeepsTheSegmentsOfEveryOtherShift()
    {
        var problem = Clinic(SegmentedShifts.WhereLimited, AtMostSevere(240));
        var published = new RosterSolver().Solve(problem, Limits).Shifts;
        var away = published.First(s => s.AgentId == "A0");
        var change = new RosterChange { Absences = [new Absence("A0", away.Start, away.End)] };

        var nothing = RosterRepair.Repair(problem, published, RosterChange.None, new RepairOptions(new SolveLimits(1, 5_000)));
        var result = RosterRepair.Repair(problem, published, change, new RepairOptions(new SolveLimits(1, 5_000)));

        nothing.Changes.Should().BeEmpty();
        var changed = result.Changes.Select(c => (c.AgentId, c.Date)).ToHashSet();
        changed.Should().Contain(("A0", away.Date));
        result.Roster.Shifts.Where(s => !changed.Contains((s.AgentId, s.Date))).Should()
            .BeEquivalentTo(published.Where(s => !changed.Contains((s.AgentId, s.Date))));
        result.Roster.Shifts.Should().OnlyContain(s => Minutes(s, "severe") <= 240);
    }

    [Test]
    public void Repair_LimitNotInForceAnyMore_SegmentedShiftsMayStay()
    {
        var published = new RosterSolver().Solve(Clinic(SegmentedShifts.WhereLimited, AtMostSevere(240)), Limits).Shifts;

        var result = RosterRepair.Repair(Clinic(SegmentedShifts.Never), published, RosterChange.None, new RepairOptions(new SolveLimits(1, 5_000)));

        result.Changes.Should().BeEmpty();
    }

    [Test]
    public void RosteredPerson_SegmentedShift_ServesEachGroupInItsBlocks()
    {
        var at = Monday.AtMidnight().InUtc().ToInstant();
        Instant Hour(double hour) => at + Duration.FromHours(hour);
        var shift = new RosterShift(
            "A", Monday, "day", Hour(9), Hour(17), Duration.FromHours(8),
            [
                new(ActivityKinds.Work, "severe", Hour(9), Hour(11)), new(ActivityKinds.Break, null, Hour(11), Hour(11.25)),
                new(ActivityKinds.Work, "chat", Hour(11.25), Hour(15)), new(ActivityKinds.Break, null, Hour(15), Hour(15.25)),
                new(ActivityKinds.Work, "severe", Hour(15.25), Hour(17)),
            ]);
        var skills = new Dictionary<string, IReadOnlyList<Wfm.Scheduling.Problem.AgentSkill>> { ["A"] = [new("chat", 1), new("severe", 1)] };

        var people = RosteredPerson.Of([shift], skills, at, allSkills: false);

        people.Select(p => (p.Skills.Single().Group, Hours(p))).Should().Equal(("chat", 3.75), ("severe", 3.75));
        people[1].Periods.Single().Breaks.Should().Equal(new Stretch(Duration.FromHours(11), Duration.FromHours(15.25)));
        people.Select(p => p.Person).Should().Equal("A", "A");
        var absences = new Absences(0.2, 0.5, Duration.FromMinutes(30), seed: 1);
        var worked = Enumerable.Range(0, 20).Select(r => absences.Apply(r, 7, people[0].Shifts!)).Select(p => people.Select(x => x.Of(p).Count).ToArray());
        worked.Should().OnlyContain(w => w[0] == w[1], "whoever is sick is missing in every group").And.Contain(w => w[0] == 0).And.Contain(w => w[0] == 1);

        static double Hours(RosteredPerson person) =>
            person.Periods.Sum(p => (p.End - p.Start).TotalHours - p.Breaks.Sum(b => (b.End - b.Start).TotalHours));
    }

    // Four people who know both groups, full time; the shift has four blocks.
    private static RosterProblem Clinic(SegmentedShifts when, params LabourRule[] rules) => Segmented(
        Hub(
            [.. Enumerable.Range(0, 4).Select(i => Agent($"A{i}", Contract(40, 40, 5), "chat", "severe"))],
            [Template("day", 8, 11, 9, Pause(15, 2), Meal(60, 4, 4.5), Pause(15, 7))], [Demand("chat", 7, Office), Severe(7, Office)]), when, rules);

    private static DemandLine Severe(int days, Func<int, double> heads) => new("severe", Demand("severe", days, heads).Heads, 3, 4);

    private static double Office(int interval) => interval % 48 is >= 16 and < 40 ? 1 : 0; // 08:00 to 20:00

    private static double Minutes(RosterShift shift, string group) => shift.Activities.Where(a => a.Group == group).Sum(a => (a.End - a.Start).TotalMinutes);

    private static int Groups(RosterShift shift) => shift.Activities.Select(a => a.Group).OfType<string>().Distinct().Count();

    private static double Scheduled(RosterResult result, string group) => result.Coverage.Single(c => c.Group == group).Scheduled.Sum() / 2;
}
