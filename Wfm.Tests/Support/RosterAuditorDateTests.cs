using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor on rules that begin and end, and on weeks and weekends that are not Monday to Sunday.</summary>
public sealed class RosterAuditorDateTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly AuditedRule Weekly = new("maximumWeeklyHours", ("hours", 32));

    // Days of the rule in force, counted from the first Monday; empty for none.
    [TestCase(14, null, "0 08 12;1 08 12;2 08 12;14 08 8;15 08 8;16 08 8;17 08 8", true)]
    [TestCase(14, null, "14 08 12;15 08 12;16 08 12", false)]
    [TestCase(null, 13, "14 08 12;15 08 12;16 08 12", true)]
    [TestCase(2, null, "0 08 12;1 08 12;2 08 12", false)] // one day in force binds the whole week
    [TestCase(null, 0, "0 08 12;1 08 12;2 08 12", false)]
    [TestCase(7, null, "0 08 12;1 08 12;2 08 12", true)]
    public void Audit_WeeklyLimitOfSomeDays_BindsInTheirWeeks(int? from, int? to, string shifts, bool legal) =>
        Rules(Dated(Weekly, from, to), shifts).Should().Equal(legal ? [] : [Weekly.Kind]);

    [TestCase(null, 1, true)]
    [TestCase(3, null, true)]
    [TestCase(2, 2, false)]
    public void Audit_DailyLimitOfSomeDays_BindsOnThem(int? from, int? to, bool legal) =>
        Rules(Dated(new AuditedRule("maximumDailyHours", ("hours", 8)), from, to), "2 08 9").Should().Equal(legal ? [] : ["maximumDailyHours"]);

    [TestCase(4, null, "0 08 8;1 08 8;2 08 8;3 08 8", true)] // the row is over before the rule begins
    [TestCase(4, null, "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8", false)]
    [TestCase(null, 2, "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8", true)]
    [TestCase(null, 3, "0 08 8;1 08 8;2 08 8;3 08 8;4 08 8", false)]
    public void Audit_ThreeDaysInARow_BindsOnTheDaysBeyond(int? from, int? to, string shifts, bool legal) =>
        Rules(Dated(new AuditedRule("maximumConsecutiveDays", ("days", 3)), from, to), shifts).Should().Equal(legal ? [] : ["maximumConsecutiveDays"]);

    [TestCase(1, null, 1)] // the second shift begins on the first day of the rule
    [TestCase(2, null, 0)]
    [TestCase(0, 0, 0)]
    public void Audit_RestOverTheBeginningOfTheRule_IsDueWhenItEnds(int? from, int? to, int findings) =>
        Rules(Dated(new AuditedRule("minimumDailyRest", ("hours", 11)), from, to), "0 14 8;1 06 8").Should().HaveCount(findings);

    [Test]
    public void AuditWidely_RestThatEndsAfterTheRule_LeavesItOpen()
    {
        var roster = AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, "0 14 8;1 06 8"), Dated(new AuditedRule("minimumDailyRest", ("hours", 11)), 0, 0));

        RosterAuditor.AuditWidely(roster).Should().ContainSingle(f => !f.IsCertain);
    }

    [TestCase("5 08 4;6 08 4;7 08 4", true)]
    [TestCase("6 08 4;7 08 4;8 08 4", false)]
    public void Audit_WeekFromSunday_BeginsOnSunday(string shifts, bool legal) =>
        Rules(new AuditedRule("maximumWeeklyHours", ("hours", 8)), shifts, r => r with { FirstDayOfWeek = IsoDayOfWeek.Sunday }).Should()
            .Equal(legal ? [] : ["maximumWeeklyHours"]);

    [TestCase("4 08 8;5 08 8;6 08 8;13 08 8", true)] // Sunday is a working day
    [TestCase("5 08 8;11 08 8", false)]
    public void Audit_WeekendOfFridayAndSaturday_CountsThem(string shifts, bool legal)
    {
        IsoDayOfWeek[] days = [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday];
        var rule = new AuditedRule("maximumWeekends", ("weekends", 1));

        Rules(rule, shifts, r => r with { WeekendDays = days }).Should().Equal(legal ? [] : ["maximumWeekends"]);
        Rules(rule with { WeekendDays = days }, shifts).Should().Equal(legal ? [] : ["maximumWeekends"]);
    }

    [Test]
    public void Audit_SaturdayAndSundayOfTwoWeeks_AreOneWeekend() =>
        Rules(new AuditedRule("maximumWeekends", ("weekends", 1)), "5 08 8;6 08 8", r => r with { FirstDayOfWeek = IsoDayOfWeek.Sunday }).Should().BeEmpty();

    [TestCase(7, null, true)]
    [TestCase(6, null, false)]
    public void Audit_WeekendsOfSomeDays_CountWhileTheRuleIsInForce(int? from, int? to, bool legal) =>
        Rules(Dated(new AuditedRule("maximumWeekends", ("weekends", 1)), from, to), "5 08 8;6 08 8;13 08 8").Should().Equal(legal ? [] : ["maximumWeekends"]);

    private static AuditedRule Dated(AuditedRule rule, int? from, int? to) =>
        rule with { From = from is { } f ? Monday.PlusDays(f) : null, To = to is { } t ? Monday.PlusDays(t) : null };

    private static IEnumerable<string> Rules(AuditedRule rule, string shifts, Func<AuditedRoster, AuditedRoster>? with = null)
    {
        var roster = AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, shifts), rule, start: Monday);
        return RosterAuditor.Audit(with is null ? roster : with(roster)).Select(f => f.Rule).Distinct();
    }
}
