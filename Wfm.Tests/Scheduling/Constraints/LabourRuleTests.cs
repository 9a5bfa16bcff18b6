using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>Each rule with a roster that keeps it and one that breaks it by a known amount. Day 0 is a Monday; "day" lasts 8 hours, "long" 12.</summary>
public sealed class LabourRuleTests
{
    private static Duration H(double hours) => Duration.FromHours(hours);

    private static RuleParameters Night(string name, double value) =>
        new()
        {
            [name] = value,
            ["nightFromHour"] = 23,
            ["nightToHour"] = 6,
            ["minimumNightHours"] = 3,
        };

    [TestCase(6, 0)]
    [TestCase(2, 180)] // 08:00–16:00, then 24:00: 8 of 11 hours
    public void MinimumDailyRest_RestOfHours_CountsMissingMinutes(int hour, double missing) =>
        new RuleBench("minimumDailyRest", new() { ["hours"] = 11 }).On(0, 8).On(1, hour == 2 ? 0 : hour).Breach().Should().Be(missing);

    [Test]
    public void MinimumDailyRest_SpringNight_CountsElapsedHours() // 29 March 2026: 22:00–06:00 on the wall is 8 h elapsed to 07:00 summer time
    {
        var bench = new RuleBench("minimumDailyRest", new() { ["hours"] = 11 }, zone: "Europe/Dublin", start: new LocalDate(2026, 3, 23));
        bench.On(5, 14).On(6, 9).Breach().Should().Be(60); // Saturday 22:00 to Sunday 09:00 is 11 hours on the wall and 10 elapsed
    }

    [Test]
    public void MinimumDailyRest_AutumnNight_CountsElapsedHours()
    {
        var bench = new RuleBench("minimumDailyRest", new() { ["hours"] = 11 }, zone: "Europe/Dublin", start: new LocalDate(2026, 10, 19));
        bench.On(5, 14).On(6, 8).Breach().Should().Be(0); // 10 hours on the wall, 11 elapsed
    }

    [Test]
    public void MinimumDailyRest_ShiftBeforePeriod_Counts()
    {
        var end = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var bench = new RuleBench("minimumDailyRest", new() { ["hours"] = 11 }, surroundings: new OutsideShift("A", end - H(8), end, H(8)));
        bench.On(0, 9).Breach().Should().Be(120);
    }

    [Test]
    public void MinimumWeeklyRest_SixSpacedDays_Breaks()
    {
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = 35 }, days: 7).On([0, 1, 2, 3, 4], 9).Breach().Should().Be(0);
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = 35 }, days: 7).On([0, 1, 3, 4, 5, 6], 9).Breach().Should().Be(0); // 40 h around Wednesday
        // Saturday 17:00 to midnight Sunday: 31 h.
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = 35 }, days: 7).On([0, 1, 2, 3, 4, 5], 9).Breach().Should().Be(240);
    }

    [Test]
    public void MinimumWeeklyRest_Rolling_LooksAcrossWeeks()
    {
        int[] days = [2, 3, 4, 5, 6, 7, 8]; // Wednesday to Tuesday
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = 35 }).On(days, 9).Breach().Should().Be(0);
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = 35, ["perDays"] = 7 }).On(days, 9).Breach().Should().BeGreaterThan(0);
    }

    [TestCase(32, 60)] // Sunday 17:00 to midnight of the free Monday after the period: 31 h, whatever the next roster does
    [TestCase(31, 0)]
    public void MinimumWeeklyRest_Rolling_LeavesTheNextRosterAWayToKeepIt(int hours, double minutes)
    {
        int[] days = [8, 9, 10, 11, 12, 13]; // Tuesday to Sunday, the last days of the period
        new RuleBench("minimumWeeklyRest", new() { ["hours"] = hours, ["perDays"] = 7 }).On(days, 9).Breach().Should().Be(minutes);
    }

    [Test]
    public void MaximumDailyHours_LongShift_Breaks()
    {
        new RuleBench("maximumDailyHours", new() { ["hours"] = 10 }).On(0, 8).Breach().Should().Be(0);
        new RuleBench("maximumDailyHours", new() { ["hours"] = 10 }).On(0, 8, "long").Breach().Should().Be(120);
    }

    [Test]
    public void MaximumSpread_UnpaidMealCounts_Breaks()
    {
        new RuleBench("maximumSpread", new() { ["hours"] = 9 }).On(0, 8, "meal").Breach().Should().Be(0);
        new RuleBench("maximumSpread", new() { ["hours"] = 8.75 }).On(0, 8, "meal").Breach().Should().Be(15);
    }

    [Test]
    public void MaximumWeeklyHours_SixDays_Breaks()
    {
        new RuleBench("maximumWeeklyHours", new() { ["hours"] = 40 }).On([0, 1, 2, 3, 4, 7], 8).Breach().Should().Be(0);
        new RuleBench("maximumWeeklyHours", new() { ["hours"] = 40 }).On([0, 1, 2, 3, 4, 5], 8).Breach().Should().Be(480);
    }

    [Test]
    public void MaximumAverageWeeklyHours_UnevenWeeks_AveragesThem()
    {
        var limit = new RuleParameters { ["hours"] = 40, ["weeks"] = 2 };
        new RuleBench("maximumAverageWeeklyHours", limit).On([0, 1, 2, 3, 4, 5, 7, 8, 9, 10], 8).Breach().Should().Be(0); // 48 + 32
        new RuleBench("maximumAverageWeeklyHours", limit).On([0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11], 8).Breach().Should().Be(480);
    }

    [Test]
    public void MaximumConsecutiveDays_SevenInARow_Breaks()
    {
        new RuleBench("maximumConsecutiveDays", new() { ["days"] = 6 }).On([0, 1, 2, 3, 4, 5, 7, 8], 8).Breach().Should().Be(0);
        new RuleBench("maximumConsecutiveDays", new() { ["days"] = 6 }).On([4, 5, 6, 7, 8, 9, 10, 11], 8).Breach().Should().Be(2);
    }

    [Test]
    public void MaximumConsecutiveDays_RunFromHistory_Counts()
    {
        var monday = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var past = Enumerable.Range(1, 4).Select(d => new OutsideShift("A", monday - H(24 * d) + H(8), monday - H(24 * d) + H(16), H(8))).ToArray();
        new RuleBench("maximumConsecutiveDays", new() { ["days"] = 5 }, surroundings: past).On([0, 1], 8).Breach().Should().Be(1);
    }

    [Test]
    public void MinimumDaysOffPerWeek_SixDays_Breaks()
    {
        new RuleBench("minimumDaysOffPerWeek", new() { ["days"] = 2 }).On([0, 1, 2, 3, 4], 8).Breach().Should().Be(0);
        new RuleBench("minimumDaysOffPerWeek", new() { ["days"] = 2 }).On([0, 1, 2, 3, 4, 6], 8).Breach().Should().Be(1);
    }

    [TestCase("meal", 5, 0)]
    [TestCase("meal", 4, 0)]
    [TestCase("day", 5, 30)] // no break at all
    [TestCase("meal", 3, 30)] // the meal comes after four hours at the earliest
    public void BreakAfter_BreakBegunWithin_CountsMissingMinutes(string template, int within, double missing) =>
        new RuleBench("breakAfter", new() { ["minutes"] = 30, ["afterHours"] = 6, ["withinHours"] = within }).On(0, 8, template).Breach().Should().Be(missing);

    [Test]
    public void MaximumContinuousWork_WithoutBreak_Breaks()
    {
        new RuleBench("maximumContinuousWork", new() { ["minutes"] = 300 }).On(0, 8, "meal").Breach().Should().Be(0); // 4 h, meal, 4.5 h
        new RuleBench("maximumContinuousWork", new() { ["minutes"] = 300 }).On(0, 8).Breach().Should().Be(180);
        new RuleBench("maximumContinuousWork", new() { ["minutes"] = 300, ["minimumExposureClass"] = 3 }).On(0, 8).Breach().Should().Be(0);
        new RuleBench("maximumContinuousWork", new() { ["minutes"] = 300, ["minimumExposureClass"] = 3 }).On(0, 8, group: "severe").Breach().Should().Be(180);
    }

    [Test]
    public void MaximumNightHours_LongNight_Breaks()
    {
        new RuleBench("maximumNightHours", Night("hours", 8)).On(0, 22).On(2, 8, "long").Breach().Should().Be(0);
        new RuleBench("maximumNightHours", Night("hours", 8)).On(0, 20, "long").Breach().Should().Be(240);
    }

    [Test]
    public void MaximumConsecutiveNights_FourNights_Breaks()
    {
        new RuleBench("maximumConsecutiveNights", Night("nights", 3)).On([0, 1, 2], 22).On(3, 8).On([4, 5], 22).Breach().Should().Be(0);
        new RuleBench("maximumConsecutiveNights", Night("nights", 3)).On([0, 1, 2, 3], 22).Breach().Should().Be(1);
    }

    [Test]
    public void MaximumExposure_SevereWork_CountsWeightedMinutes()
    {
        new RuleBench("maximumExposure", new() { ["minutes"] = 1920, ["days"] = 1 }).On(0, 8, group: "severe").Breach().Should().Be(0); // 8 h × weight 4
        new RuleBench("maximumExposure", new() { ["minutes"] = 1800, ["days"] = 1 }).On(0, 8, group: "severe").Breach().Should().Be(120);
        new RuleBench("maximumExposure", new() { ["minutes"] = 3840, ["days"] = 7 }).On([0, 4, 7], 8, group: "severe").Breach().Should().Be(0);
        new RuleBench("maximumExposure", new() { ["minutes"] = 3840, ["days"] = 7 }).On([0, 4, 6], 8, group: "severe").Breach().Should().Be(32 * 60);
    }

    [Test]
    public void NoExposureAtEnd_SevereToTheEnd_Breaks()
    {
        var hour = new RuleParameters { ["minutes"] = 60, ["minimumExposureClass"] = 3 };
        new RuleBench("noExposureAtEnd", hour).On(0, 8, "ending", "severe").On(1, 8).Breach().Should().Be(0);
        new RuleBench("noExposureAtEnd", hour).On(0, 8, group: "severe").Breach().Should().Be(60);
    }

    [Test]
    public void MinimumConsecutiveDays_ShortRunInside_Breaks()
    {
        new RuleBench("minimumConsecutiveDays", new() { ["days"] = 2 }).On([0, 3, 4, 13], 8).Breach().Should().Be(0); // runs at the edges may go on outside
        new RuleBench("minimumConsecutiveDays", new() { ["days"] = 3 }).On([3, 4, 7], 8).Breach().Should().Be(3);
    }

    [Test]
    public void MinimumConsecutiveDaysOff_SingleDayOff_Breaks()
    {
        new RuleBench("minimumConsecutiveDaysOff", new() { ["days"] = 2 }).On([1, 2, 5, 6, 12], 8).Breach().Should().Be(0);
        new RuleBench("minimumConsecutiveDaysOff", new() { ["days"] = 2 }).On([1, 3, 5], 8).Breach().Should().Be(2);
    }

    [Test]
    public void MaximumWeekends_SaturdayAndSunday_CountAsOne()
    {
        new RuleBench("maximumWeekends", new() { ["weekends"] = 1 }).On([5, 6], 8).Breach().Should().Be(0);
        new RuleBench("maximumWeekends", new() { ["weekends"] = 1 }).On([6, 12], 8).Breach().Should().Be(1);
    }

    [Test]
    public void MaximumShifts_OfTemplate_Breaks()
    {
        var limit = new RuleParameters { Templates = [new TemplateLimit("long", 1)] };
        new RuleBench("maximumShifts", limit).On([0, 1, 2], 8).On(4, 8, "long").Breach().Should().Be(0);
        new RuleBench("maximumShifts", limit).On([0, 2, 4], 8, "long").Breach().Should().Be(2);
    }

    [Test]
    public void ForbiddenSuccession_NextDay_Breaks()
    {
        var limit = new RuleParameters { Successions = [new TemplateSuccession("long", ["day"])] };
        new RuleBench("forbiddenSuccession", limit).On(0, 8).On(1, 8, "long").On(3, 8).Breach().Should().Be(0);
        new RuleBench("forbiddenSuccession", limit).On(0, 8, "long").On(1, 8).Breach().Should().Be(1);
    }

    [Test]
    public void PeriodHours_OutsideBounds_Break()
    {
        new RuleBench("maximumPeriodHours", new() { ["hours"] = 16 }).On([0, 9], 8).Breach().Should().Be(0);
        new RuleBench("maximumPeriodHours", new() { ["hours"] = 16 }).On([0, 5, 9], 8).Breach().Should().Be(480);
        new RuleBench("minimumPeriodHours", new() { ["hours"] = 16 }).On([0, 9], 8).Breach().Should().Be(0);
        new RuleBench("minimumPeriodHours", new() { ["hours"] = 16 }).On(0, 8).Breach().Should().Be(480);
    }

    [TestCase(1, 60)] // Tuesday has 7 hours of Monday's night and 6 of its own
    [TestCase(2, 120)] // from Monday 19:00 on, and up to Tuesday 19:00: 13 of 24
    [TestCase(3, 60)]
    [TestCase(0, 0)]
    public void MaximumDailyHours_NightThenEvening_CountsTheDayItMeans(int basis, double minutes)
    {
        // Monday 19:00 to Tuesday 07:00, Tuesday 18:00 to Wednesday 06:00
        var rule = new RuleParameters { ["hours"] = 12, ["dayBasis"] = basis };
        new RuleBench("maximumDailyHours", rule).On(0, 19, "long").On(1, 18, "long").Breach().Should().Be(minutes);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void MaximumDailyHours_DaysApart_Pass(int basis) => new RuleBench("maximumDailyHours", new() { ["hours"] = 12, ["dayBasis"] = basis })
        .On(0, 8, "long").On(1, 8, "long").On(2, 20, "long").On(4, 0, "long").Breach().Should().Be(0);

    [Test]
    public void MaximumDailyHours_CalendarDay_CountsAShiftBeforeThePeriod()
    {
        var monday = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var night = new OutsideShift("A", monday - H(4), monday + H(6), H(10));
        new RuleBench("maximumDailyHours", new() { ["hours"] = 12, ["dayBasis"] = 1 }, surroundings: night).On(0, 12).Breach().Should().Be(120);
    }

    [TestCase("meal", 30, 30, 0)] // one undivided break
    [TestCase("quarters", 30, 30, 30)] // 15 + 15 are no break of 30
    [TestCase("quarters", 30, 15, 0)] // "30 minutes over 6 h, may include the first 15"
    [TestCase("german", 45, 15, 0)] // ArbZG § 4: 45 as 30 + 15, no part below 15
    [TestCase("german", 45, 30, 15)]
    [TestCase("quarters", 45, 15, 15)]
    public void BreakAfter_SeveralBreaks_AddUpFromTheSmallestPart(string template, int minutes, int part, double missing) => new RuleBench(
            "breakAfter", new()
            {
                ["afterHours"] = 6,
                ["minutes"] = minutes,
                ["minimumPartMinutes"] = part,
            }
        ).On(0, 8, template).Breach().Should().Be(missing);

    [Test]
    public void BreakAfter_FirstPartTooLate_Breaks() => new RuleBench(
            "breakAfter", new()
            {
                ["afterHours"] = 6,
                ["minutes"] = 30,
                ["minimumPartMinutes"] = 15,
                ["withinHours"] = 1,
            }
        ).On(0, 8, "quarters").Breach().Should().Be(30);

    [Test]
    public void RestAfterNights_RowOfThree_OwesTheRestAfterTheLast()
    {
        RuleParameters rule = new() { ["nights"] = 3, ["hours"] = 48, ["nightFromHour"] = 23, ["nightToHour"] = 6, ["minimumNightHours"] = 3 };
        new RuleBench("restAfterNights", rule).On([0, 1, 2], 22).On(5, 8).Breach().Should().Be(0); // Thursday 06:00 to Saturday 08:00
        new RuleBench("restAfterNights", rule).On([0, 1, 2], 22).On(4, 22).Breach().Should().Be(8 * 60); // to Friday 22:00: 40 h
        new RuleBench("restAfterNights", rule).On([0, 1], 22).On(3, 8).Breach().Should().Be(0); // two are no row of three
        new RuleBench("restAfterNights", rule).On([0, 1, 2, 3], 22).On(7, 8).Breach().Should().Be(0);
    }

    [Test]
    public void RestAfterNights_NightsBeforeThePeriod_Count()
    {
        var monday = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var nights = Enumerable.Range(1, 3).Select(d => new OutsideShift("A", monday - H(24 * d) - H(2), monday - H(24 * d) + H(6), H(8))).ToArray();
        RuleParameters rule = new() { ["nights"] = 3, ["hours"] = 48, ["nightFromHour"] = 23, ["nightToHour"] = 6 };
        new RuleBench("restAfterNights", rule, surroundings: nights).On(0, 8).Breach().Should().Be(22 * 60); // Sunday 06:00 to Monday 08:00: 26 h
    }

    [Test]
    public void MaximumAverageWeeklyHours_TwelveWeeksBefore_AllCount()
    {
        var monday = RosterProblems.Monday.AtMidnight().InUtc().ToInstant();
        var past = Enumerable.Range(1, 84).Where(d => (d - 1) % 7 >= 2)
            .Select(d => new OutsideShift("A", monday - H(24 * d), monday - H(24 * d) + H(12), H(12))).ToArray();
        RuleBench Bench() => new("maximumAverageWeeklyHours", new() { ["hours"] = 48, ["weeks"] = 17 }, days: 35, surroundings: past);

        // 17 × 48 = 816 hours, of which 12 × 60 = 720 are worked: 96 are left.
        Bench().On([0, 1, 7, 8, 14, 15, 21, 28], 8, "long").Breach().Should().Be(0);
        Bench().On([0, 1, 7, 8, 14, 15, 21, 22, 28], 8, "long").Breach().Should().Be(720);
    }

    [Test]
    public void MaximumAverageWeeklyHours_TwoWeeksOfLeave_AreLeftOut() // Directive 2003/88/EC, art. 16 (b)
    {
        int[] leave = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
        RuleBench Bench(int neutral) => new RuleBench(
                "maximumAverageWeeklyHours", new()
                {
                    ["hours"] = 48,
                    ["weeks"] = 4,
                    ["neutralLeave"] = neutral,
                },
                days: 28
            ).Away(leave).On([14, 15, 16, 17, 21, 22, 23, 24], 8, "long").On([18, 25], 8, "six");

        Bench(1).Breach().Should().Be(2 * 6 * 60); // 54 a week in two weeks of 48
        Bench(0).Breach().Should().Be(0); // 27 a week in four weeks
    }
}
