using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class ProposedDaysTests
{
    private static readonly Dictionary<string, EditOperation> Operations = new()
    {
        ["move"] = new EditOperation.Move("A", Monday, At(10.5)),
        ["move to the next day"] = new EditOperation.Move("A", Monday, At(26)),
        ["begin earlier"] = new EditOperation.Resize("A", Monday, At(8), null),
        ["end later"] = new EditOperation.Resize("A", Monday, null, At(18)),
        ["begin later, in a break"] = new EditOperation.Resize("A", Monday, At(11), null),
        ["end earlier, in the meal"] = new EditOperation.Resize("A", Monday, null, At(13.25)),
        ["begin on the day before"] = new EditOperation.Resize("A", Monday.PlusDays(1), At(23), null),
        ["other work"] = new EditOperation.Segment("A", Monday, new ShiftActivity(ActivityKinds.Work, "mail", At(14), At(15))),
        ["training over the meal"] = new EditOperation.Segment("A", Monday, new ShiftActivity("training", null, At(13), At(14))),
        ["unpaid meeting"] = new EditOperation.Segment("A", Monday, new ShiftActivity("meeting", null, At(15), At(17))),
        ["the same work"] = new EditOperation.Segment("A", Monday, new ShiftActivity(ActivityKinds.Work, "chat", At(9), At(10))),
        ["leave of all of it"] = new EditOperation.Away("A", At(0), At(24)),
        ["leave of the beginning"] = new EditOperation.Away("A", At(8), At(11)),
        ["leave of the middle"] = new EditOperation.Away("A", At(12), At(15)),
        ["leave of the end"] = new EditOperation.Away("A", At(13.25), At(30)),
        ["leave between shifts"] = new EditOperation.Away("A", At(18), At(24)),
        ["remove"] = new EditOperation.Remove("A", Monday),
    };

    // 450 of the 480 minutes are paid: the break of 15 is, the meal of 30 is not.
    [TestCase("move", "03-02 10:30 chat 12:30 break 12:45 chat 14:30 meal 15:00 chat 18:30 paid 450")]
    [TestCase("move to the next day", "off", "03-03 02:00 chat 04:00 break 04:15 chat 06:00 meal 06:30 chat 10:00 paid 450")]
    [TestCase("begin earlier", "03-02 08:00 chat 11:00 break 11:15 chat 13:00 meal 13:30 chat 17:00 paid 510")]
    [TestCase("end later", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 meal 13:30 chat 18:00 paid 510")]
    [TestCase("begin later, in a break", "03-02 11:15 chat 13:00 meal 13:30 chat 17:00 paid 315")]
    [TestCase("end earlier, in the meal", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 paid 240")]
    [TestCase("other work", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 meal 13:30 chat 14:00 mail 15:00 chat 17:00 paid 450")]
    [TestCase("training over the meal", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 training 14:00 chat 17:00 paid 480")]
    [TestCase("unpaid meeting", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 meal 13:30 chat 15:00 meeting 17:00 paid 330")]
    [TestCase("the same work")]
    [TestCase("leave of all of it", "off")]
    [TestCase("leave of the beginning", "03-02 11:15 chat 13:00 meal 13:30 chat 17:00 paid 315")]
    [TestCase("leave of the middle", "03-02 09:00 chat 11:00 break 11:15 chat 12:00 leave 15:00 chat 17:00 paid 300")]
    [TestCase("leave of the end", "03-02 09:00 chat 11:00 break 11:15 chat 13:00 paid 240")]
    [TestCase("leave between shifts")]
    [TestCase("remove", "off")]
    public void Propose_OneOperation_MakesOfTheDay(string operation, params string[] expected)
    {
        var roster = new RosterDocument(Given(), [Day], new Dictionary<string, bool> { ["training"] = true, ["meeting"] = false });

        var (days, refusals) = roster.Propose([Operations[operation]]);

        refusals.Should().BeEmpty();
        days.Select(d => Show(d.Shift)).Should().Equal(expected);
    }

    [Test]
    public void Propose_BeginOnTheDayBefore_MovesTheShiftThere()
    {
        var (days, refusals) = Open(Given(), Shift("A", Monday.PlusDays(1), 6)).Propose([Operations["begin on the day before"]]);

        refusals.Should().BeEmpty();
        days.Select(d => Show(d.Shift)).Should().Equal(
            "03-02 23:00 chat 08:00 break 08:15 chat 10:00 meal 10:30 chat 14:00 paid 870", "off");
    }

    [Test]
    public void Propose_CutInABreakAcrossMidnight_BelongsToTheDayOnWhichWorkBegins()
    {
        var night = new RosterShift("A", Monday, "day", At(22), At(28), Duration.FromHours(6),
            [
                new ShiftActivity(ActivityKinds.Work, "chat", At(22), At(23.5)), new ShiftActivity(ActivityKinds.Break, null, At(23.5), At(24.5)),
                new ShiftActivity(ActivityKinds.Work, "chat", At(24.5), At(28)),
            ]);

        var (days, _) = Open(Given(), night).Propose([new EditOperation.Resize("A", Monday, At(23.75), null)]);

        days.Select(d => Show(d.Shift)).Should().Equal("off", "03-03 00:30 chat 04:00 paid 210");
    }

    [Test]
    public void Propose_LeaveOfABeginningAcrossMidnight_MovesWhatIsLeftToTheNextDay()
    {
        var night = Shift("A", Monday, 22);

        var (days, refusals) = Open(Given(), night).Propose([new EditOperation.Away("A", At(20), At(25))]);

        refusals.Should().BeEmpty();
        days.Select(d => Show(d.Shift)).Should().Equal("off", "03-03 01:00 chat 02:00 meal 02:30 chat 06:00 paid 270");
    }

    [Test]
    public void Propose_LeaveOfABeginningBeforeADayWithAShift_TakesTheWholeNight()
    {
        var (days, refusals) = Open(Given(), Shift("A", Monday, 22), Shift("A", Monday.PlusDays(1), 14)).Propose([new EditOperation.Away("A", At(0), At(24))]);

        refusals.Should().BeEmpty();
        days.Select(d => (d.Date, Show(d.Shift))).Should().Equal((Monday, "off"));
    }

    // 29 March 2026: at 01:00 the clocks of Dublin go to 02:00.
    [Test]
    public void Propose_MoveOverAChangeOfTheClocks_LastsAsLong()
    {
        var sunday = new LocalDate(2026, 3, 29);
        var problem = Hub(
            People, [Full], [Demand("chat", 7, _ => 1, zone: "Europe/Dublin", start: sunday.PlusDays(-3))], zone: "Europe/Dublin", start: sunday.PlusDays(-3));
        var start = Zone("Europe/Dublin").AtStrictly(sunday.PlusDays(-1).At(new LocalTime(22, 0))).ToInstant();

        var (days, refusals) = Open(problem, Shift("A", sunday, 9, zone: "Europe/Dublin")).Propose([new EditOperation.Move("A", sunday, start)]);

        refusals.Should().BeEmpty();
        days.Select(d => Show(d.Shift, "Europe/Dublin")).Should().Equal(
            "03-28 22:00 chat 00:00 break 00:15 chat 03:00 meal 03:30 chat 07:00 paid 450", "off");
        (days[0].Shift!.End - days[0].Shift!.Start).Should().Be(Duration.FromHours(8));
    }

    [Test]
    public void Propose_ShiftOfTrainingAlone_CanBeShortenedAndGrow()
    {
        var course = new RosterShift("A", Monday, "course", At(9), At(17), Duration.FromHours(8), [new ShiftActivity("training", null, At(9), At(17))]);

        var (days, refusals) = Open(Given(), course).Propose([new EditOperation.Resize("A", Monday, At(10), At(18))]);

        refusals.Should().BeEmpty();
        days.Select(d => Show(d.Shift)).Should().Equal("03-02 10:00 training 18:00 paid 480");
    }

    [Test]
    public void Propose_SwapOfShiftAndDayOff_GivesItAway()
    {
        var (days, refusals) = Open(Given(), Day).Propose([new EditOperation.Swap("A", Monday, "B", Monday)]);

        refusals.Should().BeEmpty();
        days.Select(d => (d.AgentId, d.Shift?.AgentId)).Should().Equal(("A", null), ("B", "B"));
    }

    [Test]
    public void Propose_SwapOfTwoDates_ExchangesThem()
    {
        var (days, refusals) = Open(Given(), Day, Shift("B", Monday.PlusDays(2), 12)).Propose([new EditOperation.Swap("A", Monday, "B", Monday.PlusDays(2))]);

        refusals.Should().BeEmpty();
        days.Select(d => (d.AgentId, d.Date, d.Shift?.Start)).Should().Equal(
            ("A", Monday, null), ("A", Monday.PlusDays(2), At(12, 2)), ("B", Monday, At(9)), ("B", Monday.PlusDays(2), null));
    }

    [Test]
    public void Propose_OperationsInARow_EachSeesWhatThoseBeforeItMade()
    {
        var (days, refusals) = Open(Given(), Day).Propose(
            [
                new EditOperation.Remove("A", Monday), new EditOperation.Assign(Shift("A", Monday, 12)), new EditOperation.Move("A", Monday, At(13)),
            ]);

        refusals.Should().BeEmpty();
        days.Should().ContainSingle().Which.Shift!.Start.Should().Be(At(13));
    }

    [Test]
    public void Propose_ThereAndBack_ChangesNothing()
    {
        var (days, refusals) = Open(Given(), Day)
            .Propose([new EditOperation.Move("A", Monday, At(30)), new EditOperation.Move("A", Monday.PlusDays(1), At(9))]);

        refusals.Should().BeEmpty();
        days.Should().BeEmpty();
    }

    private static readonly Dictionary<string, EditOperation> Refused = new()
    {
        ["assign to nobody"] = new EditOperation.Assign(Shift("X", Monday, 9)),
        ["assign after the period"] = new EditOperation.Assign(Shift("B", Monday.PlusDays(7), 9)),
        ["assign to a taken day"] = new EditOperation.Assign(Shift("A", Monday, 12)),
        ["assign to a locked day"] = new EditOperation.Assign(Shift("C", Monday, 12)),
        ["assign on another date"] =
            new EditOperation.Assign(new RosterShift("B", Monday, "day", At(30), At(31), Duration.Zero, [new ShiftActivity("training", null, At(30), At(31))])),
        ["assign two days"] =
            new EditOperation.Assign(new RosterShift("B", Monday, "day", At(9), At(34), Duration.Zero, [new ShiftActivity("training", null, At(9), At(34))])),
        ["assign by the second"] = new EditOperation.Assign(new RosterShift(
            "B", Monday, "day", At(9) + Duration.FromSeconds(1), At(10) + Duration.FromSeconds(1), Duration.Zero,
            [new ShiftActivity("training", null, At(9) + Duration.FromSeconds(1), At(10) + Duration.FromSeconds(1))])),
        ["remove a day off"] = new EditOperation.Remove("A", Monday.PlusDays(1)),
        ["remove from nobody"] = new EditOperation.Remove("X", Monday),
        ["move by the second"] = new EditOperation.Move("A", Monday, At(9) + Duration.FromSeconds(30)),
        ["move to a taken day"] = new EditOperation.Move("A", Monday, At(9, 3)),
        ["move before the period"] = new EditOperation.Move("A", Monday, At(-2)),
        ["move a locked day"] = new EditOperation.Move("C", Monday, At(8)),
        ["end before the start"] = new EditOperation.Resize("A", Monday, null, At(9)),
        ["more than a day"] = new EditOperation.Resize("A", Monday, null, At(34)),
        ["another time altogether"] = new EditOperation.Resize("A", Monday, At(18), At(20)),
        ["the meal alone"] = new EditOperation.Resize("A", Monday, At(13), At(13.5)),
        ["a segment outside"] = new EditOperation.Segment("A", Monday, new ShiftActivity("training", null, At(16), At(18))),
        ["a segment by the second"] = new EditOperation.Segment("A", Monday, new ShiftActivity("training", null, At(15), At(16) + Duration.FromSeconds(1))),
        ["swap with oneself"] = new EditOperation.Swap("A", Monday, "A", Monday.PlusDays(1)),
        ["swap of nothing"] = new EditOperation.Swap("A", Monday.PlusDays(1), "B", Monday.PlusDays(1)),
        ["swap onto a taken day"] = new EditOperation.Swap("B", Monday.PlusDays(1), "A", Monday),
        ["leave backwards"] = new EditOperation.Away("A", At(9), At(9)),
        ["leave of nobody"] = new EditOperation.Away("X", At(9), At(10)),
        ["leave by the second"] = new EditOperation.Away("A", At(9) + Duration.FromSeconds(5), At(10)),
    };

    [TestCase("assign to nobody", "unknownAgent", "*no agent 'X'*")]
    [TestCase("assign after the period", "outsidePeriod", "*2026*7 days*")]
    [TestCase("assign to a taken day", "dayTaken", "*'A' has a shift*")]
    [TestCase("assign to a locked day", "lockedDay", "*'C'*another roster*")]
    [TestCase("assign on another date", "unusableTimes", "*cannot start at 2026-03-03T06:00:00Z*UTC*")]
    [TestCase("assign two days", "unusableTimes", "*within 24 hours*")]
    [TestCase("assign by the second", "notWholeMinutes", "*09:00:01Z*")]
    [TestCase("remove a day off", "noShift", "*'A' has no shift*")]
    [TestCase("remove from nobody", "unknownAgent", "*'X'*")]
    [TestCase("move by the second", "notWholeMinutes", "*09:00:30Z*")]
    [TestCase("move to a taken day", "dayTaken", "*'A' has a shift*")]
    [TestCase("move before the period", "outsidePeriod", "*")]
    [TestCase("move a locked day", "lockedDay", "*")]
    [TestCase("end before the start", "unusableTimes", "*ends after it starts*")]
    [TestCase("more than a day", "unusableTimes", "*within 24 hours*")]
    [TestCase("another time altogether", "unusableTimes", "*remove it instead*")]
    [TestCase("the meal alone", "unusableTimes", "*remove it instead*")]
    [TestCase("a segment outside", "notInShift", "*resize it first*")]
    [TestCase("a segment by the second", "notWholeMinutes", "*")]
    [TestCase("swap with oneself", "sameAgent", "*move the shift instead*")]
    [TestCase("swap of nothing", "noShift", "*Neither 'A'*nor 'B'*")]
    [TestCase("swap onto a taken day", "dayTaken", "*'B' has a shift*")]
    [TestCase("leave backwards", "unusableTimes", "*")]
    [TestCase("leave of nobody", "unknownAgent", "*")]
    [TestCase("leave by the second", "notWholeMinutes", "*")]
    public void Propose_WhatCannotBeDone_IsRefusedWithItsPlace(string operation, string code, string message)
    {
        var problem = Hub(
            People, [Full], [Demand("chat", 7, _ => 1), Demand("mail", 7, _ => 1)], pinned: [new PinnedShift("C", Monday, Shift("C", Monday, 9, "mail"))]);
        var roster = Open(problem, Day, Shift("A", Monday.PlusDays(3), 9), Shift("B", Monday, 9));

        var (_, refusals) = roster.Propose([new EditOperation.Resize("A", Monday, null, At(17)), Refused[operation]]);

        var refusal = refusals.Should().ContainSingle().Subject;
        (refusal.Operation, refusal.Code).Should().Be((1, code));
        refusal.Message.Should().Match(message);
    }
}
