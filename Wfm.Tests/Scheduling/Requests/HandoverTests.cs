using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Requests;
using Wfm.Tests.Scheduling.Editing;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Requests;

public sealed class HandoverTests
{
    [Test]
    public void Operations_Whole_PassTheShiftAsItIs()
    {
        var roster = EditBench.Open(Given(), Day);

        var effect = Try(roster, [.. new Handover("A", Monday, "B").Operations(roster)]);

        effect.Days.Select(d => (d.AgentId, Show(d.After))).Should().Equal(("A", "off"), ("B", Show(Day)));
    }

    [Test]
    public void Operations_Exchange_ChangePlaces()
    {
        var roster = EditBench.Open(Given(), Day, Shift("B", Monday.PlusDays(1), 12));

        var effect = Try(roster, [.. new Handover("A", Monday, "B", Monday.PlusDays(1)).Operations(roster)]);

        effect.Days.Where(d => d.After is not null).Select(d => (d.AgentId, d.Date)).Should().Equal(("A", Monday.PlusDays(1)), ("B", Monday));
    }

    [Test]
    public void Operations_LastHoursToSomebodyOff_MakeAShiftOfThem()
    {
        var roster = EditBench.Open(Given(), Day);

        var effect = Try(roster, [.. new Handover("A", Monday, "B", null, At(13.5), null).Operations(roster)]);

        Show(effect.Days[0].After).Should().Be("03-02 09:00 chat 11:00 break 11:15 chat 13:00 paid 240", "a meal at the end goes with what follows it");
        Show(effect.Days[1].After).Should().Be("03-02 13:30 chat 17:00 paid 210");
    }

    [Test]
    public void Operations_LastHoursToSomebodyRightAfter_MakeThatShiftLonger()
    {
        var roster = EditBench.Open(Given(), Day, Shift("B", Monday, 17));

        var effect = Try(roster, [.. new Handover("A", Monday, "B", null, At(15), null).Operations(roster)]);

        effect.Days.Single(d => d.AgentId == "B").After!.Start.Should().Be(At(15));
        effect.Days.Single(d => d.AgentId == "A").After!.End.Should().Be(At(15));
        effect.People.Sum(p => p.After.PaidHours - p.Before.PaidHours).Should().BeApproximately(0, 1e-9, "no minute is paid twice");
    }

    [TestCase(8, 12, "does not lie within")]
    [TestCase(12, 18, "does not lie within")]
    [TestCase(11.5, 12, "hole")]
    [TestCase(12, 12, "not after its start")]
    [TestCase(9, 9.003, "whole minutes")]
    public void Fault_PartThatCannotPass_SaysWhy(double from, double to, string reason)
    {
        var handover = new Handover("A", Monday, "B", null, At(from), At(to));

        handover.Fault(Day).Should().Contain(reason);
        FluentActions.Invoking(() => handover.Giving(Day)).Should().Throw<SchedulingDataException>();
    }

    [Test]
    public void Takers_BusyUnskilledAndFree_AreToldApart()
    {
        var roster = EditBench.Open(Given(), Day, Shift("B", Monday, 10));

        var takers = Takers.Of(roster, ["B", "C"], to => new Handover("A", Monday, to).Operations(roster));

        takers.Select(t => (t.AgentId, t.Rule)).Should().Equal(("B", "dayTaken"), ("C", "skill"));
        takers[1].Message.Should().Contain("chat");
        var free = EditBench.Open(Given(), Day);
        Takers.Of(free, ["B"], to => new Handover("A", Monday, to).Operations(free)).Should().Equal(new Taker("B", null, ""));
    }

    [Test]
    public void Takers_RuleOfWorkingTime_IsNamedAndNothingChanges()
    {
        var roster = EditBench.Open(Given(Rule("minimumDailyRest", new() { ["hours"] = 11 })), Day, Shift("B", Monday.PlusDays(1), 3));
        var before = roster.Shifts.ToArray();

        var takers = Takers.Of(roster, ["B"], to => new Handover("A", Monday, to).Operations(roster));

        takers.Single().Rule.Should().Be("minimumDailyRest");
        roster.Shifts.Should().Equal(before);
    }

    [Test]
    public void Judge_ByTheFirstRuleThatLeavesItToTheManager()
    {
        var roster = EditBench.Open(Given(), Day);
        var same = Try(roster, [.. new Handover("A", Monday, "B").Operations(roster)]);
        var worse = Try(roster, new EditOperation.Remove("A", Monday));
        var day = Duration.FromHours(24);

        Judge(new HandoverPolicy(true, 1000, 0, day), same, 48).Should().Be((true, "nothingWorse"));
        Judge(new HandoverPolicy(false, 1000, 0, day), same, 48).Should().Be((false, "manager"));
        Judge(new HandoverPolicy(true, 1000, 0, day), same, 23.9).Should().Be((false, "notice"));
        Judge(new HandoverPolicy(true, 1e6, 0, day), worse, 48).Should().Be((false, "coverage"));
        Judge(new HandoverPolicy(true, -1e6, 100, day), same, 48).Should().Be((false, "cost"));
        // One head is required on chat all day; A's 7 h 15 min at work cover that much of it.
        HandoverPolicy.Shortfall(worse, HalfHour).Should().BeApproximately(7.25, 1e-9);
        HandoverPolicy.Shortfall(same, HalfHour).Should().Be(0);

        static (bool, string) Judge(HandoverPolicy policy, EditEffect effect, double notice)
        {
            var verdict = policy.Judge(effect, Duration.FromHours(notice), HalfHour);
            verdict.Message.Should().NotBeEmpty();
            return (verdict.IsAutomatic, verdict.Rule);
        }
    }

    [TestCase(double.NaN, 0, 0)]
    [TestCase(0, -1, 0)]
    [TestCase(0, 0, -1)]
    public void Policy_UnusableNumbers_AreRefused(double cost, double shortfall, int notice) =>
        FluentActions.Invoking(() => new HandoverPolicy(true, cost, shortfall, Duration.FromHours(notice))).Should().Throw<SchedulingDataException>();

    [Test]
    public void DatedAvailability_InsteadOfTheWeeklyOne_StopsEdits()
    {
        var tuesday = new AvailabilityWindow(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(18, 0));
        var person = Agent("A") with { DatedAvailability = [new DatedAvailability(Monday, Monday.PlusDays(1), [tuesday])] };
        var roster = EditBench.Open(Of([person]));

        Rules(Day).Should().Equal("availability");
        Rules(Shift("A", Monday.PlusDays(1), 9)).Should().BeEmpty("it lies in the window of the date");
        Rules(Shift("A", Monday.PlusDays(1), 11)).Should().Equal("availability");
        Rules(Shift("A", Monday.PlusDays(2), 9)).Should().BeEmpty("nothing is said of other dates");
        FluentActions.Invoking(() => new DatedAvailability(Monday, Monday.PlusDays(-1), [])).Should().Throw<SchedulingDataException>();

        IEnumerable<string> Rules(RosterShift shift) => Try(roster, new EditOperation.Assign(shift)).Broken.Select(v => v.Rule);
    }
}
