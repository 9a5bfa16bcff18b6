using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class DayRulesTests
{
    private static readonly Dictionary<string, RosterAgent> Persons = new()
    {
        ["anybody"] = Agent("A"),
        ["without the skill"] = Agent("A", null, "mail"),
        ["opted out"] = new RosterAgent("A", Contract(), [new AgentSkill("chat", 1), new AgentSkill("mail", 1)], [], [], ["chat"]),
        ["on leave"] = Agent("A") with { TimeOff = [new TimeOff(At(15), At(30))] },
        ["on leave in the meal"] = Agent("A") with { TimeOff = [new TimeOff(At(13), At(13.5))] },
        ["available until three"] =
            new RosterAgent(
                "A", Contract(), [new AgentSkill("chat", 1)], [new AvailabilityWindow(IsoDayOfWeek.Monday, new LocalTime(6, 0), new LocalTime(15, 0))], [], []),
        ["not employed yet"] = Agent("A") with { EmployedFrom = Monday.PlusDays(1) },
        ["not employed any more"] = Agent("A") with { EmployedTo = Monday.PlusDays(-1) },
        ["of another contract"] = Agent("A", Contract(templates: ["short"])),
    };

    // 09:00 to 17:00 on chat, 435 minutes of it at work.
    [TestCase("anybody", "", 0)]
    [TestCase("without the skill", "skill", 435)]
    [TestCase("opted out", "optOut", 435)]
    [TestCase("on leave", "leave", 120)]
    [TestCase("on leave in the meal", "leave", 30)] // nobody comes to a shift of which the middle is leave
    [TestCase("available until three", "availability", 120)]
    [TestCase("not employed yet", "employment", 480)]
    [TestCase("not employed any more", "employment", 480)]
    [TestCase("of another contract", "contractTemplates", 1)]
    public void Check_ShiftAgainstAPerson_TellsTheRuleAndHowMuch(string person, string rule, double amount)
    {
        var broken = Try(Open(Of([Persons[person]])), new EditOperation.Assign(Day)).Broken;

        broken.Select(v => v.Rule).Should().Equal(rule.Length == 0 ? [] : [rule]);
        broken.Sum(v => v.Amount).Should().Be(amount);
        broken.Should().NotContain(v => !v.IsHard || v.Source.Length == 0 || v.Text.Length == 0 || v.From != Monday || v.To != Monday);
    }

    [Test]
    public void Check_GroupThatTheRosterDoesNotKnow_IsWorkWithoutSkill() =>
        Try(Open(Of([Agent("A")])), new EditOperation.Assign(Shift("A", Monday, 9, "other"))).Broken.Select(v => (v.Rule, v.Group))
            .Should().Equal(("skill", "other"));

    [Test]
    public void Check_ShiftOutsideAvailabilityAlready_MayGrowWithinIt()
    {
        var roster = Open(Of([Persons["available until three"]]), Day);

        Try(roster, new EditOperation.Resize("A", Monday, At(8), null)).Broken.Should().BeEmpty();
        Try(roster, new EditOperation.Resize("A", Monday, null, At(16))).Broken.Should().BeEmpty();
        Try(roster, new EditOperation.Resize("A", Monday, null, At(18))).Broken.Select(v => (v.Rule, v.Amount)).Should().Equal(("availability", 180));
    }

    [Test]
    public void Violations_WhatWasOpenedWrong_IsTold() =>
        Open(Of([Persons["on leave"]]), Day).Violations().Select(v => v.Rule).Should().Equal("leave");
}
