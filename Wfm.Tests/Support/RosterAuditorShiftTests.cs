using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor inside a shift: breaks that add up, split shifts, ends on the wall clock, days on which the clocks change, exposure.</summary>
public sealed class RosterAuditorShiftTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);

    // Breaks as "minutes@hours after the start".
    [TestCase(8, "15@2 15@5", 6, 30, 15, true)] // 30 minutes over six hours that may include the first 15 (Ireland)
    [TestCase(8, "15@2 15@5", 6, 30, null, false)] // one break of 30
    [TestCase(8, "20@2 10@5", 6, 30, 15, false)] // ten minutes are no part
    [TestCase(9.75, "30@4 15@7", 9, 45, 15, true)] // 45 minutes over nine hours in parts of 15 (Germany, ArbZG § 4)
    [TestCase(9.75, "30@4 10@7", 9, 45, 15, false)]
    [TestCase(8, "15@6.25 15@7", 6, 30, 15, false)] // the first part comes too late
    [TestCase(8, "15@5.75 15@7", 6, 30, 15, true)]
    public void Audit_BreaksInParts_AddUpFromTheSmallest(double hours, string breaks, double after, double minutes, double? part, bool legal)
    {
        var shift = breaks.Split(' ').Select(b => b.Split('@')).Aggregate(
            AuditedBuilder.Shift(Monday, "08:00", hours), (s, b) => s.WithPause("break", int.Parse(b[0]), double.Parse(b[1])));
        var parameters = new Dictionary<string, double> { ["afterHours"] = after, ["minutes"] = minutes };
        if (part is { } p) parameters["minimumPartMinutes"] = p;

        Rules(shift, new AuditedRule("breakAfter", parameters)).Should().Equal(legal ? [] : ["breakAfter"]);
    }

    // Four hours, three off, four hours.
    [TestCase("maximumSpread", 11, true)]
    [TestCase("maximumSpread", 10.5, false)]
    [TestCase("maximumDailyHours", 8, true)]
    [TestCase("maximumDailyHours", 7.5, false)]
    public void Audit_SplitShift_SpreadsOverItsGapAndWorksWithoutIt(string kind, double hours, bool legal) =>
        Rules(AuditedBuilder.Shift(Monday, "08:00", 11).WithPause("gap", 180, 4), new AuditedRule(kind, ("hours", hours))).Should().Equal(legal ? [] : [kind]);

    [TestCase(240, true)]
    [TestCase(210, false)]
    public void Audit_SplitShift_BreaksUpItsWork(double minutes, bool legal) =>
        Rules(AuditedBuilder.Shift(Monday, "08:00", 11).WithPause("gap", 180, 4), new AuditedRule("maximumContinuousWork", ("minutes", minutes))).Should()
            .Equal(legal ? [] : ["maximumContinuousWork"]);

    // 06:00 to 12:00 and 16:00 to 20:00, then 05:00 to 15:00: no 24 hours from a start hold more than ten, those from 16:00 hold 13.
    [TestCase(3, true)]
    [TestCase(2, false)]
    public void Audit_HoursOfAnyTwentyFour_AreMoreThanThoseFromAStart(int dayBasis, bool legal)
    {
        AuditedShift[] shifts = [AuditedBuilder.Shift(Monday, "06:00", 14).WithPause("gap", 240, 6), AuditedBuilder.Shift(Monday.PlusDays(1), "07:00", 9)];

        RosterAuditor.Audit(AuditedBuilder.Roster(shifts, new AuditedRule("maximumDailyHours", ("hours", 11), ("dayBasis", dayBasis)))).Select(f => f.Rule)
            .Distinct().Should().Equal(legal ? [] : ["maximumDailyHours"]);
    }

    // From 22:00 on for ten hours over the night of 25 hours: eight of them lie in the 25th.
    [TestCase(8, true)]
    [TestCase(7.5, false)]
    public void Audit_CalendarDayOfTwentyFiveHours_CountsElapsedHours(double hours, bool legal) => Rules(
        AuditedBuilder.Shift(new LocalDate(2026, 10, 24), "22:00", 10), new AuditedRule("maximumDailyHours", ("hours", hours), ("dayBasis", 1)))
        .Should().Equal(legal ? [] : ["maximumDailyHours"]);

    [TestCase("2026-03-28", 7, true)] // the clocks go forward at 01:00
    [TestCase("2026-03-28", 8, false)]
    [TestCase("2026-10-24", 9, true)] // they go back at 02:00
    [TestCase("2026-10-24", 8, false)]
    [TestCase("2026-11-02", 8, true)]
    public void Audit_EndOnTheWallClock_IsKeptWhenTheClocksChange(string date, double hours, bool legal)
    {
        var shift = AuditedBuilder.Shift(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value, "22:00", hours);
        var template = AuditedBuilder.TemplateOf(shift) with { LengthMinutes = 480, EndsOnTheClock = true };
        var roster = AuditedBuilder.Roster([shift]) with { Templates = new Dictionary<string, AuditedTemplate> { [shift.Template] = template } };

        RosterAuditor.Audit(roster).Select(f => f.Rule).Should().Equal(legal ? [] : ["template: length"]);
    }

    // A group with 15 % of its work in class 3: eight hours show 480 minutes at worst, 72 as expected.
    [TestCase("maximumExposure", 240, false, false)]
    [TestCase("maximumExposure", 480, false, true)]
    [TestCase("maximumExposure", 72, true, true)]
    [TestCase("maximumExposure", 71, true, false)]
    [TestCase("maximumContinuousWork", 105, false, false)]
    [TestCase("maximumContinuousWork", 105, true, false)] // a block counts as the worst it can show
    [TestCase("noExposureAtEnd", 30, true, false)]
    public void Audit_RareSevereWork_CountsByTheBasisOfThePolicy(string kind, double minutes, bool expected, bool legal)
    {
        var roster = AuditedBuilder.Roster(
            [AuditedBuilder.Shift(Monday, "08:00", 8, "calm")], new AuditedRule(kind, ("minutes", minutes), ("minimumExposureClass", 3))
        ) with
        {
            ExposureOf = new Dictionary<string, int> { ["calm"] = 3 },
            ExposureShares = new Dictionary<string, double[]> { ["calm"] = [0.85, 0, 0, 0.15, 0] },
            IsExposureExpected = expected,
        };

        RosterAuditor.Audit(roster).Select(f => f.Rule).Distinct().Should().Equal(legal ? [] : [kind]);
    }

    private static IEnumerable<string> Rules(AuditedShift shift, AuditedRule rule) =>
        RosterAuditor.Audit(AuditedBuilder.Roster([shift], rule)).Select(f => f.Rule).Distinct();
}
