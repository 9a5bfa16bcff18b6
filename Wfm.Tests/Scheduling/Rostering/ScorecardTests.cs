using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rostering;

public sealed class ScorecardTests
{
    [Test]
    public void Of_ARoster_AddsUpWhatTheResultSays()
    {
        var problem = Hub([Agent("A"), Agent("B")], [Template("early", 6, 9, 8)], [Demand("chat", 7, _ => 1)]);
        var result = new RosterSolver().Solve(problem, new SolveLimits(1, 5_000));

        var card = Scorecard.Of(problem, result);

        card.Agents.Should().Be(2);
        card.Shifts.Should().Be(result.Shifts.Count);
        card.PaidHours.Should().Be(result.Shifts.Sum(s => s.Paid.TotalHours));
        card.Coverage.Should().Be(CoverageFigures.Of(problem, result.Coverage, result.Deferrable));
        card.Cost.Should().Be(result.Score.Total);
        card.Ergonomics.Should().Be(result.Ergonomics);
        card.Gap.Should().Be(card.Bound is null ? null : result.Gap);
        (card.BrokenRules + card.UnmetMinima).Should().Be(result.Violations.Count);
    }

    [Test]
    public void Ergonomics_OfAKnownRoster_CountWhatItsDaysAreAmongOthers()
    {
        var problem = Hub([Agent("A"), Agent("B")], [Template("day", 0, 23, 8)], [Demand("chat", 14, _ => 0)], days: 14);
        (int Day, int Hour)[] worked = [(0, 14), (1, 6), (3, 6), (5, 6), (6, 6), (9, 22), (12, 22), (13, 22)];

        var figures = RosterRepair.Evaluate(problem, [.. worked.Select(w => Shift("A", "UTC", Monday.PlusDays(w.Day), w.Hour, 8, "chat", "day"))]).Ergonomics;

        (figures.People, figures.DaysOff, figures.LoneDaysOff).Should().Be((1, 6, 2), "Wednesday and Friday lie alone; B has no shift");
        (figures.Weekends, figures.EveryWeekend).Should().Be((2, 1));
        (figures.Nights, figures.LoneNights).Should().Be((3, 1), "the two at the end go together");
        (figures.Successions, figures.StartChanges, figures.BackwardRotations).Should().Be((3, 1, 1), "Tuesday begins eight hours before Monday did");
    }

    [TestCase(100, 80, 0.2)]
    [TestCase(100, 100, 0)]
    [TestCase(90, 100, 0)]
    [TestCase(0, 0, 0)]
    public void GapOf_CostAndBound_IsTheShareThatMayBeTooHigh(double cost, double bound, double gap) =>
        Scorecard.GapOf(cost, bound).Should().BeApproximately(gap, 1e-12);
}
