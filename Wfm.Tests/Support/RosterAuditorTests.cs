using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor on rosters of a handful of shifts: each rule holds at its limit and breaks one step beyond.</summary>
public sealed class RosterAuditorTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);

    // Rule, its parameters, legal shifts, illegal shifts. A shift is "day start length", the day counted from the first Monday.
    private static IEnumerable<TestCaseData> Limits()
    {
        yield return Case("minimumDailyRest", "0 08:00 8;1 03:00 8", "0 08:00 8;1 02:30 8", ("hours", 11));
        yield return Case(
            "minimumWeeklyRest", "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8;6 08 8", "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8;5 08 8;6 08 8", ("hours", 35), ("perDays", 7)
        );
        yield return Case("maximumDailyHours", "0 08 8", "0 08 8.5", ("hours", 8));
        yield return Case("maximumDailyHours", "0 08 4;0 14 4", "0 08 4;0 14 4.5", ("hours", 8)); // two shifts of a day are one day's work
        // Two shifts of ten hours that lie 13 of them in Tuesday, in 24 hours from the start of the first, and in any 24 hours.
        yield return Case("maximumDailyHours", "0 20 10;1 17 10", "0 20 13", ("hours", 12), ("dayBasis", 0));
        yield return Case("maximumDailyHours", "0 20 10;1 18 10", "0 20 10;1 17 10", ("hours", 12), ("dayBasis", 1));
        yield return Case("maximumDailyHours", "0 20 10;1 18 10", "0 20 10;1 17 10", ("hours", 12), ("dayBasis", 2));
        yield return Case("maximumDailyHours", "0 20 10;1 18 10", "0 20 10;1 17 10", ("hours", 12), ("dayBasis", 3));
        // The last day of the period is a day too.
        yield return Case("maximumDailyHours", "0 20 10;1 17 6;2 08 8", "27 20 10;27 06 9", ("hours", 12), ("dayBasis", 1));
        yield return Case("maximumWeeklyHours", "0 08 8;6 08 8;7 08 8", "0 08 8;5 08 8;6 08 8", ("hours", 16)); // Sunday and Monday are two weeks
        yield return Case("maximumWeeklyHours", "4 08 8;6 23 8;7 08 8", "4 08 8;5 08 8;6 23 8", ("hours", 16)); // Sunday's night belongs to Sunday
        yield return Case("maximumAverageWeeklyHours", "0 08 8;7 08 8;8 08 8;14 08 8", "0 08 8;1 08 8;7 08 8;8 08 8;14 08 8", ("hours", 12), ("weeks", 2));
        yield return Case("maximumPeriodHours", "0 08 8;20 08 8", "0 08 8;20 08 8.5", ("hours", 16));
        yield return Case("maximumSpread", "0 08 10", "0 08 10.5", ("hours", 10));
        yield return Case("maximumSpread", "0 08 3;0 15 3", "0 08 3;0 16 3", ("hours", 10));
        yield return Case("maximumNightHours", "0 22 8;1 12 9", "0 22 8.5", ("hours", 8), ("nightFromHour", 0), ("nightToHour", 7), ("minimumNightHours", 3));
        // 2.5 h of night are none.
        yield return Case("maximumNightHours", "0 18 8.5", "0 18 9", ("hours", 8), ("nightFromHour", 0), ("nightToHour", 7), ("minimumNightHours", 3));
        yield return Case("maximumNightHours", "0 13 9", "0 13:30 9", ("hours", 8), ("nightFromHour", 22), ("nightToHour", 6)); // any night at all
        yield return Case(
            "restAfterNights", "0 22 8;1 22 8;4 06 8", "0 22 8;1 22 8;4 05:30 8", ("nights", 2), ("hours", 48), ("nightFromHour", 23), ("nightToHour", 6));
        yield return Case(
            // One night is no row.
            "restAfterNights", "0 22 8;2 08 8", "0 22 8;1 22 8;2 22 8;4 08 8", ("nights", 2), ("hours", 48), ("nightFromHour", 23), ("nightToHour", 6));
        yield return Case("maximumConsecutiveDays", "0 08 8;1 08 8;2 08 8;4 08 8", "0 08 8;1 08 8;2 08 8;3 08 8", ("days", 3));
        yield return Case(
            "maximumConsecutiveNights", "0 22 8;1 22 8;2 08 4;3 22 8", "0 22 8;1 22 8;2 22 8", ("nights", 2), ("nightFromHour", 23), ("nightToHour", 6));
        yield return Case("minimumConsecutiveDays", "2 08 8;3 08 8", "2 08 8;4 08 8;5 08 8", ("days", 2));
        yield return Case("minimumConsecutiveDays", "0 08 8;27 08 8", "1 08 8", ("days", 2)); // at the edges it may go on outside
        yield return Case("minimumConsecutiveDaysOff", "2 08 8;5 08 8", "2 08 8;4 08 8", ("days", 2));
        yield return Case(
            "minimumDaysOffPerWeek", "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8;5 08 8;7 08 8", "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8;5 08 8;6 08 8", ("days", 1));
        yield return Case("maximumWeekends", "5 08 8;6 08 8;7 08 8", "5 08 8;13 08 8", ("weekends", 1));
        yield return Case("maximumContinuousWork", "0 08 2", "0 08 2.5", ("minutes", 120));
        yield return Case("maximumExposure", "0 08 8 gore;1 08 9", "0 08 8.5 gore", ("minutes", 480), ("minimumExposureClass", 3));
        yield return Case(
            "maximumExposure", "0 08 8 gore;1 08 8;7 08 8 gore", "0 08 8 gore;6 08 2 gore", ("minutes", 480), ("days", 7), ("minimumExposureClass", 3));
        // Three times what it lasts.
        yield return Case("maximumExposure", "0 08 8 gore;1 08 8;6 08 2 gore", "0 08 8 gore;6 08 2.5 gore", ("minutes", 1800), ("days", 7));
        yield return Case("maximumConsecutiveExposureDays", "0 08 8 gore;1 08 8 gore;2 08 8;3 08 8 gore", "0 08 8 gore;1 08 8 gore;2 08 8 gore",
            ("days", 2), ("minimumExposureClass", 3));
        yield return Case("maximumConsecutiveExposureDays", "0 08 8 gore;1 08 8 gore;2 08 0.5 gore", "0 08 8 gore;1 08 8 gore;2 08 1 gore",
            ("days", 2), ("minimumExposureClass", 3), ("minutes", 60));
        yield return Case("noExposureAtEnd", "0 08 8", "0 08 8 gore", ("minutes", 60), ("minimumExposureClass", 3));
    }

    [TestCaseSource(nameof(Limits))]
    public void Audit_AtTheLimit_FindsNothing(AuditedRule rule, string legal, string illegal) => Audit(rule, legal).Should().BeEmpty();

    [TestCaseSource(nameof(Limits))]
    public void Audit_BeyondTheLimit_FindsTheRule(AuditedRule rule, string legal, string illegal) =>
        Audit(rule, illegal).Select(f => f.Rule).Distinct().Should().Equal(rule.Kind);

    [TestCase("break", 30, 6.0, true)]
    [TestCase("meal", 45, 4.0, true)]
    [TestCase("break", 25, 4.0, false)] // too short
    [TestCase("break", 30, 6.5, false)] // too late
    [TestCase("wellness", 45, 4.0, false)] // no rest
    [TestCase("training", 45, 4.0, false)]
    public void Audit_BreakAfterSixHours_WantsARestInTime(string kind, int minutes, double afterHours, bool legal)
    {
        var shift = AuditedBuilder.Shift(Monday, "08:00", 8).WithPause(kind, minutes, afterHours);
        var findings = RosterAuditor.Audit(AuditedBuilder.Roster([shift], new AuditedRule("breakAfter", ("afterHours", 6), ("minutes", 30))));

        findings.Select(f => f.Rule).Should().Equal(legal ? [] : ["breakAfter"]);
    }

    [TestCase(6.25, true)] // less an unpaid meal of 15 minutes: six hours
    [TestCase(6.5, false)]
    public void Audit_BreakAfterSixHours_CountsPaidTime(double hours, bool legal)
    {
        var shift = AuditedBuilder.Shift(Monday, "08:00", hours).WithPause("meal", 15, afterHours: 3);
        var findings = RosterAuditor.Audit(AuditedBuilder.Roster([shift], new AuditedRule("breakAfter", ("afterHours", 6), ("minutes", 30))));

        findings.Select(f => f.Rule).Should().Equal(legal ? [] : ["breakAfter"]);
    }

    [Test]
    public void Audit_BreakWithinHours_IsAnOwnLimit()
    {
        var shift = AuditedBuilder.Shift(Monday, "08:00", 8).WithPause("break", 30, afterHours: 5);
        List<AuditFinding> Within(double hours) => RosterAuditor.Audit(AuditedBuilder.Roster(
            [shift], new AuditedRule("breakAfter", ("afterHours", 6), ("minutes", 30), ("withinHours", hours))));

        Within(5).Should().BeEmpty();
        Within(4.5).Should().ContainSingle(f => f.Rule == "breakAfter");
    }

    [Test]
    public void Audit_ContinuousWorkOnSevereContent_IsBrokenUpByAnyPause()
    {
        var rule = new AuditedRule("maximumContinuousWork", ("minutes", 105), ("minimumExposureClass", 3));
        var mild = AuditedBuilder.Shift(Monday, "08:00", 4);
        var severe = AuditedBuilder.Shift(Monday, "08:00", 3.5, "gore");

        RosterAuditor.Audit(AuditedBuilder.Roster([mild], rule)).Should().BeEmpty();
        RosterAuditor.Audit(AuditedBuilder.Roster([severe], rule)).Should().Contain(f => f.Rule == "maximumContinuousWork");
        RosterAuditor.Audit(AuditedBuilder.Roster([severe.WithPause("wellness", 15, 1.75)], rule)).Should().BeEmpty();
    }

    // Clocks in Dublin go back on 25 October 2026 and forward on 29 March 2026, both at 01:00 UTC. The first shift ends at 22:00 the evening before.
    [TestCase("2026-10-24", "08:00", true)] // the clock shows ten hours, eleven have passed
    [TestCase("2026-10-24", "07:30", false)]
    [TestCase("2026-03-28", "10:00", true)]
    [TestCase("2026-03-28", "09:00", false)] // the clock shows eleven hours, ten have passed
    public void Audit_RestAcrossAClockChange_CountsElapsedHours(string eve, string nextStart, bool legal)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(eve).Value;
        AuditedShift[] shifts = [AuditedBuilder.Shift(date, "14:00", 8), AuditedBuilder.Shift(date.PlusDays(1), nextStart, 4)];

        RosterAuditor.Audit(AuditedBuilder.Roster(shifts, new AuditedRule("minimumDailyRest", ("hours", 11)))).Select(f => f.Rule)
            .Should().Equal(legal ? [] : ["minimumDailyRest"]);
    }

    [TestCase("2026-10-24", "05:00")]
    [TestCase("2026-03-28", "07:00")]
    public void Audit_NightOverAClockChange_HasTheLengthThatPasses(string eve, string end)
    {
        var shift = AuditedBuilder.Shift(NodaTime.Text.LocalDatePattern.Iso.Parse(eve).Value, "22:00", 8);

        shift.End.InZone(AuditedBuilder.Dublin).ToString("HH:mm", null).Should().Be(end);
        RosterAuditor.Audit(AuditedBuilder.Roster([shift], new AuditedRule("maximumSpread", ("hours", 8)))).Should().BeEmpty();
    }

    [TestCase("0 08 8;20 08 8", 0)]
    [TestCase("0 08 8;20 08 7.5", 1)]
    public void AuditWidely_FewerHoursThanThePeriodOwes_AreNoBreach(string shifts, int open)
    {
        var roster = AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, shifts), new AuditedRule("minimumPeriodHours", ("hours", 16)));

        RosterAuditor.Audit(roster).Should().BeEmpty();
        RosterAuditor.AuditWidely(roster).Should().HaveCount(open);
    }

    [Test]
    public void Audit_RuleItDoesNotKnow_RefusesToPassIt()
    {
        var audit = () =>
            RosterAuditor.Audit(AuditedBuilder.Roster([AuditedBuilder.Shift(Monday, "08:00", 8)], new AuditedRule("maximumMoonlight", ("hours", 1))));

        audit.Should().Throw<NotSupportedException>().WithMessage("*maximumMoonlight*");
    }

    [Test]
    public void Kinds_OfTheAuditor_AreThoseThatAPolicyMayHold() => RosterAuditorLaw.Kinds.Should().BeEquivalentTo(
        Wfm.Scheduling.Constraints.ConstraintCatalog.Known.All.Where(k => !k.NamesTemplates).Select(k => k.Code));

    [Test]
    public void Sources_OfTheAuditor_KnowNothingOfTheSolver()
    {
        var sources = Wfm.Tests.Architecture.Repository.Sources("Wfm.Tests", "Support")
            .Where(s => s.Path.StartsWith("Support/RosterAuditor") && !s.Path.EndsWith("Tests.cs")).ToList();

        sources.Should().HaveCountGreaterThan(5);
        sources.Where(s => s.Text.Contains("Wfm.Scheduling") || s.Text.Contains("LabourPolicyMapping") || s.Text.Contains("RosterProblemBuilder"))
            .Select(s => s.Path).Should().BeEmpty();
    }

    private static TestCaseData Case(string kind, string legal, string illegal, params (string Name, double Value)[] parameters) =>
        new TestCaseData(new AuditedRule(kind, parameters), legal, illegal).SetArgDisplayNames(kind, legal, illegal);

    private static List<AuditFinding> Audit(AuditedRule rule, string shifts) =>
        RosterAuditor.Audit(AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, shifts), rule));
}
