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
    public void Score_StartMovesOverMidnight_CountsShortWay() => // 23:00 then 01:00 two days later: two hours
        Score(Agent("A"), [(0, 23), (2, 1)]).StartChanges.Should().Be(2 * 0.5);

    [Test]
    public void Score_WeekendsAndNights_CountSquaresWithLedger()
    {
        var agent = Agent("A") with { Ledger = new FairnessLedger(1, 2) };
        Score(agent, [(0, 22), (5, 8), (6, 8)]).Fairness.Should().BeApproximately((0.1 * 2 * 2) + (0.2 * 3 * 3), 1e-9);
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

    private static AgentScore Score(RosterAgent agent, (int Day, int Hour)[] shifts)
    {
        var compiled = new CompiledProblem(Hub([agent], [Template("day", 0, 23, 8)], [Demand("chat", 7, _ => 0)]));
        var days = new DayCell[compiled.Calendar.Rows];
        foreach (var (day, hour) in shifts)
        {
            days[compiled.Calendar.Offset + day] = compiled.Cell(compiled.Shifts.At(0, hour, compiled.Calendar.Offset + day), 0, 0);
        }

        var score = compiled.Goals.Score(0, days, compiled.Calendar.Offset, compiled.Calendar.End - 1);
        return new AgentScore(
            score.Missing / Money.Unit, score.Extra / Money.Unit, score.StartChanges / Money.Unit, score.Fairness / Money.Unit, score.Preferences / Money.Unit);
    }
}
