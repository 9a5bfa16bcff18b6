using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Compiled;

public sealed class HoursDueTests
{
    private static readonly ShiftTemplate Day = Template("day", 9, 9, 8.5, Meal(30, 3, 4)); // 09:00–17:30, 8 h paid
    private static readonly ShiftTemplate Morning = Template("morning", 9, 9, 4);
    private static readonly ShiftTemplate Afternoon = new(
        "afternoon", new LocalTime(13, 30), new LocalTime(13, 30), Duration.FromHours(1), Duration.FromHours(4), [], DaysOfWeek.All);
    private static readonly ShiftTemplate Night = Template("night", 22, 22, 8);

    private static Contract FullTime(DaysOfWeek? days = null) => Contract(40, 40, 5) with { WorkingDays = days };

    [Test]
    public void Of_FullTime_Owes40() => Due(FullTime()).Should().Be(40);

    [TestCase(DaysOfWeek.Weekdays)]
    [TestCase(null)]
    public void Of_LeaveOnSaturdayAndSunday_Owes40(DaysOfWeek? usual) => Due(FullTime(usual), Leave(5, 0, 7, 0)).Should().Be(40);

    [TestCase(DaysOfWeek.Weekdays)]
    [TestCase(null)]
    public void Of_LeaveOnMondayFromNineToHalfPastFive_Owes32AndTakesTheDay(DaysOfWeek? usual)
    {
        Due(FullTime(usual), Leave(0, 9, 0, 17.5)).Should().Be(32);
        LeaveOf(FullTime(usual), Leave(0, 9, 0, 17.5)).Should().Be(new DayLeave(480, isAway: true, neutral: 2016));
    }

    [Test]
    public void Of_LeaveOnMondayWhereNightsAreWorkedToo_Owes32() => Due(FullTime(), [Day, Night], Leave(0, 9, 0, 17.5)).Should().Be(32);

    [TestCase(9, 13)]
    [TestCase(13, 17.5)]
    [TestCase(13.5, 17.5)]
    [TestCase(0, 12)]
    [TestCase(13, 24)]
    public void Of_HalfADayWithHalfDayTemplates_Owes36(double from, double to)
    {
        Due(FullTime(), [Day, Morning, Afternoon], Leave(0, from, 0, to)).Should().Be(36);
        Due(FullTime(), [Day, Morning, Afternoon, Night], Leave(0, from, 0, to)).Should().BeInRange(32, 36); // a night worker loses more of a night
    }

    [Test]
    public void Of_LeaveOutsideWorkingHours_TakesNothing() => Due(FullTime(), Leave(0, 18, 0, 23)).Should().Be(40);

    [Test]
    public void Of_NightOfLeave_TakesOneNight() => Due(FullTime(), [Night], Leave(0, 22, 1, 6)).Should().Be(32);

    [Test]
    public void Of_AWholeDayOfLeave_TakesThatDayAndNotTheNightBefore() => Due(FullTime(), [Day, Night], Leave(1, 0, 2, 0)).Should().Be(32);

    /// <summary>A day of eight hours of which the only shift there is has four: leave over it takes the day.</summary>
    [Test]
    public void Of_LeaveOverEveryShiftThereIs_TakesTheWholeUsualDay() => Due(FullTime(), [Morning], Leave(0, 3, 0, 18)).Should().Be(32);

    [Test]
    public void Of_AWeekOfLeave_OwesNothing() => Due(FullTime(), Leave(0, 0, 7, 0)).Should().Be(0);

    [Test]
    public void Of_UnpaidLeave_IsNotOwedAndNotCredited()
    {
        var unpaid = new TimeOff(At(0, 0), At(1, 0), LeaveKind.Unpaid);
        Due(FullTime(), unpaid).Should().Be(32);
        LeaveOf(FullTime(), unpaid).Should().Be(default(DayLeave));
    }

    [Test]
    public void Of_SicknessOfADay_IsNeutralInAverages() =>
        LeaveOf(FullTime(), new TimeOff(At(0, 0), At(1, 0), LeaveKind.Sick)).Should().Be(new DayLeave(480, isAway: true, neutral: 2016));

    [TestCase(DaysOfWeek.Weekdays, 8)]
    [TestCase(null, 8)]
    [TestCase(DaysOfWeek.Wednesday | DaysOfWeek.Thursday | DaysOfWeek.Friday | DaysOfWeek.Saturday | DaysOfWeek.Sunday, 24)]
    public void Of_PeriodThatStartsOnFriday_OwesItsUsualDays(DaysOfWeek? usual, double hours) =>
        Due(Agent("A", FullTime(usual)), [Day], days: 3, start: Monday.PlusDays(4)).Should().Be(hours);

    [Test]
    public void Of_KnownDaysBeforeThePeriod_OwesTheWholeWeek()
    {
        var friday = Monday.PlusDays(4);
        OutsideShift[] worked = [.. Enumerable.Range(0, 4).Select(d => new OutsideShift("A", At(d, 9), At(d, 17.5), Duration.FromHours(8)))];
        var compiled = Compiled(Agent("A", FullTime()), [Day], 3, friday, worked);
        compiled.Due.Of(0, compiled.Calendar.Week(compiled.Calendar.Offset)).Should().Be(40 * 60);
    }

    [Test]
    public void Of_WeekendWorkerOnLeaveOnSaturday_OwesSunday()
    {
        var agent = new RosterAgent(
            "A", Contract(16, 16, 2), [new AgentSkill("chat", 1)],
            [
                new AvailabilityWindow(IsoDayOfWeek.Saturday, LocalTime.Midnight, LocalTime.Midnight),
                new AvailabilityWindow(IsoDayOfWeek.Sunday, LocalTime.Midnight, LocalTime.Midnight),
            ],
            [Leave(5, 0, 6, 0)], []);
        Due(agent, [Day]).Should().Be(8);
    }

    [Test]
    public void Of_EmploymentFromWednesdayToThursday_OwesTwoDays() =>
        Due(Agent("A", FullTime()) with { EmployedFrom = Monday.PlusDays(2), EmployedTo = Monday.PlusDays(3) }, [Day]).Should().Be(16);

    [Test]
    public void Of_ContractThatChangesOnWednesday_OwesEachItsDays()
    {
        var agent = Agent("A", Contract(20, 20, 5)) with { Terms = [new ContractTerm(Monday.PlusDays(2), FullTime())] };
        var compiled = Compiled(agent, [Day], 14, Monday);
        var week = compiled.Calendar.Week(compiled.Calendar.Offset);
        compiled.Due.Of(0, week).Should().Be((8 + 24) * 60);
        compiled.Due.Of(0, week + 1).Should().Be(40 * 60);
        compiled.Due.Contracts(0).MaximumMinutes(week).Should().Be((8 + 24) * 60, "what is due fits into what is allowed");
    }

    private static double Due(Contract contract, params TimeOff[] leave) => Due(contract, [Day], leave);

    private static double Due(Contract contract, ShiftTemplate[] templates, params TimeOff[] leave) =>
        Due(Agent("A", contract) with { TimeOff = leave }, templates);

    private static double Due(RosterAgent agent, ShiftTemplate[] templates, int days = 7, LocalDate? start = null)
    {
        var compiled = Compiled(agent, templates, days, start ?? Monday);
        return compiled.Due.Of(0, compiled.Calendar.Week(compiled.Calendar.Offset)) / 60.0;
    }

    private static DayLeave LeaveOf(Contract contract, TimeOff leave)
    {
        var compiled = Compiled(Agent("A", contract) with { TimeOff = [leave] }, [Day], 7, Monday);
        return compiled.Due.Leave(0, compiled.Calendar.Offset);
    }

    private static Wfm.Scheduling.Solving.CompiledProblem Compiled(
        RosterAgent agent, ShiftTemplate[] templates, int days, LocalDate start, params OutsideShift[] history
    ) => new(Hub([agent], templates, [Demand("chat", days, _ => 0, start: start)], days, start: start, surroundings: history));

    private static TimeOff Leave(int fromDay, double fromHour, int toDay, double toHour) => new(At(fromDay, fromHour), At(toDay, toHour));

    private static Instant At(int day, double hour) => Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours((24 * day) + hour);
}
