using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Problem;

public sealed class RosterProblemTests
{
    private static readonly ShiftTemplate Day = Template("day", 6, 12, 8);

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case(() => Hub([Agent("A"), Agent("A")], [Day], []), "*Agents*'A' twice*");
        yield return Case(() => Hub([Agent("A")], [Day, Day], []), "*Templates*'day' twice*");
        yield return Case(() => Hub([Agent("A")], [Day], [Demand("chat", 6, _ => 1)]), "*'chat'*Heads has 288 values*336 intervals*");
        yield return Case(() => Hub([], [], [], days: 0), "*Days is 0*");
        yield return Case(() => Demand("chat", 1, i => i == 3 ? double.NaN : 1), "*'chat'*Heads?3? is NaN*");
        yield return Case(() => Hub([], [], [], policy: new LabourPolicy("late", Monday.PlusDays(1), [])), "*Policy 'late' is valid from*");
        yield return Case(() => Hub([Agent("A", Contract(templates: ["gone"]))], [Day], []), "*'A'*'gone' is not in the problem*");
        yield return Case(() => Hub([Agent("A")], [Day], [], surroundings: [Outside("B", -10)]), "*'B' is not in the problem*");
        yield return Case(() => Hub([Agent("A")], [Day], [], surroundings: [Outside("A", 2)]), "*'A'*lies inside the period*pin it*");
        yield return Case(() => Hub([Agent("A")], [Day], [], surroundings: [Outside("A", -12), Outside("A", -10)]), "*'A'*overlap*");
        yield return Case(() => Hub([Agent("A")], [Day], [], surroundings: [Outside("A", 168), Outside("A", 174)]), "*'A'*overlap*");
        yield return Case(() => Hub([Agent("A")], [Day], [], surroundings: [Outside("A", 167)]), "*'A'*lies inside the period*");
        yield return Case(() => Hub([Agent("A")], [Day], [], pinned: [new("A", Monday.PlusDays(7), null)]), "*'A'*outside the period*");
        yield return Case(() => Hub([Agent("A")], [Day], [], pinned: [new("A", Monday, null), new("A", Monday, null)]), "*'A'*pinned twice*");
        yield return Case(
            () => Hub([Agent("A")], [Day], [], pinned: [new("A", Monday, Shift("A", "UTC", Monday, 8, 4, "chat"))]),
            "*'chat' has no demand line*");
        yield return Case(() => Contract(minimum: 40, maximum: 20), "*MinimumWeeklyHours 40 h 00 min is above MaximumWeeklyHours 20 h 00 min*");
        yield return Case(() => new AgentSkill("chat", 0), "*'chat'*Proficiency is 0*");
        yield return Case(() => Template("back", 12, 6, 8), "*'back'*LatestStart 06:00 lies before EarliestStart 12:00*");
        yield return Case(() => Meal(0, 1, 2), "*'meal'*Length*");
        yield return Case(() => Meal(30, 3, 2), "*'meal'*LatestAfterStart*");
        yield return Case(() => new ShiftWish(Monday, null, Wanted: true, -1), "*Weight is -1*");
        yield return Case(() => new RosterObjective { OverCost = double.NaN }, "*OverCost is NaN*");

        static TestCaseData Case(Func<object> make, string message) => new TestCaseData(make, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(Broken))]
    public void Constructor_BadValue_NamesFieldIdAndValue(Func<object> make, string message) =>
        make.Should().Throw<SchedulingDataException>().WithMessage(message);

    [TestCase("Europe/Dublin", 29, 46)] // spring forward
    [TestCase("Europe/Dublin", 28, 48)]
    public void CountIntervals_ClockChange_CountsElapsed(string zone, int day, int expected) =>
        RosterProblem.CountIntervals(Zone(zone), new LocalDate(2026, 3, day), 1, HalfHour).Should().Be(expected);

    [Test]
    public void CountIntervals_HalfHourClockChange_CountsElapsed() => // Lord Howe turns back 30 minutes on 5 April 2026
        RosterProblem.CountIntervals(Zone("Australia/Lord_Howe"), new LocalDate(2026, 4, 5), 1, HalfHour).Should().Be(49);

    [Test]
    public void CountIntervals_MidnightClockChange_CountsElapsed() => // Beirut skips midnight on 29 March 2026: the day starts at 01:00
        RosterProblem.CountIntervals(Zone("Asia/Beirut"), new LocalDate(2026, 3, 29), 1, HalfHour).Should().Be(46);

    private static OutsideShift Outside(string agent, int hour)
    {
        var start = Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);
        return new OutsideShift(agent, start, start + Duration.FromHours(8), Duration.FromHours(8));
    }
}
