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
        card.Gap.Should().Be(card.Bound is null ? null : result.Gap);
        (card.BrokenRules + card.UnmetMinima).Should().Be(result.Violations.Count);
    }

    [TestCase(100, 80, 0.2)]
    [TestCase(100, 100, 0)]
    [TestCase(90, 100, 0)]
    [TestCase(0, 0, 0)]
    public void GapOf_CostAndBound_IsTheShareThatMayBeTooHigh(double cost, double bound, double gap) =>
        Scorecard.GapOf(cost, bound).Should().BeApproximately(gap, 1e-12);
}
