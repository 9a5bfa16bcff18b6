using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rostering;

/// <summary>What a person is owed and may be given, and how many people there are: whole problems, solved.</summary>
public sealed class PeopleAndHoursTests
{
    private static readonly ShiftTemplate Day = Template("day", 9, 9, 8.5, Meal(30, 3, 4)); // 09:00–17:30, 8 h paid
    private static readonly LocalDate Spring = new(2026, 3, 29); // Dublin: 01:00 becomes 02:00
    private static readonly LocalDate Autumn = new(2026, 10, 25); // Dublin: 02:00 becomes 01:00

    private static RosterResult Solve(RosterProblem problem) => new RosterSolver().Solve(problem, new SolveLimits(1, 40_000));

    [Test]
    public void Solve_LeaveOnSaturdayAndSunday_Gives40Hours()
    {
        var result = Solve(Week(Leave(5, 0, 7, 0)));

        Hours(result).Should().Be(40);
        result.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_LeaveOnMonday_Gives32HoursAndDoesNotPayItBackOnSaturday()
    {
        var result = Solve(Week(Leave(0, 9, 0, 17.5)));

        result.Shifts.Select(s => s.Date.DayOfWeek).Should().Equal(IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday);
        Hours(result).Should().Be(32);
        result.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_UnpaidLeaveOnMonday_MayBeWorkedOnSaturday() =>
        Hours(Solve(Week(new TimeOff(At(0, 0), At(1, 0), LeaveKind.Unpaid)))).Should().Be(40, "demand asks for it and the contract allows it");

    [TestCase(9, 13)]
    [TestCase(13, 17.5)]
    public void Solve_HalfADayOfLeaveWithAHalfDayTemplate_Gives36Hours(double from, double to)
    {
        ShiftTemplate[] templates = [Day, Template("morning", 9, 9, 4), Template("afternoon", 13, 13, 4)];
        var result = Solve(Week(Leave(0, from, 0, to), templates));

        Hours(result).Should().Be(36);
        result.Shifts.Should().HaveCount(5);
        result.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_PeriodThatStartsOnFriday_Gives8HoursWithoutConflict()
    {
        var friday = Monday.PlusDays(4);
        var result = Solve(
            Hub(
                [Agent("A", Contract(40, 40, 5) with { WorkingDays = DaysOfWeek.Weekdays })], [Weekdays(Day)],
                [Demand("chat", 3, _ => 0, start: friday)],
                3, start: friday));

        Hours(result).Should().Be(8);
        result.Violations.Should().BeEmpty();
        result.Conflicts.Should().BeEmpty();
    }

    [Test]
    public void Solve_NightOfTheSpringChange_IsStaffed([Values] bool endsOnTheWall)
    {
        var nights = Nights(Spring.PlusDays(-1), endsOnTheWall);
        var result = Solve(nights);

        result.Shifts.Should().HaveCount(3);
        (result.Shifts[0].End - result.Shifts[0].Start).Should().Be(Duration.FromHours(endsOnTheWall ? 7 : 8));
        result.Shifts[0].Paid.Should().Be(Duration.FromHours(endsOnTheWall ? 7 : 8));
        Missing(result, nights, new LocalTime(6, 0)).Should().Be(0);
    }

    [Test]
    public void Solve_AutumnNightOf25Hours_HasNoHoleWhereTheEndIsKeptOnTheWall()
    {
        var nights = Nights(Autumn.PlusDays(-1), endsOnTheWall: true);
        var result = Solve(nights);

        result.Shifts.Should().HaveCount(3).And.OnlyContain(s => s.End - s.Start == Duration.FromHours(9));
        Missing(result, nights, new LocalTime(6, 0)).Should().Be(0);
    }

    [Test]
    public void Solve_BreakThatTheSpringChangeLeavesNoRoom_ComesEarlier()
    {
        var template = Template("night", 22, 22, 8, Meal(30, 7, 7)) with { EndsAt = new LocalTime(6, 0) };
        var result = Solve(Nights(Spring.PlusDays(-1), template));

        result.Shifts.Should().HaveCount(3);
        result.Shifts[0].Activities.Single(a => a.Kind == ActivityKinds.Meal).Start.Should().Be(result.Shifts[0].Start + Duration.FromHours(6));
    }

    [Test]
    public void Solve_TwoPeopleOfHalfProficiency_AreTwoPeoplePresent()
    {
        var agents = new[] { "A", "B" }.Select(id => new RosterAgent(id, Contract(), [new AgentSkill("chat", 0.5)], [], [], [])).ToArray();
        var line = Demand("chat", 1, i => i is >= 18 and < 34 ? 1 : 0);
        var result = Solve(Hub(agents, [Template("day", 9, 9, 8)], [line with { MinimumPresence = [.. line.Heads.Select(h => 2 * h)] }], 1));

        result.Shifts.Should().HaveCount(2);
        result.Score.MinimumPresence.Should().Be(0);
        result.Score.Under.Should().Be(0, "together they cover the one head that is needed");
        result.Coverage[0].People[20].Should().Be(2);
        result.Coverage[0].Scheduled[20].Should().Be(1);
        result.Conflicts.Should().BeEmpty();
    }

    [Test]
    public void Solve_ProficiencyAboveOne_CountsAsSuch()
    {
        var agent = new RosterAgent("A", Contract(), [new AgentSkill("chat", 1.5)], [], [], []);
        var result = Solve(Hub([agent], [Template("day", 9, 9, 8)], [Demand("chat", 1, i => i is >= 18 and < 34 ? 1.5 : 0)], 1));

        result.Coverage[0].Scheduled[20].Should().Be(1.5);
        result.Score.Under.Should().Be(0);
    }

    [Test]
    public void Solve_FewerSeatsThanPeople_NobodyIsPlacedAboveThem()
    {
        var problem = Hub(
            [.. Enumerable.Range(0, 5).Select(i => Agent($"A{i}", Contract(40, 40, 5)))],
            [Template("day", 6, 14, 8)],
            [Demand("chat", 7, i => i % 48 is >= 18 and < 34 ? 5 : 0)]);
        var result = Solve(With(problem, seats: 3));

        result.Violations.Should().NotContain(v => v.Rule == "seats");
        result.Coverage[0].People.Max().Should().Be(3);
    }

    [Test]
    public void Solve_SeatsOverGroups_CountTogether()
    {
        var problem = Hub([.. Enumerable.Range(0, 4).Select(i => Agent($"A{i}", Contract(), i % 2 == 0 ? "chat" : "mail"))], [Template("day", 9, 9, 8)],
            [Demand("chat", 1, i => i is >= 18 and < 34 ? 2 : 0), Demand("mail", 1, i => i is >= 18 and < 34 ? 2 : 0)], 1);

        Solve(With(problem, seats: 3)).Shifts.Should().HaveCount(3);
    }

    [Test]
    public void Solve_PinnedShiftsAboveTheSeats_AreReported()
    {
        PinnedShift[] pinned = [.. Enumerable.Range(0, 3).Select(i => new PinnedShift($"A{i}", Monday, Shift($"A{i}", "UTC", Monday, 9, 8, "chat")))];
        var problem = Hub([.. Enumerable.Range(0, 3).Select(i => Agent($"A{i}"))], [], [Demand("chat", 1, _ => 0)], 1, pinned: pinned);
        var result = Solve(With(problem, seats: 2));

        result.Violations.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { AgentId = (string?)null, Rule = "seats", From = Monday, To = Monday, Amount = 480.0, Unit = "minutes", Source = "seats of the hub" });
    }

    [Test]
    public void Solve_FourWeeklyRostersInARow_ShareTheWeekends()
    {
        var worked = new Dictionary<string, int> { ["A"] = 0, ["B"] = 0 };
        for (var week = 0; week < 4; week++)
        {
            var start = Monday.PlusWeeks(week);
            var agents = worked.Select(w => Agent(w.Key, Contract(0, 40, 5)) with { Ledger = new FairnessLedger(0, w.Value) }).ToArray();
            var demand = Demand("chat", 7, i => i / 48 >= 5 && i % 48 is >= 18 and < 34 ? 1 : 0, start: start); // one person on Saturday and Sunday
            var result = Solve(Hub(agents, [Template("day", 9, 9, 8)], [demand], start: start));
            foreach (var agent in result.Shifts.Select(s => s.AgentId).Distinct().ToArray())
            {
                worked[agent]++;
            }
        }

        worked.Should().BeEquivalentTo(new Dictionary<string, int> { ["A"] = 2, ["B"] = 2 });
    }

    [Test]
    public void Solve_EmploymentInsideThePeriod_HasShiftsOnlyThen()
    {
        var agent = Agent("A", Contract(40, 40, 5)) with { EmployedFrom = Monday.PlusDays(2), EmployedTo = Monday.PlusDays(8) };
        var result = Solve(Hub([agent], [Weekdays(Day)], [Demand("chat", 14, i => i % 48 is >= 18 and < 34 ? 1 : 0)], 14));

        result.Shifts.Select(s => s.Date).Should().Equal(Monday.PlusDays(2), Monday.PlusDays(3), Monday.PlusDays(4), Monday.PlusDays(7), Monday.PlusDays(8));
        result.Violations.Should().BeEmpty();
        result.Uncovered.SelectMany(u => u.Reasons).Should().Contain(r => r.Reason == Wfm.Scheduling.Explanation.BlockReason.NotEmployed);
    }

    [Test]
    public void Solve_ContractThatChangesInsideThePeriod_KeepsTheLimitsOfEachSide()
    {
        var half = new Contract("half", Duration.FromHours(20), Duration.FromHours(20), 5, ["short"]);
        var full = new Contract("full", Duration.FromHours(40), Duration.FromHours(40), 5, ["day"])
        {
            Rules = [Rule("maximumDailyHours", new() { ["hours"] = 8 })],
        };
        var agent = Agent("A", half) with { Terms = [new ContractTerm(Monday.PlusDays(9), full)] }; // on the second Wednesday
        var result = Solve(
            Hub([agent], [Weekdays(Day), Weekdays(Template("short", 9, 9, 4)), Weekdays(Template("long", 9, 9, 9))], [Demand("chat", 21, _ => 1)], 21));

        result.Violations.Should().BeEmpty();
        result.Shifts.GroupBy(s => Period.DaysBetween(Monday, s.Date) / 7).Select(w => w.Sum(s => s.Paid.TotalHours)).Should().Equal(20, 8 + 24, 40);
        result.Shifts.Should().OnlyContain(s => s.Template == (s.Date < Monday.PlusDays(9) ? "short" : "day"));
    }

    [Test]
    public void Solve_TwoBusyTimesADay_AreCoveredByOneSplitShift()
    {
        var split = Template(
            "split", 8, 8, 12, new BreakRule(ActivityKinds.Gap, Duration.FromHours(4), Duration.FromHours(4), Duration.FromHours(4), Paid: false));
        var policy = Policy(
            Rule("breakAfter", new() { ["minutes"] = 30, ["afterHours"] = 6, ["withinHours"] = 6 }),
            Rule("maximumContinuousWork", new() { ["minutes"] = 300 }), Rule("maximumSpread", new() { ["hours"] = 12 }));
        var result = Solve(Hub([Agent("A")], [split], [Demand("chat", 1, i => i is (>= 16 and < 24) or (>= 32 and < 40) ? 1 : 0)], 1, policy));

        result.Uncovered.Should().BeEmpty();
        result.Score.Over.Should().Be(0);
        result.Violations.Should().BeEmpty();
        var shift = result.Shifts.Should().ContainSingle().Subject;
        shift.Paid.Should().Be(Duration.FromHours(8));
        shift.Activities.Select(a => a.Kind).Should().Equal(ActivityKinds.Work, ActivityKinds.Gap, ActivityKinds.Work);
    }

    [Test]
    public void Solve_SplitShiftBeyondTheSpread_IsLeftOut()
    {
        var split = Template(
            "split", 8, 8, 12, new BreakRule(ActivityKinds.Gap, Duration.FromHours(4), Duration.FromHours(4), Duration.FromHours(4), Paid: false));
        var result = Solve(Hub([Agent("A")], [split], [Demand("chat", 1, _ => 1)], 1, Policy(Rule("maximumSpread", new() { ["hours"] = 11 }))));

        result.Shifts.Should().BeEmpty();
        result.Excluded.Should().ContainSingle(e => e.Template == "split");
    }

    [Test]
    public void Solve_RandomPeople_BreakNothingButMinima([Range(1, 6)] int seed)
    {
        var problem = With(RandomPeople(seed), seats: 3); // without the shifts after the period, which keep no rule
        var result = Solve(problem);

        result.Violations.Should() // A2 has a pinned shift
            .NotContain(v => v.Rule != "contractMinimumHours" && v.Rule != "minimumPresence" && v.AgentId != "A2");
        foreach (var shift in result.Shifts.Where(s => s.Template != "pinned"))
        {
            var agent = problem.Agents.Single(a => a.Id == shift.AgentId);
            agent.IsEmployed(shift.Date).Should().BeTrue();
            agent.TimeOff.Should().NotContain(o => o.Start < shift.End && shift.Start < o.End);
            (agent.ContractOn(shift.Date).Templates ?? [shift.Template]).Should().Contain(shift.Template);
        }

        result.Bound.Should().BeLessThanOrEqualTo(result.Score.Total + 1e-6);
    }

    private static RosterProblem Week(TimeOff leave, params ShiftTemplate[] templates) =>
        Hub([Agent("A", Contract(40, 40, 5)) with { TimeOff = [leave] }], templates.Length == 0 ? [Day] : templates, [Demand("chat", 7, _ => 1)]);

    private static RosterProblem Nights(LocalDate date, bool endsOnTheWall) =>
        Nights(date, endsOnTheWall ? Template("night", 22, 22, 8) with { EndsAt = new LocalTime(6, 0) } : Template("night", 22, 22, 8));

    // Three people who can work from 22:00 to 06:00, one night and the morning after it; all three are needed from 22:00 to 06:00 on the wall.
    private static RosterProblem Nights(LocalDate date, ShiftTemplate template)
    {
        var zone = Zone("Europe/Dublin");
        AvailabilityWindow[] nightly =
        [
            .. Enumerable.Range(1, 7).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(22, 0), new LocalTime(6, 0))),
        ];
        var agents = Enumerable.Range(0, 3).Select(i => new RosterAgent($"A{i}", Contract(), [new AgentSkill("chat", 1)], nightly, [], [])).ToArray();
        var only = new ShiftTemplate(
            template.Code, template.EarliestStart, template.LatestStart, template.StartStep, template.Length, template.Breaks,
            (DaysOfWeek)(1 << ((int)date.DayOfWeek - 1)))
        {
            EndsAt = template.EndsAt,
        };
        var origin = zone.AtStartOfDay(date).ToInstant();
        var demand = Demand("chat", 2, i => IsNight((origin + (HalfHour * i)).InZone(zone).LocalDateTime) ? 3 : 0, zone: "Europe/Dublin", start: date);
        return Hub(agents, [only], [demand], 2, zone: "Europe/Dublin", start: date);

        bool IsNight(LocalDateTime local) => local >= date + new LocalTime(22, 0) && local < date.PlusDays(1) + new LocalTime(6, 0);
    }

    // Heads missing before a local time of the second day.
    private static double Missing(RosterResult result, RosterProblem problem, LocalTime until)
    {
        var end = problem.Zone.AtLeniently(problem.Start.PlusDays(1) + until).ToInstant();
        return result.Coverage[0].Required.Select((r, i) => problem.Origin + (HalfHour * i) < end ? Math.Max(0, r - result.Coverage[0].People[i]) : 0).Sum();
    }

    private static RosterProblem With(RosterProblem p, int seats) =>
        new(
            p.Zone, p.Start, p.Days, p.Interval, p.Agents, p.Templates, p.Demand, p.Policy, p.Objective,
            [.. p.Surroundings.Where(s => s.Start < p.Origin)],
            p.Pinned)
        {
            Seats = seats,
        };

    private static ShiftTemplate Weekdays(ShiftTemplate t) => new(t.Code, t.EarliestStart, t.LatestStart, t.StartStep, t.Length, t.Breaks, DaysOfWeek.Weekdays);

    private static double Hours(RosterResult result) => result.Shifts.Sum(s => s.Paid.TotalHours);

    private static TimeOff Leave(int fromDay, double fromHour, int toDay, double toHour) => new(At(fromDay, fromHour), At(toDay, toHour));

    private static Instant At(int day, double hour) => Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours((24 * day) + hour);
}
