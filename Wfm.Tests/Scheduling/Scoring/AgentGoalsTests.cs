using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Scoring;

public sealed class AgentGoalsTests
{
    [Test]
    public void Score_HoursAroundMinimum_CountsMissingAndExtra()
    {
        Score(Agent("A", Contract(24, 60)), [(0, 8), (1, 8)]).Missing.Should().Be(8 * 40);
        Score(Agent("A", Contract(24, 60)), [(0, 8), (1, 8), (2, 8), (3, 8)]).Extra.Should().Be(8 * 1);
    }

    [Test]
    public void Score_LeaveOfTwoDays_ShortensMinimumByTwoFifths()
    {
        var start = Monday.AtMidnight().InUtc().ToInstant();
        var agent = Agent("A", Contract(40, 60, 5)) with { };
        var away = new RosterAgent("A", agent.Contract, agent.Skills, [], [new TimeOff(start, start + Duration.FromDays(2))], []);
        Score(away, [(2, 8), (3, 8)]).Missing.Should().Be(8 * 40);
    }

    [Test]
    public void Score_StartMovesOverMidnight_CountsShortWayBeyondTwoHours()
    {
        Score(Agent("A"), [(0, 23), (1, 1)]).StartChanges.Should().Be(0, "two hours are tolerated");
        Score(Agent("A"), [(0, 22), (1, 1)]).StartChanges.Should().Be((3 - 2) * 1);
        Score(Agent("A"), [(0, 6), (2, 14)]).StartChanges.Should().Be(0, "a day off lies between");
    }

    [Test]
    public void Score_DayOffBetweenWorkingDays_CostsUnlessPairedOrLeaveOrAtTheEdge()
    {
        Score(Agent("A"), [(0, 8), (2, 8)]).LoneDaysOff.Should().Be(8);
        Score(Agent("A"), [(0, 8), (3, 8), (5, 8)]).LoneDaysOff.Should().Be(8, "of the two gaps one is a single day");
        Score(Agent("A"), [(1, 8), (2, 8)]).LoneDaysOff.Should().Be(0, "what lies before and after is not known to be work");
        var tuesday = Monday.PlusDays(1).AtMidnight().InUtc().ToInstant();
        var away = Agent("A") with { TimeOff = [new TimeOff(tuesday, tuesday + Duration.FromDays(1))] };
        Score(away, [(0, 8), (2, 8)]).LoneDaysOff.Should().Be(0, "leave was asked for");
    }

    [Test]
    public void Score_WeekendWorkedInPart_CostsUnlessTheOtherDayIsLeave()
    {
        Score(Agent("A"), [(5, 8)]).SplitWeekends.Should().Be(4);
        Score(Agent("A"), [(6, 8)]).SplitWeekends.Should().Be(4);
        Score(Agent("A"), [(5, 8), (6, 8)]).SplitWeekends.Should().Be(0);
        Score(Agent("A"), [(4, 8)]).SplitWeekends.Should().Be(0);
        var sunday = Monday.PlusDays(6).AtMidnight().InUtc().ToInstant();
        Score(Agent("A") with { TimeOff = [new TimeOff(sunday, sunday + Duration.FromDays(1))] }, [(5, 8)]).SplitWeekends.Should().Be(0);
    }

    [Test]
    public void Score_EveryWeekendWorked_CostsWhereThereAreTwo()
    {
        Score(Agent("A"), [(5, 8), (13, 8)], days: 14).NoFreeWeekends.Should().Be(160);
        Score(Agent("A"), [(5, 8), (6, 8), (11, 8)], days: 14).NoFreeWeekends.Should().Be(0);
        Score(Agent("A"), [(5, 8), (6, 8)]).NoFreeWeekends.Should().Be(0, "there is one weekend");
        Score(Agent("A"), [(5, 8), (12, 8)], days: 13).NoFreeWeekends.Should().Be(0, "half of the second weekend lies beyond the period");
    }

    [Test]
    public void Score_NightWithoutAnother_CostsWhereTheDaysAroundAreKnown()
    {
        Score(Agent("A"), [(2, 22)]).LoneNights.Should().Be(8);
        Score(Agent("A"), [(2, 22), (3, 22)]).LoneNights.Should().Be(0);
        Score(Agent("A"), [(6, 22)]).LoneNights.Should().Be(0, "the night after it may follow");
    }

    [Test]
    public void Score_StartTurnsBack_CostsUnlessTwoDaysOffLieBetween()
    {
        Score(Agent("A"), [(0, 14), (1, 6)]).BackwardRotations.Should().Be(3);
        Score(Agent("A"), [(0, 14), (2, 6)]).BackwardRotations.Should().Be(3);
        Score(Agent("A"), [(0, 14), (3, 6)]).BackwardRotations.Should().Be(0);
        Score(Agent("A"), [(0, 6), (1, 14), (2, 22)]).BackwardRotations.Should().Be(0, "it runs forward");
    }

    [Test]
    public void Score_WeekendsAndNights_CountSquaresWithLedgerBeyondTheShareOfMost()
    {
        var worked = new[] { (0, 22), (5, 8), (6, 8) };
        Score(Agent("A"), worked).Fairness.Should().BeApproximately((0.1 * 1 * 1) + (3 * 1 * 1), 1e-9);
        Score(Agent("A") with { Ledger = new FairnessLedger(8, 9) }, worked).Fairness.Should().BeApproximately(3.1, 1e-9, "the only one carries what all do");
        Score(Agent("A") with { Ledger = new FairnessLedger(1, 2) }, worked, [Agent("B"), Agent("C")]).Fairness.Should()
            .BeApproximately((0.1 * 2 * 2) + (3 * 3 * 3), 1e-9);
    }

    [Test]
    public void Score_HolidaysWorked_CountSquaresWithLedgerBeyondTheShareOfMost()
    {
        LocalDate[] holidays = [Monday.PlusDays(1), Monday.PlusDays(2), Monday.PlusDays(40)];
        double Fairness(FairnessLedger ledger, params int[] days) => Score(
            Agent("A") with { Ledger = ledger }, [.. days.Select(d => (d, 8))], [Agent("B"), Agent("C")], holidays: holidays).Fairness;

        Fairness(FairnessLedger.Empty, 0, 3).Should().Be(0);
        Fairness(FairnessLedger.Empty, 1).Should().Be(5 * 1);
        Fairness(FairnessLedger.Empty, 1, 2).Should().Be(5 * 4);
        Fairness(FairnessLedger.Empty with { Holidays = 2 }, 1).Should().Be(5 * 9);
    }

    [Test]
    public void Score_WishRefusedToSomebodyOftenRefused_CostsMoreUpToALimit()
    {
        double Refused(int before) => Score(
            Agent("A") with
            {
                Preferences = new AgentPreferences([], [new ShiftWish(Monday, null, Wanted: false, 4)]),
                Ledger = FairnessLedger.Empty with { RefusedWishes = before },
            },
            [(0, 8)], [Agent("B"), Agent("C")]).Preferences;

        Refused(0).Should().Be(4);
        Refused(10).Should().Be(4 * 1.5);
        Refused(40).Should().Be(4 * 3);
        Refused(400).Should().Be(4 * 3);
    }

    [Test]
    public void Score_WishesRefused_CostTheirWeights()
    {
        var agent = Agent("A") with
        {
            Preferences = new AgentPreferences([new TemplatePreference("day", 1)],
            [
                new ShiftWish(Monday, null, Wanted: false, 5), new ShiftWish(Monday.PlusDays(1), null, Wanted: true, 7),
                new ShiftWish(Monday.PlusDays(2), "day", Wanted: true, 11), new ShiftWish(Monday.PlusDays(3), "day", Wanted: false, 13),
            ]),
        };
        Score(agent, [(0, 8)]).Preferences.Should().Be(1 + 5 + 7 + 11);
        Score(agent, [(1, 8), (2, 8), (3, 8)]).Preferences.Should().Be(3 + 13);
    }

    private static AgentScore Score(RosterAgent agent, (int Day, int Hour)[] shifts, RosterAgent[]? others = null, int days = 7,
        IReadOnlyList<LocalDate>? holidays = null)
    {
        var problem = Hub([agent, .. others ?? []], [Template("day", 0, 23, 8)], [Demand("chat", days, _ => 0)], days);
        var compiled = new CompiledProblem(problem with { Holidays = holidays ?? [] });
        var cells = new DayCell[compiled.Calendar.Rows];
        foreach (var (day, hour) in shifts)
        {
            cells[compiled.Calendar.Offset + day] = compiled.Cell(compiled.Shifts.At(0, hour, compiled.Calendar.Offset + day), 0, 0);
        }

        var score = compiled.Goals.Score(0, cells, compiled.Calendar.Offset, compiled.Calendar.End - 1);
        return new AgentScore(
            score.Missing / Money.Unit, score.Extra / Money.Unit, score.StartChanges / Money.Unit, score.Fairness / Money.Unit, score.Preferences / Money.Unit)
        {
            LoneDaysOff = score.LoneDaysOff / Money.Unit,
            SplitWeekends = score.SplitWeekends / Money.Unit,
            NoFreeWeekends = score.NoFreeWeekends / Money.Unit,
            LoneNights = score.LoneNights / Money.Unit,
            BackwardRotations = score.BackwardRotations / Money.Unit,
        };
    }
}
