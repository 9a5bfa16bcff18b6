using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>The auditor on what is no labour rule: the person, the contract, the template, the shift itself, the recount.</summary>
public sealed class RosterAuditorShapeTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly AuditedShift Day = AuditedBuilder.Shift(Monday, "09:00", 8).WithPause("break", 15, 2).WithPause("meal", 30, 4);
    private static readonly AuditedTemplate Template = new(
        "day", new LocalTime(8, 0), new LocalTime(10, 0), 30, 480, [],
        [new AuditedBreak("break", 15, 90, 150, Paid: true), new AuditedBreak("meal", 30, 240, 270, Paid: false)]);

    [Test]
    public void Audit_ShiftOfItsTemplate_FindsNothing() => Rules(Day, Template).Should().BeEmpty();

    private static IEnumerable<TestCaseData> BrokenShapes()
    {
        yield return Broken("template: start", s => s, t => t with { EarliestStart = new LocalTime(9, 30) });
        yield return Broken("template: start", s => s, t => t with { LatestStart = new LocalTime(8, 30) });
        yield return Broken("template: start", s => s, t => t with { StepMinutes = 45 });
        yield return Broken("template: days", s => s, t => t with { Days = [IsoDayOfWeek.Tuesday] });
        yield return Broken("template: breaks", s => s, t => t with { Breaks = [t.Breaks[0] with { LatestMinute = 119 }, t.Breaks[1]] });
        yield return Broken("template: breaks", s => s, t => t with { Breaks = [t.Breaks[0] with { EarliestMinute = 121 }, t.Breaks[1]] });
        yield return Broken("template: breaks", s => s, t => t with { Breaks = [t.Breaks[0] with { LengthMinutes = 20 }, t.Breaks[1]] });
        yield return Broken("template: breaks", s => s, t => t with { Breaks = [t.Breaks[0] with { Kind = "wellness" }, t.Breaks[1]] });
        yield return Broken("template: breaks", s => s, t => t with { Breaks = [.. t.Breaks, new AuditedBreak("break", 15, 400, 430, Paid: true)] });
        yield return Broken("paid time", s => s with { PaidMinutes = 480 }, t => t);
        yield return Broken("paid time", s => s, t => t with { Breaks = [t.Breaks[0] with { Paid = false }, t.Breaks[1]] });
        yield return Broken("date of the shift", s => s with { Date = Monday.PlusDays(1) }, t => t);
        yield return Broken("template: known", s => s with { Template = "unheard-of" }, t => t);
        yield return Broken("activities tile the shift", s => s with { Activities = [.. s.Activities.Skip(1)] }, t => t);
        yield return Broken("activities tile the shift", s => s with { Activities = [.. s.Activities.SkipLast(1)] }, t => t);
        yield return Broken("activities tile the shift", s => s with { Activities = [.. s.Activities, s.Activities[^1]] }, t => t);
        yield return Broken("skill", s => s with { Activities = [s.Activities[0] with { Group = "icelandic" }, .. s.Activities.Skip(1)] }, t => t);
        yield return Broken("skill", s => s with { Activities = [s.Activities[0] with { Group = null }, .. s.Activities.Skip(1)] }, t => t);
    }

    [TestCaseSource(nameof(BrokenShapes))]
    public void Audit_BrokenShape_FindsIt(string rule, Func<AuditedShift, AuditedShift> shift, Func<AuditedTemplate, AuditedTemplate> template) =>
        Rules(shift(Day), template(Template)).Should().Equal(rule);

    [Test]
    public void Audit_LengthOfAnotherTemplate_FindsIt() => Rules(Day, Template with { LengthMinutes = 510 }).Should().Contain("template: length");

    private static IEnumerable<TestCaseData> BrokenPeople()
    {
        AuditedAgent ann = AuditedBuilder.Ann;
        yield return Person("active agent of the hub", ann with { Active = false });
        yield return Person("active agent of the hub", ann with { Hub = "sin" });
        // Two shifts of 7.5 paid hours.
        yield return Person("contract: hours a week", ann with { Contract = AuditedBuilder.Free with { MaximumWeeklyHours = 14.75 } });
        yield return Person("contract: days a week", ann with { Contract = AuditedBuilder.Free with { MaximumDaysPerWeek = 1 } });
        yield return Person("contract: templates", ann with { Contract = AuditedBuilder.Free with { Templates = ["night"] } });
        yield return Person("opt-out", ann with { OptOutGroups = ["calm"] });
        yield return Person("time off", ann with { TimeOff = [Off("2026-11-02T16:59:00Z", "2026-11-02T20:00:00Z")] });
        yield return Person("availability", ann with { Availability = Windows("08:00", "16:45") });
        yield return Person("availability", ann with { Availability = Windows("09:15", "18:00") });
        yield return Person("availability", ann with { Availability = [.. Windows("08:00", "12:00"), .. Windows("12:15", "18:00")] });
    }

    [TestCaseSource(nameof(BrokenPeople))]
    public void Audit_AgainstThePerson_FindsIt(string rule, AuditedAgent agent) => TwoDays(agent).Distinct().Should().Equal(rule);

    private static IEnumerable<TestCaseData> LegalPeople()
    {
        AuditedAgent ann = AuditedBuilder.Ann;
        yield return new TestCaseData(
            ann with
            {
                Contract = new AuditedContract(0, MaximumWeeklyHours: 15, MaximumDaysPerWeek: 2, Templates: ["night", "day"]),
            });
        yield return new TestCaseData(ann with { OptOutGroups = ["gore"], TimeOff = [Off("2026-11-02T17:00:00Z", "2026-11-03T09:00:00Z")] });
        yield return new TestCaseData(ann with { Availability = Windows("09:00", "17:00") });
        yield return new TestCaseData(ann with { Availability = [.. Windows("08:00", "12:00"), .. Windows("12:00", "18:00")] }); // windows that touch are one
        yield return new TestCaseData(
            ann with
            {
                Availability = [.. Enum.GetValues<IsoDayOfWeek>().Skip(1).Select(d => new AuditedWindow(d, LocalTime.Midnight, LocalTime.Midnight))],
            });
    }

    [TestCaseSource(nameof(LegalPeople))]
    public void Audit_WithinWhatThePersonAgreed_FindsNothing(AuditedAgent agent) => TwoDays(agent).Should().BeEmpty();

    [Test]
    public void Audit_NightInWindowsThatMeetAtMidnight_FindsNothing()
    {
        var sunday = AuditedBuilder.Shift(Monday.PlusDays(6), "22:00", 8); // over the end of the week
        var ann = AuditedBuilder.Ann with
        {
            Availability = [new(IsoDayOfWeek.Sunday, new(20, 0), LocalTime.Midnight), new(IsoDayOfWeek.Monday, LocalTime.Midnight, new(6, 0))],
        };
        var late = ann with { Availability = [ann.Availability[0], ann.Availability[1] with { To = new LocalTime(5, 30) }] };

        RosterAuditor.Audit(AuditedBuilder.Roster([sunday], agent: ann)).Should().BeEmpty();
        RosterAuditor.Audit(AuditedBuilder.Roster([sunday], agent: late)).Should().ContainSingle(f => f.Rule == "availability");
    }

    [Test]
    public void Audit_OverlappingShifts_FindsEach()
    {
        AuditedShift[] shifts = [AuditedBuilder.Shift(Monday, "08:00", 9), AuditedBuilder.Shift(Monday, "09:00", 1), AuditedBuilder.Shift(Monday, "16:30", 2)];

        RosterAuditor.Audit(AuditedBuilder.Roster(shifts)).Select(f => f.Rule).Should().Equal("one shift at a time", "one shift at a time");
    }

    [TestCase(-1)]
    [TestCase(28)]
    public void Audit_ShiftOutsideThePeriod_FindsIt(int day) =>
        RosterAuditor.Audit(AuditedBuilder.Roster([AuditedBuilder.Shift(Monday.PlusDays(day), "08:00", 8)], start: Monday)).Should()
            .ContainSingle(f => f.Rule == "inside the period");

    [Test]
    public void Audit_ShiftOfNobody_FindsIt() =>
        RosterAuditor.Audit(AuditedBuilder.Roster([Day with { Agent = "bob" }])).Should().ContainSingle(f => f.Rule == "known agent" && f.Agent == "bob");

    [Test]
    public void Scheduled_WorkWithABreak_IsTheShareOfEachIntervalAtTheProficiency()
    {
        var shift = AuditedBuilder.Shift(Monday, "09:00", 2, "gore").WithPause("break", 15, 0.75); // 09:45 to 10:00
        var heads = RosterAuditorCoverage.Scheduled(
            AuditedBuilder.Roster([shift]), "gore", Instant.FromUtc(2026, 11, 2, 8, 30), Duration.FromMinutes(30), 6);

        heads.Should().Equal(0, 0.8, 0.4, 0.8, 0.8, 0); // proficiency 0.8
    }

    private static TestCaseData Broken(string rule, Func<AuditedShift, AuditedShift> shift, Func<AuditedTemplate, AuditedTemplate> template) =>
        new(rule, shift, template);

    private static TestCaseData Person(string rule, AuditedAgent agent) => new(rule, agent);

    private static IEnumerable<string> Rules(AuditedShift shift, AuditedTemplate template)
    {
        var roster = AuditedBuilder.Roster([Day]) with { Shifts = [shift with { Template = shift.Template == Day.Template ? "day" : shift.Template }] };
        return RosterAuditor.Audit(roster with { Templates = new Dictionary<string, AuditedTemplate> { ["day"] = template } }).Select(f => f.Rule);
    }

    private static IEnumerable<string> TwoDays(AuditedAgent agent)
    {
        AuditedShift[] shifts =
        [
            .. new[] { Day, AuditedBuilder.Shift(Monday.PlusDays(1), "09:00", 8).WithPause("break", 15, 2).WithPause("meal", 30, 4) }.Select(s =>
                s with
                {
                    Template = "day",
                }),
        ];
        return RosterAuditor.Audit(AuditedBuilder.Roster(shifts, agent: agent)).Select(f => f.Rule);
    }

    private static List<AuditedWindow> Windows(string from, string to) =>
    [
        .. Enum.GetValues<IsoDayOfWeek>().Skip(1).Select(d => new AuditedWindow(d, Time(from), Time(to))),
    ];

    private static LocalTime Time(string text) => NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;

    private static AuditedLeave Off(string from, string to) =>
        new(NodaTime.Text.InstantPattern.General.Parse(from).Value, NodaTime.Text.InstantPattern.General.Parse(to).Value);
}
