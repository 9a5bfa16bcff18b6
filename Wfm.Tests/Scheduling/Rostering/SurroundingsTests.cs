using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rostering;

/// <summary>Rules hold across both edges of a period: shifts in force after it count as those before.</summary>
public sealed class SurroundingsTests
{
    private static readonly LabourRule Rest = Rule("minimumDailyRest", new() { ["hours"] = 11 });
    private static readonly LabourRule SixDays = Rule("maximumConsecutiveDays", new() { ["days"] = 6 });

    [Test]
    public void Solve_EarlyShiftAfterThePeriod_TheLastNightIsNotWorked()
    {
        RosterResult Week(params OutsideShift[] after) => Solve(Nights(after, Rest));

        Week().Shifts.Should().Contain(s => s.Date == Monday.PlusDays(6), "nothing forbids it");
        var week = Week(After(0, 6, 8));
        week.Violations.Should().BeEmpty();
        week.Shifts.Should().HaveCount(6).And.OnlyContain(s => s.Date < Monday.PlusDays(6), "the night ends when the shift of Monday begins");
    }

    [Test]
    public void Solve_FiveDaysAfterThePeriod_ADayBeforeThemIsFree()
    {
        OutsideShift[] after = [.. Enumerable.Range(0, 5).Select(d => After(d, 14, 8))];

        var week = Solve(Nights(after, SixDays));

        week.Violations.Should().BeEmpty();
        week.Shifts.Should().HaveCount(6, "one of the last days has to be free");
        week.Shifts.Count(s => s.Date >= Monday.PlusDays(5)).Should().Be(1);
    }

    [Test]
    public void Evaluate_WeekOfNightsBeforeDays_TellsTheRestAndTheRun()
    {
        var week = Solve(Nights([]));
        OutsideShift[] after = [After(0, 6, 8), After(1, 6, 8)];

        var violations = RosterRepair.Evaluate(Nights(after, Rest, SixDays), week.Shifts).Violations;

        violations.Select(v => (v.Rule, v.From, v.To, v.Amount)).Should().BeEquivalentTo([
            ("minimumDailyRest", Monday.PlusDays(6), Monday.PlusDays(7), 11 * 60.0),
            ("maximumConsecutiveDays", Monday, Monday.PlusDays(8), 3.0)]);
    }

    [Test]
    public void Solve_TwelveWeeksOfSixtyHoursBefore_LeavesNinetySixOfTheAverage()
    {
        var average = Rule("maximumAverageWeeklyHours", new() { ["hours"] = 48, ["weeks"] = 17 });
        OutsideShift[] before = [.. Enumerable.Range(1, 12).SelectMany(w => Enumerable.Range(0, 5).Select(d => After((-7 * w) + d - 7, 8, 12)))];

        var weeks = Solve(Hub([Agent("A")], [Template("long", 8, 8, 12)], [Demand("chat", 35, _ => 1)], 35, Policy(average), before));

        weeks.Shifts.Sum(s => s.Paid.TotalHours).Should().Be(96, "17 × 48 h less 12 × 60 h");
        weeks.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_LongWeeksAfterThePeriod_CountInTheAverage()
    {
        var average = Rule("maximumAverageWeeklyHours", new() { ["hours"] = 40, ["weeks"] = 2 });
        OutsideShift[] after = [.. Enumerable.Range(0, 5).Select(d => After(d, 8, 12))];

        Solve(Hub([Agent("A")], [Template("day", 8, 8, 10)], [Demand("chat", 7, _ => 1)], policy: Policy(average), surroundings: after))
            .Shifts.Should().HaveCount(2, "of 80 h in two weeks 60 h are worked after");
    }

    [Test]
    public void Solve_WeekCutByTheEnd_CountsWhatFollowsInIt()
    {
        var contract = Contract(maximum: 40, days: 5);
        OutsideShift[] after = [.. Enumerable.Range(0, 3).Select(d => After(d - 4, 8, 8))]; // Thursday to Saturday of a week of which the period has three days

        var days = Solve(Hub([Agent("A", contract)], [Template("day", 8, 8, 8)], [Demand("chat", 3, _ => 1)], 3, surroundings: after));

        days.Shifts.Should().HaveCount(2);
        days.Violations.Should().BeEmpty();
    }

    [Test]
    public void Solve_OneDayAfterThePeriod_TheRunItEndsHasItsMinimum()
    {
        var least = Rule("minimumConsecutiveDays", new() { ["days"] = 2 });

        var week = Solve(
            Hub([Agent("A")], [Template("day", 8, 8, 8)], [Demand("chat", 7, i => i / 48 == 2 ? 1 : 0)], policy: Policy(least), surroundings: [After(0, 8, 8)])
        );

        week.Violations.Should().BeEmpty();
        week.Shifts.Should().Contain(s => s.Date == Monday.PlusDays(6), "the shift of Monday is not to stand alone");
    }

    [Test]
    public void Solve_WeekAfterWithoutRest_IsNoConcernOfThePeriod()
    {
        OutsideShift[] after = [.. Enumerable.Range(1, 9).Select(d => After(d, 8, 8))];

        var week = Solve(Nights(after, SixDays));

        week.Violations.Should().BeEmpty("the run does not touch the period");
        week.Shifts.Should().HaveCount(6);
    }

    [Test]
    public void Due_WeeksCutByThePeriod_CountTheDaysOfWhichOwnShiftsAreKnown()
    {
        // Saturday to Wednesday of the week after next; somebody has shifts on the Tuesday before and on the Thursday after.
        var (start, contract) = (Monday.PlusDays(5), Contract(minimum: 40, days: 5));
        var problem = Hub(
            [Agent("A", contract), Agent("B", contract)], [Template("day", 8, 8, 8)],
            [Demand("chat", 12, _ => 1, start: start)],
            12, start: start, surroundings: [After(-6, 8, 8), After(10, 8, 8)]);
        var calendar = new RosterCalendar(problem, 8);
        var due = new HoursDue(problem, calendar);

        Enumerable.Range(0, calendar.Weeks).Select(w => due.Of(0, w) / 60).Should().Equal([32, 40, 40], "from Tuesday on, and to the end of the last week");
        Enumerable.Range(0, calendar.Weeks).Select(w => due.Of(1, w) / 60).Should().Equal([0, 40, 24], "shifts of somebody else tell nothing");
    }

    [Test]
    public void Scheduled_ShiftAfterThePeriod_CoversNothing()
    {
        // Three hours in each interval of the day whose clocks go forward: the last interval is cut by the midnight after it.
        var start = new LocalDate(2026, 3, 29);
        var end = Zone("Europe/Dublin").AtStartOfDay(start.PlusDays(1)).ToInstant();
        var interval = Hours(3);
        var demand = new DemandLine("chat", [.. Enumerable.Repeat(1.0, RosterProblem.CountIntervals(Zone("Europe/Dublin"), start, 1, interval))]);

        var day = Solve(
            Hub(
                [Agent("A")], [], [demand], 1, surroundings: [new OutsideShift("A", end, end + Hours(8), Hours(8), "chat")], zone: "Europe/Dublin",
                start: start, interval: interval));

        day.Coverage.Single().Scheduled.Should().HaveCount(8).And.OnlyContain(heads => heads == 0);
    }

    /// <summary>What the rules say of one long period with everything pinned, the rules say of the short one and its surroundings.</summary>
    [FsCheck.NUnit.Property(MaxTest = 40)]
    public FsCheck.Property Violations_AnyRoster_AreThoseOfTheJoinedTimeline() =>
        Prop.ForAll(
            Gen.Choose(1, 1_000_000).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                var problem =
                    random.Next(3) == 0
                        ? DayLevel(seed, agents: 3, days: 5 * random.Next(1, 4), surrounded: true)
                        : RosterProblems.Random(seed, agents: 4, days: random.Next(3, 16));
                var compiled = new CompiledProblem(problem);
                var result = random.Next(2) == 0 ? Solve(problem, random.Next(3_000)) : Any(compiled, seed);

                var joined = JoinedTimeline.Violations(problem, result.Shifts);
                var own = result.Violations.Select(JoinedTimeline.Key).Where(JoinedTimeline.IsComparable).ToList();

                own.Should().BeSubsetOf(joined.Select(JoinedTimeline.Key), "seed {0}", seed);
                joined.Where(v => JoinedTimeline.Concerns(v, problem)).Select(JoinedTimeline.Key).Should().BeSubsetOf(own, "seed {0}", seed);
            });

    // A roster in which much is broken.
    private static RosterResult Any(CompiledProblem compiled, int seed)
    {
        var state = new RosterState(compiled, new SearchSettings(1, 1, 2, 2));
        var moves = new Moves(compiled, state);
        var random = new RosterRandom(seed);
        for (var i = 0; i < 400; i++)
        {
            if (moves.Propose(ref random)) state.Try(double.PositiveInfinity);
        }

        return new ResultBuilder(compiled, state).Build(StopReason.WorkLimit, 0, seed);
    }

    private static RosterProblem Nights(OutsideShift[] after, params LabourRule[] rules) => Hub(
        [Agent("A")], [Template("night", 22, 22, 8)], [Demand("chat", 7, i => i % 48 is >= 44 or < 12 ? 1 : 0)], policy: Policy(rules), surroundings: after);

    private static RosterResult Solve(RosterProblem problem, int moves = 20_000) => new RosterSolver().Solve(problem, new SolveLimits(1, moves));

    /// <summary>A shift so many days after the week that begins on <see cref="Monday"/>.</summary>
    private static OutsideShift After(int day, int hour, int hours)
    {
        var start = Monday.PlusDays(7 + day).At(new LocalTime(hour, 0)).InUtc().ToInstant();
        return new OutsideShift("A", start, start + Hours(hours), Hours(hours), "chat");
    }

    private static Duration Hours(int hours) => Duration.FromHours(hours);
}
