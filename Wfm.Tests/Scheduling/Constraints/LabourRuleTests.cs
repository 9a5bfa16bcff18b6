using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Scheduling.Problem;
using Kind = Wfm.Scheduling.Problem.LabourRuleKind;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>Each rule with a roster that keeps it and one that breaks it by a known amount. Day 0 is a Monday; "day" lasts 8 hours, "long" 12.</summary>
public sealed class LabourRuleTests
{
    private static Duration H(double hours) => Duration.FromHours(hours);

    private static RuleParameters Night(int? count = null, double? limit = null) => new()
    {
        Count = count,
        Limit = limit is null ? null : H(limit.Value),
        NightFrom = new LocalTime(23, 0),
        NightTo = new LocalTime(6, 0),
        NightMinimum = H(3),
    };

    [TestCase(6, 0)]
    [TestCase(2, 180)] // 08:00–16:00, then 24:00: 8 of 11 hours
    public void MinimumDailyRest_RestOfHours_CountsMissingMinutes(int hour, double missing) =>
        new RuleBench(Kind.MinimumDailyRest, new() { Limit = H(11) }).On(0, 8).On(1, hour == 2 ? 0 : hour).Breach().Should().Be(missing);

    [Test]
    public void MinimumDailyRest_SpringNight_CountsElapsedHours() // 29 March 2026: 22:00–06:00 on the wall is 8 h elapsed to 07:00 summer time
    {
        var bench = new RuleBench(Kind.MinimumDailyRest, new() { Limit = H(11) }, zone: "Europe/Dublin", start: new LocalDate(2026, 3, 23));
        bench.On(5, 14).On(6, 9).Breach().Should().Be(60); // Saturday 22:00 to Sunday 09:00 is 11 hours on the wall and 10 elapsed
    }

    [Test]
    public void MinimumDailyRest_AutumnNight_CountsElapsedHours()
    {
        var bench = new RuleBench(Kind.MinimumDailyRest, new() { Limit = H(11) }, zone: "Europe/Dublin", start: new LocalDate(2026, 10, 19));
        bench.On(5, 14).On(6, 8).Breach().Should().Be(0); // 10 hours on the wall, 11 elapsed
    }

    [Test]
    public void MinimumDailyRest_ShiftBeforePeriod_Counts()
    {
        var end = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var bench = new RuleBench(Kind.MinimumDailyRest, new() { Limit = H(11) }, surroundings: new OutsideShift("A", end - H(8), end, H(8)));
        bench.On(0, 9).Breach().Should().Be(120);
    }

    [Test]
    public void MinimumWeeklyRest_SixSpacedDays_Breaks()
    {
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(35) }, days: 7).On([0, 1, 2, 3, 4], 9).Breach().Should().Be(0);
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(35) }, days: 7).On([0, 1, 3, 4, 5, 6], 9).Breach().Should().Be(0); // 40 h around Wednesday
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(35) }, days: 7).On([0, 1, 2, 3, 4, 5], 9).Breach().Should().Be(240); // Saturday 17:00 to midnight Sunday: 31 h
    }

    [Test]
    public void MinimumWeeklyRest_Rolling_LooksAcrossWeeks()
    {
        int[] days = [2, 3, 4, 5, 6, 7, 8]; // Wednesday to Tuesday
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(35) }).On(days, 9).Breach().Should().Be(0);
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(35), Rolling = true }).On(days, 9).Breach().Should().BeGreaterThan(0);
    }

    [TestCase(32, 60)] // Sunday 17:00 to midnight of the free Monday after the period: 31 h, whatever the next roster does
    [TestCase(31, 0)]
    public void MinimumWeeklyRest_Rolling_LeavesTheNextRosterAWayToKeepIt(int hours, double minutes)
    {
        int[] days = [8, 9, 10, 11, 12, 13]; // Tuesday to Sunday, the last days of the period
        new RuleBench(Kind.MinimumWeeklyRest, new() { Limit = H(hours), Rolling = true }).On(days, 9).Breach().Should().Be(minutes);
    }

    [Test]
    public void MaximumDailyHours_LongShift_Breaks()
    {
        new RuleBench(Kind.MaximumDailyHours, new() { Limit = H(10) }).On(0, 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumDailyHours, new() { Limit = H(10) }).On(0, 8, "long").Breach().Should().Be(120);
    }

    [Test]
    public void MaximumSpread_UnpaidMealCounts_Breaks()
    {
        new RuleBench(Kind.MaximumSpread, new() { Limit = H(9) }).On(0, 8, "meal").Breach().Should().Be(0);
        new RuleBench(Kind.MaximumSpread, new() { Limit = H(8.75) }).On(0, 8, "meal").Breach().Should().Be(15);
    }

    [Test]
    public void MaximumWeeklyHours_SixDays_Breaks()
    {
        new RuleBench(Kind.MaximumWeeklyHours, new() { Limit = H(40) }).On([0, 1, 2, 3, 4, 7], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumWeeklyHours, new() { Limit = H(40) }).On([0, 1, 2, 3, 4, 5], 8).Breach().Should().Be(480);
    }

    [Test]
    public void MaximumAverageWeeklyHours_UnevenWeeks_AveragesThem()
    {
        var limit = new RuleParameters { Limit = H(40), Weeks = 2 };
        new RuleBench(Kind.MaximumAverageWeeklyHours, limit).On([0, 1, 2, 3, 4, 5, 7, 8, 9, 10], 8).Breach().Should().Be(0); // 48 + 32
        new RuleBench(Kind.MaximumAverageWeeklyHours, limit).On([0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11], 8).Breach().Should().Be(480);
    }

    [Test]
    public void MaximumConsecutiveDays_SevenInARow_Breaks()
    {
        new RuleBench(Kind.MaximumConsecutiveDays, new() { Count = 6 }).On([0, 1, 2, 3, 4, 5, 7, 8], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumConsecutiveDays, new() { Count = 6 }).On([4, 5, 6, 7, 8, 9, 10, 11], 8).Breach().Should().Be(2);
    }

    [Test]
    public void MaximumConsecutiveDays_RunFromHistory_Counts()
    {
        var monday = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var past = Enumerable.Range(1, 4).Select(d => new OutsideShift("A", monday - H(24 * d) + H(8), monday - H(24 * d) + H(16), H(8))).ToArray();
        new RuleBench(Kind.MaximumConsecutiveDays, new() { Count = 5 }, surroundings: past).On([0, 1], 8).Breach().Should().Be(1);
    }

    [Test]
    public void MinimumDaysOffPerWeek_SixDays_Breaks()
    {
        new RuleBench(Kind.MinimumDaysOffPerWeek, new() { Count = 2 }).On([0, 1, 2, 3, 4], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MinimumDaysOffPerWeek, new() { Count = 2 }).On([0, 1, 2, 3, 4, 6], 8).Breach().Should().Be(1);
    }

    [TestCase("meal", 5, 0)]
    [TestCase("meal", 4, 0)]
    [TestCase("day", 5, 30)] // no break at all
    [TestCase("meal", 3, 30)] // the meal comes after four hours at the earliest
    public void BreakAfter_BreakBegunWithin_CountsMissingMinutes(string template, int within, double missing) =>
        new RuleBench(Kind.BreakAfter, new() { Limit = Duration.FromMinutes(30), ShiftLength = H(6), Within = H(within) }).On(0, 8, template).Breach().Should().Be(missing);

    [Test]
    public void MaximumContinuousWork_WithoutBreak_Breaks()
    {
        new RuleBench(Kind.MaximumContinuousWork, new() { Limit = H(5) }).On(0, 8, "meal").Breach().Should().Be(0); // 4 h, meal, 4.5 h
        new RuleBench(Kind.MaximumContinuousWork, new() { Limit = H(5) }).On(0, 8).Breach().Should().Be(180);
        new RuleBench(Kind.MaximumContinuousWork, new() { Limit = H(5), MinimumSeverity = 3 }).On(0, 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumContinuousWork, new() { Limit = H(5), MinimumSeverity = 3 }).On(0, 8, group: "severe").Breach().Should().Be(180);
    }

    [Test]
    public void MaximumNightHours_LongNight_Breaks()
    {
        new RuleBench(Kind.MaximumNightHours, Night(limit: 8)).On(0, 22).On(2, 8, "long").Breach().Should().Be(0);
        new RuleBench(Kind.MaximumNightHours, Night(limit: 8)).On(0, 20, "long").Breach().Should().Be(240);
    }

    [Test]
    public void MaximumConsecutiveNights_FourNights_Breaks()
    {
        new RuleBench(Kind.MaximumConsecutiveNights, Night(3)).On([0, 1, 2], 22).On(3, 8).On([4, 5], 22).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumConsecutiveNights, Night(3)).On([0, 1, 2, 3], 22).Breach().Should().Be(1);
    }

    [Test]
    public void MaximumExposure_SevereWork_CountsWeightedMinutes()
    {
        new RuleBench(Kind.MaximumExposure, new() { Limit = H(32), Days = 1 }).On(0, 8, group: "severe").Breach().Should().Be(0); // 8 h × weight 4
        new RuleBench(Kind.MaximumExposure, new() { Limit = H(30), Days = 1 }).On(0, 8, group: "severe").Breach().Should().Be(120);
        new RuleBench(Kind.MaximumExposure, new() { Limit = H(64), Days = 7 }).On([0, 4, 7], 8, group: "severe").Breach().Should().Be(0);
        new RuleBench(Kind.MaximumExposure, new() { Limit = H(64), Days = 7 }).On([0, 4, 6], 8, group: "severe").Breach().Should().Be(32 * 60);
    }

    [Test]
    public void NoExposureAtEnd_SevereToTheEnd_Breaks()
    {
        var hour = new RuleParameters { Limit = H(1), MinimumSeverity = 3 };
        new RuleBench(Kind.NoExposureAtEnd, hour).On(0, 8, "ending", "severe").On(1, 8).Breach().Should().Be(0);
        new RuleBench(Kind.NoExposureAtEnd, hour).On(0, 8, group: "severe").Breach().Should().Be(60);
    }

    [Test]
    public void MinimumConsecutiveDays_ShortRunInside_Breaks()
    {
        new RuleBench(Kind.MinimumConsecutiveDays, new() { Count = 2 }).On([0, 3, 4, 13], 8).Breach().Should().Be(0); // runs at the edges may go on outside
        new RuleBench(Kind.MinimumConsecutiveDays, new() { Count = 3 }).On([3, 4, 7], 8).Breach().Should().Be(3);
    }

    [Test]
    public void MinimumConsecutiveDaysOff_SingleDayOff_Breaks()
    {
        new RuleBench(Kind.MinimumConsecutiveDaysOff, new() { Count = 2 }).On([1, 2, 5, 6, 12], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MinimumConsecutiveDaysOff, new() { Count = 2 }).On([1, 3, 5], 8).Breach().Should().Be(2);
    }

    [Test]
    public void MaximumWeekends_SaturdayAndSunday_CountAsOne()
    {
        new RuleBench(Kind.MaximumWeekends, new() { Count = 1 }).On([5, 6], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumWeekends, new() { Count = 1 }).On([6, 12], 8).Breach().Should().Be(1);
    }

    [Test]
    public void MaximumShifts_OfTemplate_Breaks()
    {
        var limit = new RuleParameters { Templates = [new TemplateLimit("long", 1)] };
        new RuleBench(Kind.MaximumShifts, limit).On([0, 1, 2], 8).On(4, 8, "long").Breach().Should().Be(0);
        new RuleBench(Kind.MaximumShifts, limit).On([0, 2, 4], 8, "long").Breach().Should().Be(2);
    }

    [Test]
    public void ForbiddenSuccession_NextDay_Breaks()
    {
        var limit = new RuleParameters { Successions = [new TemplateSuccession("long", ["day"])] };
        new RuleBench(Kind.ForbiddenSuccession, limit).On(0, 8).On(1, 8, "long").On(3, 8).Breach().Should().Be(0);
        new RuleBench(Kind.ForbiddenSuccession, limit).On(0, 8, "long").On(1, 8).Breach().Should().Be(1);
    }

    [Test]
    public void PeriodHours_OutsideBounds_Break()
    {
        new RuleBench(Kind.MaximumPeriodHours, new() { Limit = H(16) }).On([0, 9], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MaximumPeriodHours, new() { Limit = H(16) }).On([0, 5, 9], 8).Breach().Should().Be(480);
        new RuleBench(Kind.MinimumPeriodHours, new() { Limit = H(16) }).On([0, 9], 8).Breach().Should().Be(0);
        new RuleBench(Kind.MinimumPeriodHours, new() { Limit = H(16) }).On(0, 8).Breach().Should().Be(480);
    }
}
