using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor on contracts by date, employment, leave and the hours that are due.</summary>
public sealed class RosterAuditorHoursTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly AuditedContract Full = new(40, 40, 5, []);
    private static readonly AuditedContract Weekdays = Full with { WorkingDays = Days(1, 5) };
    private static readonly AuditedContract Half = new(20, 20, 5, []);
    private static readonly AuditedTemplate Day = new(
        "day", new LocalTime(9, 0), new LocalTime(9, 0), 30, 510, [], [new AuditedBreak("meal", 30, 240, 240, Paid: false)]);
    private static readonly AuditedTemplate HalfDay = new("half", new LocalTime(9, 0), new LocalTime(9, 0), 30, 240, [], []);

    private static IEnumerable<TestCaseData> Weeks()
    {
        yield return Week("Monday to Friday", Of(Weekdays), 40, 40);
        yield return Week("no usual days", Of(Full), 40, 40);
        yield return Week("leave on the weekend", Of(Weekdays, Leave(5, "00:00", 7, "00:00")), 40, 40);
        yield return Week("leave on the weekend, no usual days", Of(Full, Leave(5, "00:00", 7, "00:00")), 40, 40);
        yield return Week("leave on Monday", Of(Weekdays, Leave(0, "00:00", 1, "00:00")), 32, 32);
        yield return Week("leave for all working hours of Monday", Of(Full, Leave(0, "09:00", 0, "17:30")), 32, 32);
        yield return Week("leave all week, twice", Of(Weekdays, Leave(0, "00:00", 7, "00:00"), Leave(2, "00:00", 4, "00:00")), 0, 0);
        yield return Week("unpaid leave on Monday", Of(Weekdays, Leave(0, "00:00", 1, "00:00", "unpaid")), 32, 32);
        yield return Week("leave on a morning too early for any shift", Of(Weekdays, Leave(0, "06:00", 0, "08:30")), 40, 40);
        yield return Week("employed from Wednesday", Of(Weekdays) with { EmployedFrom = Monday.PlusDays(2) }, 24, 24);
        yield return Week("employed to Tuesday", Of(Weekdays) with { EmployedTo = Monday.PlusDays(1) }, 16, 16);
        yield return Week("half time from Wednesday", Of(Weekdays) with { Terms = [(Monday.PlusDays(2), Half with { WorkingDays = Days(1, 5) })] }, 28, 28);
        yield return Week("four days of eight that may be any", Of(new AuditedContract(32, 40, 4, [])), 32, 32);
        yield return Week(
            "the days one can work are the usual ones", Of(new AuditedContract(24, 40, 3, []), Leave(0, "00:00", 3, "00:00")) with
            {
                Availability = Windows(4, 7),
            },
            24, 24);
        yield return Week("half a day of leave", Of(Full, Leave(0, "13:30", 0, "17:30")), 35, 37); // 36, give or take a meal
    }

    [TestCaseSource(nameof(Weeks))]
    public void Due_Week_IsTheHoursOneWouldHaveWorked(string name, AuditedAgent agent, double least, double most)
    {
        var due = RosterAuditorHours.Due(new AuditedWork(Roster(agent, ""), agent, []), Monday);

        due.Least.Should().BeApproximately(least, 1e-9);
        due.Most.Should().BeApproximately(most, 1e-9);
    }

    [TestCase(4, 8)] // from Friday on
    [TestCase(5, 0)]
    [TestCase(0, 40)]
    public void Due_WeekCutByThePeriod_HasTheUsualDaysThatRemain(int from, double hours)
    {
        var agent = Of(Weekdays);

        RosterAuditorHours.Due(new AuditedWork(Roster(agent, "") with { Start = Monday.PlusDays(from), Days = 7 }, agent, []), Monday).Least.Should().Be(hours);
    }

    [TestCase("0 09 8;1 09 8;2 09 8;3 09 8;4 09 8", 0)]
    [TestCase("0 09 8;1 09 8;2 09 8;3 09 8;4 09 7.5", 1)]
    [TestCase("", 1)]
    public void Short_Week_IsSaidWithItsHours(string shifts, int weeks) =>
        RosterAuditorHours.Short(Roster(Of(Weekdays), shifts) with { Days = 7 }).Count(w => w.IsCertain).Should().Be(weeks);

    private static IEnumerable<TestCaseData> Contracts()
    {
        yield return Contract(
            "paid leave is not paid back on Saturday", "contract: hours a week", "1 09 8;2 09 8;3 09 8;4 09 8", "1 09 8;2 09 8;3 09 8;5 09 9",
            Of(Full, Leave(0, "00:00", 1, "00:00")));
        yield return Contract(
            "nor is leave for the working hours of a day", "contract: hours a week", "1 09 8;2 09 8;3 09 8;4 09 8", "1 09 8;2 09 8;3 09 10;4 09 8",
            Of(Weekdays, Leave(0, "09:00", 0, "17:30")));
        yield return Contract(
            "a day of paid leave is a day", "contract: days a week", "1 09 1;2 09 1;3 09 1;4 09 1", "1 09 1;2 09 1;3 09 1;4 09 1;5 09 1",
            Of(Weekdays, Leave(0, "00:00", 1, "00:00")));
        yield return Contract(
            "half time from Wednesday", "contract: hours a week", "0 09 8;1 09 8;2 09 8;3 09 4", "0 09 8;1 09 8;2 09 8;3 09 5", Of(Weekdays) with
            {
                Terms = [(Monday.PlusDays(2), Half)],
            });
        yield return Contract(
            "half time from the second week", "contract: hours a week", "0 09 10;1 09 10;2 09 10;3 09 10;7 09 10;8 09 10", "7 09 10;8 09 10;9 09 1",
            Of(Full) with
            {
                Terms = [(Monday.PlusDays(7), Half)],
            });
        yield return Contract("first day of employment", "employment", "2 09 8", "1 09 8", Of(Full) with { EmployedFrom = Monday.PlusDays(2) });
        yield return Contract("last day of employment", "employment", "2 22 8", "3 08 8", Of(Full) with { EmployedTo = Monday.PlusDays(2) });
        yield return Contract("leave of a part of a day", "time off", "0 09 4", "0 10 4", Of(Full, Leave(0, "13:00", 0, "17:30")));
    }

    [TestCaseSource(nameof(Contracts))]
    public void Audit_WithinTheContract_FindsNothing(string name, string rule, string legal, string illegal, AuditedAgent agent) =>
        RosterAuditor.Audit(Roster(agent, legal)).Should().BeEmpty();

    [TestCaseSource(nameof(Contracts))]
    public void Audit_BeyondTheContract_FindsIt(string name, string rule, string legal, string illegal, AuditedAgent agent) =>
        RosterAuditor.Audit(Roster(agent, illegal)).Select(f => f.Rule).Distinct().Should().Equal(rule);

    [Test]
    public void Audit_TemplateOfTheNextContract_IsNotAllowedBefore()
    {
        var agent = Of(Full with { Templates = ["1102-0900"] }) with { Terms = [(Monday.PlusDays(1), Full)] };

        RosterAuditor.Audit(Roster(agent, "0 09 8;1 09 8")).Should().Contain(f => f.Rule == "contract: templates" && f.Date == Monday)
            .And.NotContain(f => f.Date == Monday.PlusDays(1));
    }

    [TestCase("annual", null, 48, true)]
    [TestCase("annual", null, 54, false)]
    [TestCase("sick", null, 54, false)]
    [TestCase("parental", null, 54, false)]
    [TestCase("annual", 0, 54, true)] // the rule says that leave counts as no work
    [TestCase("unpaid", null, 54, true)]
    [TestCase("training", null, 54, true)]
    public void Audit_AverageAfterTwoWeeksOfLeave_LeavesThemOut(string kind, int? neutralLeave, double hours, bool legal)
    {
        var parameters = new Dictionary<string, double> { ["hours"] = 48, ["weeks"] = 4 };
        if (neutralLeave is { } value) parameters["neutralLeave"] = value;
        // Twice Monday to Friday, to which the free weekends belong.
        var agent = Of(AuditedBuilder.Free with { WorkingDays = Days(1, 5) }, Leave(0, "00:00", 5, "00:00", kind), Leave(7, "00:00", 12, "00:00", kind));
        var shifts = string.Join(';', from week in new[] { 14, 21 } from day in Enumerable.Range(0, 6) select $"{week + day} 09 {hours / 6}");
        var roster = AuditedBuilder.Roster(AuditedBuilder.Shifts(Monday, shifts), new AuditedRule("maximumAverageWeeklyHours", parameters), agent, Monday);

        RosterAuditor.Audit(roster).Select(f => f.Rule).Distinct().Should().Equal(legal ? [] : ["maximumAverageWeeklyHours"]);
    }

    [Test]
    public void Audit_AverageWithLeaveOnFreeDays_CountsTheWholeWeek()
    {
        var agent = Of(AuditedBuilder.Free with { WorkingDays = Days(1, 5) }, Leave(5, "00:00", 7, "00:00"));
        var roster = AuditedBuilder.Roster(
            AuditedBuilder.Shifts(Monday, "0 09 8;1 09 8;2 09 8;3 09 8;4 09 8"), new AuditedRule("maximumAverageWeeklyHours", ("hours", 40), ("weeks", 1)),
            agent, Monday);

        RosterAuditor.Audit(roster).Should().BeEmpty();
    }

    [TestCase("ann 0 09 8;bob 0 09 8", true)]
    [TestCase("ann 0 09 8;bob 0 09 4;cid 0 13 4", true)] // who leaves makes room
    [TestCase("ann 0 09 8;bob 0 09 8;cid 0 16 4", false)]
    public void Audit_MorePeopleThanSeats_FindsIt(string shifts, bool legal)
    {
        var people = new[] { "ann", "bob", "cid" }.ToDictionary(code => code, code => AuditedBuilder.Ann with { Code = code });
        var placed = shifts.Split(';').Select(text => AuditedBuilder.Shifts(Monday, text[4..])[0] with { Agent = text[..3] }).ToList();
        var roster = AuditedBuilder.Roster(placed, start: Monday) with
        {
            Agents = people,
            Seats = 2,
            Templates = placed.ToDictionary(s => $"{s.Agent}", AuditedBuilder.TemplateOf),
        };

        RosterAuditor.Audit(roster with { Shifts = [.. placed.Select(s => s with { Template = s.Agent })] }).Select(f => f.Rule).Should()
            .Equal(legal ? [] : ["seats"]);
    }

    [Test]
    public void Present_TwoPeopleOfHalfTheProficiency_AreTwo()
    {
        var ann = AuditedBuilder.Ann with { Skills = new Dictionary<string, double> { ["calm"] = 0.5 } };
        var shift = AuditedBuilder.Shifts(Monday, "0 09 1")[0];
        var roster = AuditedBuilder.Roster([shift, shift with { Agent = "bob" }], agent: ann) with
        {
            Agents = new Dictionary<string, AuditedAgent> { ["ann"] = ann, ["bob"] = ann with { Code = "bob" } },
        };

        RosterAuditorCoverage.Present(roster, "calm", shift.Start, Duration.FromMinutes(30), 3).Should().Equal(2, 2, 0);
        RosterAuditorCoverage.Scheduled(roster, "calm", shift.Start, Duration.FromMinutes(30), 3).Should().Equal(1, 1, 0);
    }

    private static AuditedRoster Roster(AuditedAgent agent, string shifts)
    {
        var placed = AuditedBuilder.Shifts(Monday, shifts);
        var roster = AuditedBuilder.Roster(placed, agent: agent, start: Monday);
        return roster with { Templates = roster.Templates.Values.Concat([Day, HalfDay]).ToDictionary(t => t.Code) };
    }

    private static AuditedAgent Of(AuditedContract contract, params AuditedLeave[] leave) => AuditedBuilder.Ann with { Contract = contract, TimeOff = leave };

    private static AuditedLeave Leave(int day, string from, int lastDay, string to, string kind = "annual") => new(At(day, from), At(lastDay, to), kind);

    private static Instant At(int day, string time) => AuditedBuilder.Dublin.AtStrictly(
        Monday.PlusDays(day).At(NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value)).ToInstant();

    private static IsoDayOfWeek[] Days(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(d => (IsoDayOfWeek)d)];

    private static AuditedWindow[] Windows(int first, int last) =>
        [.. Days(first, last).Select(d => new AuditedWindow(d, LocalTime.Midnight, LocalTime.Midnight))];

    private static TestCaseData Week(string name, AuditedAgent agent, double least, double most) =>
        new TestCaseData(name, agent, least, most).SetArgDisplayNames(name);

    private static TestCaseData Contract(string name, string rule, string legal, string illegal, AuditedAgent agent) =>
        new TestCaseData(name, rule, legal, illegal, agent).SetArgDisplayNames(name);
}
