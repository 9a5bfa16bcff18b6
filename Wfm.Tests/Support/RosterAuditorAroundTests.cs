using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor on both edges of a period: what is in force before and after it counts, and is nobody's fault by itself.</summary>
public sealed class RosterAuditorAroundTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);

    // Rule, shifts around four weeks from Monday on, legal shifts of the roster, illegal ones.
    private static IEnumerable<TestCaseData> Edges()
    {
        yield return Case("minimumDailyRest", "-1 22 8", "0 17 4", "0 16:30 4", ("hours", 11));
        yield return Case("minimumDailyRest", "28 06 8", "27 11 8", "27 11:30 8", ("hours", 11));
        yield return Case("minimumDailyRest", "28 06 8", "27 19 0.5", "27 22 8", ("hours", 10)); // Sunday's night runs into Monday's morning
        yield return Case("maximumConsecutiveDays", "-3 08 8;-2 08 8;-1 08 8", "0 08 8;1 08 8;2 08 8", "0 08 8;1 08 8;2 08 8;3 08 8", ("days", 6));
        yield return Case("maximumConsecutiveDays", "28 08 8;29 08 8;30 08 8", "25 08 8;26 08 8;27 08 8", "24 08 8;25 08 8;26 08 8;27 08 8", ("days", 6));
        yield return Case("maximumConsecutiveNights", "-2 22 8;-1 22 8", "0 08 8;1 22 8", "0 22 8", ("nights", 2), ("nightFromHour", 23), ("nightToHour", 6));
        yield return Case("restAfterNights", "-2 22 8;-1 22 8", "2 06 8", "2 05 8", ("nights", 2), ("hours", 48), ("nightFromHour", 23), ("nightToHour", 6));
        yield return Case("maximumExposure", "-1 08 8 gore", "0 08 2 gore", "0 08 2.5 gore", ("minutes", 600), ("days", 7), ("minimumExposureClass", 3));
        yield return Case("maximumExposure", "28 08 8 gore", "22 08 2 gore", "22 08 2.5 gore", ("minutes", 600), ("days", 7), ("minimumExposureClass", 3));
        yield return Case("minimumWeeklyRest", "-3 08 8;-2 08 8;-1 08 8", "0 08 8;1 08 8;3 08 8", "0 08 8;1 08 8;2 08 8;3 08 8", ("hours", 24), ("perDays", 7));
        yield return Case("maximumDailyHours", "-1 20 8", "0 15 8", "0 12 9", ("hours", 12), ("dayBasis", 1));
        yield return Case("maximumAverageWeeklyHours", "-7 08 12;-6 08 12", "0 08 8;1 08 8", "0 08 8;1 08 8.5", ("hours", 20), ("weeks", 2));
        yield return Case("maximumAverageWeeklyHours", "28 08 12;29 08 12", "21 08 8;22 08 8", "21 08 8;22 08 8.5", ("hours", 20), ("weeks", 2));
        yield return Case("minimumConsecutiveDays", "-1 08 8", "0 08 8", "1 08 8", ("days", 2));
        yield return Case("minimumConsecutiveDaysOff", "-1 08 8", "2 08 8", "1 08 8", ("days", 2));
    }

    [TestCaseSource(nameof(Edges))]
    public void Audit_LegalWithWhatIsAround_FindsNothing(AuditedRule rule, string around, string legal, string illegal) =>
        Rules(rule, around, legal).Should().BeEmpty();

    [TestCaseSource(nameof(Edges))]
    public void Audit_IllegalWithWhatIsAround_FindsTheRule(AuditedRule rule, string around, string legal, string illegal) =>
        Rules(rule, around, illegal).Should().Equal(rule.Kind);

    [Test]
    public void Audit_WeekCutByThePeriod_CountsItsOtherDays()
    {
        var rule = new AuditedRule("maximumWeeklyHours", ("hours", 24));
        List<AuditFinding> Audit(double hours) =>
            RosterAuditor.Audit(Around(rule, "0 08 8;1 08 8", $"3 08 {hours}") with { Start = Monday.PlusDays(2), Days = 10 });

        Audit(8).Should().BeEmpty();
        Audit(8.5).Should().ContainSingle(f => f.Rule == rule.Kind);
    }

    // 17 × 48 − 12 × 60 = 96.
    [TestCase(0, true)]
    [TestCase(1, false)]
    public void Audit_FiveWeeksAfterTwelveOfSixtyHours_HaveNinetySixOnAverage(double more, bool legal)
    {
        var before = from week in Enumerable.Range(1, 12) from day in Enumerable.Range(0, 5) select $"{day - (7 * week)} 08 12";
        var own = Enumerable.Range(0, 8).Select(i => $"{i * 4} 08 12").Concat(more > 0 ? [$"33 08 {more}"] : Array.Empty<string>());
        var roster = Around(new AuditedRule("maximumAverageWeeklyHours", ("hours", 48), ("weeks", 17)), string.Join(';', before), string.Join(';', own)) with
        {
            Days = 35,
        };

        RosterAuditor.Audit(roster).Select(f => f.Rule).Distinct().Should().Equal(legal ? [] : ["maximumAverageWeeklyHours"]);
    }

    [Test]
    public void Audit_WhatIsAroundBreaksByItself_IsOpen()
    {
        var roster = Around(new AuditedRule("minimumDailyRest", ("hours", 11)), "-2 08 8;-1 02 8", "3 08 8");

        RosterAuditor.Audit(roster).Should().BeEmpty();
        RosterAuditor.AuditWidely(roster).Should().ContainSingle(f => f.Rule == "minimumDailyRest" && !f.IsCertain);
    }

    [Test]
    public void Audit_ShiftAroundOfUnknownActivities_CountsItsLeastHours()
    {
        // Two of its hours are unpaid, nobody knows which.
        var unknown = AuditedBuilder.Shifts(Monday, "-1 18 10")[0] with { Activities = [], PaidMinutes = 8 * 60 };
        var roster = AuditedBuilder.Roster(
            AuditedBuilder.Shifts(Monday, "0 15 8"), new AuditedRule("maximumDailyHours", ("hours", 10), ("dayBasis", 1)), start: Monday
        ) with
        {
            Around = [unknown],
        };

        RosterAuditor.Audit(roster).Should().BeEmpty(); // 2 to 4 hours before 04:00
        RosterAuditor.AuditWidely(roster).Should().ContainSingle(f => !f.IsCertain);
    }

    private static TestCaseData Case(string kind, string around, string legal, string illegal, params (string Name, double Value)[] parameters) =>
        new TestCaseData(new AuditedRule(kind, parameters), around, legal, illegal).SetArgDisplayNames(kind, around, legal, illegal);

    private static IEnumerable<string> Rules(AuditedRule rule, string around, string shifts) =>
        RosterAuditor.Audit(Around(rule, around, shifts)).Select(f => f.Rule).Distinct();

    private static AuditedRoster Around(AuditedRule rule, string around, string shifts) =>
        AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, shifts), rule, start: Monday) with { Around = AuditedBuilder.Shifts(Monday, around) };
}
