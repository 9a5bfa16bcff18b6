using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rostering;

/// <summary>What rules say where a date, a contract, leave or a group changes beside a shift: cases on which solver and auditor did not agree.</summary>
public sealed class EdgeOfRuleTests
{
    private static readonly ShiftTemplate Eight = Template("day", 0, 16, 8);

    [TestCase("minimumPeriodHours", 40)]
    [TestCase("maximumPeriodHours", 4)]
    public void Violations_OfAPeriodRuleThatBeginsAfterThePeriod_AreNone(string kind, double hours)
    {
        var rule = Rule(kind, new() { ["hours"] = hours }).Between(Monday.PlusDays(7), Monday.PlusDays(30));

        Violations(Week(policy: Policy(rule)), On(1)).Should().BeEmpty();
    }

    [Test]
    public void Violations_OfARunThatEndedBeforeItsRuleBegan_AreNone()
    {
        var least = Rule("minimumConsecutiveDays", new() { ["days"] = 3 });
        OutsideShift[] before = [Outside(-3, 8, 8), Outside(-1, 8, 8)];

        IReadOnlyList<Violation> From(LocalDate day) => Violations(Week(policy: Policy(least.Between(day, Monday.PlusDays(30))), surroundings: before));

        From(Monday).Should().BeEmpty("the row of Sunday was worked under no such rule");
        From(Monday.PlusDays(-7)).Should().ContainSingle().Which.From.Should().Be(Monday.PlusDays(-1));
    }

    [Test]
    public void Violations_OfAWeekendOfWhichOneDayIsUnderTheRule_CountThatDayAlone()
    {
        var none = Policy(Rule("maximumWeekends", new() { ["weekends"] = 0 }).Between(Monday.PlusDays(6), Monday.PlusDays(30)));

        Violations(Week(policy: none), On(5)).Should().BeEmpty("the rule begins on Sunday");
        Violations(Week(policy: none), On(5), On(6)).Should().ContainSingle().Which.Rule.Should().Be("maximumWeekends");
    }

    [Test]
    public void Solve_SaturdayPinnedBeforeNoWeekendIsAllowed_LeavesSundayFree()
    {
        var none = Policy(Rule("maximumWeekends", new() { ["weekends"] = 0 }).Between(Monday.PlusDays(6), Monday.PlusDays(30)));

        var week = new RosterSolver().Solve(Week(policy: none, pinned: [new PinnedShift("A", Monday.PlusDays(5), On(5))]), new SolveLimits(1, 5_000));

        week.Shifts.Should().OnlyContain(s => s.Date < Monday.PlusDays(6));
        week.Violations.Should().BeEmpty();
    }

    [Test]
    public void Violations_OfAnAverageThatEndsBeforeSoManyWeeksAreKnown_AreToldForTheWeeksThere()
    {
        var average = Rule("maximumAverageWeeklyHours", new() { ["hours"] = 20, ["weeks"] = 6 }).Between(Monday, Monday.PlusDays(6));

        var violation = Violations(Hub([Agent("A")], [Eight], [Demand("chat", 14, _ => 1)], 14, Policy(average)), On(0), On(1), On(2)).Should().ContainSingle()
            .Which;

        (violation.From, violation.To, violation.Amount).Should().Be((Monday, Monday.PlusDays(6), 4 * 60.0));
    }

    /// <summary>Saturday and five weekdays are known of the first week, four of them leave: a fifth of the six days is left, and the second week.</summary>
    [TestCase(4, true)]
    [TestCase(3.75, false)]
    public void Violations_OfAnAverageWithLeaveInACutWeek_LeaveOutItsPartOfTheDaysKnown(double hours, bool isBroken)
    {
        var average = Rule("maximumAverageWeeklyHours", new() { ["hours"] = 23, ["weeks"] = 2 });
        var away = new TimeOff(At(8, 0), At(12, 0)); // Tuesday to Friday of the second week; its Sunday is outside the period
        var problem = Hub([Agent("A") with { TimeOff = [away] }], [Template("part", 8, 8, hours)], [Demand("chat", 13, _ => 1)], 13, Policy(average));

        RosterShift[] shifts = [.. Enumerable.Range(0, 7).Select(d => Part(d, hours))];

        Violations(problem, shifts).Select(v => v.Rule).Should().BeEquivalentTo(isBroken ? ["maximumAverageWeeklyHours"] : Array.Empty<string>());
    }

    [Test]
    public void Violations_OfExposureBeforeThePeriod_CountTheWorkWithoutItsBreaks()
    {
        var most = Policy(Rule("maximumExposure", new() { ["minutes"] = 420, ["days"] = 7, ["minimumExposureClass"] = 2 }));
        OutsideShift Severe(int start, int end, bool known) =>
            new("A", At(-1, start), At(-1, end), Duration.FromHours(end - start), "severe")
            {
                Activities = known
                    ?
                    [
                        Work("severe", At(-1, start), At(-1, 12)),
                        new(ActivityKinds.Break, null, At(-1, 12), At(-1, 13)),
                        Work("severe", At(-1, 13), At(-1, end)),
                    ]
                    : [],
            };

        Violations(Week(policy: most, surroundings: [Severe(8, 16, known: true)]), On(1)).Should().BeEmpty("seven hours were worked on it");
        Violations(Week(policy: most, surroundings: [Severe(8, 16, known: false)]), On(1)).Should().NotBeEmpty("of eight hours nobody knows the break");
    }

    [Test]
    public void Violations_OfExposureOnADayOfTwoGroups_CountTheHarmfulOne()
    {
        var most = Policy(Rule("maximumExposure", new() { ["minutes"] = 120, ["days"] = 2, ["minimumExposureClass"] = 2 }));
        OutsideShift[] both = [Outside(-1, 4, 3, "severe"), Outside(-1, 12, 8)];

        Violations(Week(policy: most, surroundings: both), On(0)).Should().ContainSingle().Which.Amount.Should().Be(60);
        Violations(Week(policy: most, pinned: [new PinnedShift("A", Monday, Mixed())]), Mixed()).Should().NotBeEmpty()
            .And.OnlyContain(v => v.Rule == "maximumExposure" && v.Amount == 60);
    }

    [TestCase("noExposureAtEnd", "chat 5,severe 3", true)]
    [TestCase("noExposureAtEnd", "severe 5,chat 3", false)]
    [TestCase("maximumContinuousWork", "chat 5,severe 3", true)]
    [TestCase("maximumContinuousWork", "severe 2,chat 1,severe 2", false)]
    [TestCase("maximumContinuousWork", "severe 1,severe 2,chat 4", true)]
    public void Violations_OfAPinnedShiftOnSeveralGroups_SeeEachPart(string kind, string parts, bool isBroken)
    {
        var rule = Policy(Rule(kind, new() { ["minutes"] = 150, ["minimumExposureClass"] = 2 }));
        var (hour, activities) = (8, new List<ShiftActivity>());
        foreach (var part in parts.Split(',').Select(p => p.Split(' ')))
        {
            activities.Add(Work(part[0], At(1, hour), At(1, hour += int.Parse(part[1]))));
        }

        var shift = new RosterShift("A", Monday.PlusDays(1), "pinned", At(1, 8), At(1, hour), Duration.FromHours(hour - 8), activities);
        var problem = Week(policy: rule, pinned: [new PinnedShift("A", shift.Date, shift)]);

        Violations(problem, shift).Any(v => v.Rule == kind).Should().Be(isBroken);
        RosterAuditor.Audit(AuditedProblem.Of(problem, [shift])).Any(f => f.Rule == kind).Should().Be(isBroken);
    }

    /// <summary>As many as a hub of a thousand people has in the weeks that an average looks back on.</summary>
    [Test]
    public void Violations_OfExposureWithManyThousandShiftsAround_CountTheShiftsOfThePerson()
    {
        const int People = 2_500;
        var most = Policy(
            Rule("maximumExposure", new() { ["minutes"] = 120, ["days"] = 2, ["minimumExposureClass"] = 2 }),
            Rule("maximumAverageWeeklyHours", new() { ["hours"] = 60, ["weeks"] = 3 }));
        RosterAgent[] people = [.. Enumerable.Range(0, People).Select(i => Agent($"A{i}", null, "chat", "severe"))];
        OutsideShift[] around =
        [
            .. Enumerable.Range(1, 14).SelectMany(d => people.Select(a => Outside(-d, 8, 8, "chat", a.Id))),
            Outside(-1, 4, 3, "severe", people[^1].Id), // two shifts on one day
        ];
        var last = people[^1].Id;
        var problem = Hub(people, [Eight], [Demand("chat", 1, _ => 0), new DemandLine("severe", Demand("severe", 1, _ => 0).Heads, 1, 4)], 1, most, around);

        Violations(problem).Where(v => v.Rule == "maximumExposure").Should().NotBeEmpty().And.OnlyContain(v => v.AgentId == last && v.Amount == 60);
    }

    [Test]
    public void Violations_OfExposureInAShiftThatCoversNothingHere_CountIt()
    {
        var most = Policy(Rule("maximumExposure", new() { ["minutes"] = 420, ["days"] = 2, ["minimumExposureClass"] = 2 }));
        var elsewhere = new RosterShift(
            "A", Monday, "(other hub)", At(0, 8), At(0, 16), Duration.FromHours(8), [new ShiftActivity("(other hub)", "severe", At(0, 8), At(0, 16))]);

        var result = RosterRepair.Evaluate(Week(policy: most, pinned: [new PinnedShift("A", Monday, elsewhere)]), [elsewhere]);

        result.Violations.Should().NotBeEmpty().And.OnlyContain(v => v.Rule == "maximumExposure" && v.Amount == 60);
        result.Coverage.Single(c => c.Group == "severe").Scheduled.Should().OnlyContain(heads => heads == 0);
    }

    /// <summary>Three days a week until Thursday, then three days again, of other usual days.</summary>
    [Test]
    public void Solve_ContractThatChangesInTheWeek_AllowsNoMoreDaysThanTheLargerOfTheTwo()
    {
        Contract Three(DaysOfWeek usual) => new("three", Duration.Zero, Duration.FromHours(60), 3, null) { WorkingDays = usual };
        var agent = Agent("A", Three(DaysOfWeek.Monday | DaysOfWeek.Tuesday | DaysOfWeek.Wednesday)) with
        {
            Terms = [new ContractTerm(Monday.PlusDays(4), Three(DaysOfWeek.Monday | DaysOfWeek.Thursday | DaysOfWeek.Saturday))],
        };

        var week = new RosterSolver().Solve(Hub([agent], [Eight], [Demand("chat", 7, _ => 1)]), new SolveLimits(1, 5_000));

        week.Shifts.Should().HaveCount(3);
    }

    [Test]
    public void Solve_ContractWhoseUsualDayIsStillToCome_AllowsTheDaysOfTheSmaller()
    {
        Contract Days(int days, DaysOfWeek usual) => new("days", Duration.Zero, Duration.FromHours(60), days, null) { WorkingDays = usual };
        var agent = Agent("A", Days(3, DaysOfWeek.Saturday)) with
        {
            Terms = [new ContractTerm(Monday.PlusDays(5), Days(6, DaysOfWeek.All & ~DaysOfWeek.Sunday))],
        };
        OutsideShift[] before = [Outside(0, 8, 8), Outside(2, 8, 8)];

        Violations(Hub([agent], [Eight], [Demand("chat", 7, _ => 1, start: Monday.PlusDays(3))], start: Monday.PlusDays(3), surroundings: before)).Should()
            .BeEmpty();
    }

    [Test]
    public void Solve_MoreIsOwedThanTheSeatsAllow_KeepsTheSeats()
    {
        var contract = Contract(minimum: 40, maximum: 40);
        ShiftTemplate[] templates = [Template("early", 5, 5, 8.5), Template("late", 13, 13, 9)];

        var week = new RosterSolver().Solve(
            Hub([Agent("A", contract), Agent("B", contract), Agent("C", contract)], templates, [Demand("chat", 7, _ => 2)]) with
            {
                Seats = 1,
            },
            new SolveLimits(1, 20_000));

        week.Violations.Should().NotContain(v => v.Rule == "seats").And.Contain(v => v.Rule == "contractMinimumHours");
    }

    private static RosterProblem Week(LabourPolicy policy, IReadOnlyList<OutsideShift>? surroundings = null, IReadOnlyList<PinnedShift>? pinned = null) =>
        Hub(
            [Agent("A", null, "chat", "severe")], [Eight],
            [Demand("chat", 7, _ => 1), new DemandLine("severe", Demand("severe", 7, _ => 0).Heads, 1, 4)],
            7, policy, surroundings, pinned);

    private static IReadOnlyList<Violation> Violations(RosterProblem problem, params RosterShift[] shifts) => RosterRepair.Evaluate(problem, shifts).Violations;

    private static RosterShift On(int day) => Shift("A", "UTC", Monday.PlusDays(day), 8, 8, "chat", "day");

    private static RosterShift Part(int day, double hours) =>
        new(
            "A", Monday.PlusDays(day), "part", At(day, 8), At(day, 8) + Duration.FromHours(hours), Duration.FromHours(hours),
            [Work("chat", At(day, 8), At(day, 8) + Duration.FromHours(hours))]);

    private static RosterShift Mixed() =>
        new("A", Monday, "day", At(0, 8), At(0, 16), Duration.FromHours(8), [Work("severe", At(0, 8), At(0, 11)), Work("chat", At(0, 11), At(0, 16))]);

    private static OutsideShift Outside(int day, int hour, int hours, string group = "chat", string agent = "A") =>
        new(agent, At(day, hour), At(day, hour) + Duration.FromHours(hours), Duration.FromHours(hours), group);

    private static ShiftActivity Work(string group, Instant from, Instant to) => new(ActivityKinds.Work, group, from, to);

    private static Instant At(int day, int hour) => Monday.PlusDays(day).At(new LocalTime(hour, 0)).InUtc().ToInstant();
}
