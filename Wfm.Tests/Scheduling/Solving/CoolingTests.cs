using Wfm.Scheduling.Solving;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class CoolingTests
{
    [Test]
    public void At_WorkLimit_CoolsGeometricallyToTheEnd()
    {
        var budget = new SearchBudget(new SolveLimits(1, 1_000), cells: 1_000, CancellationToken.None);
        var cooling = new Cooling(hot: 100, cold: 1, budget, end: 1, cells: 1_000);
        foreach (var (moves, temperature) in new[] { (0, 100.0), (500, 10), (1_000, 1) })
        {
            budget.Moves = moves;
            cooling.At(moves).Should().BeApproximately(temperature, 1e-9);
        }
    }

    [Test]
    public void At_PartOfTheBudget_CoolsOverThatPart()
    {
        var budget = new SearchBudget(new SolveLimits(1, 1_000), cells: 1_000, CancellationToken.None) { Moves = 200 };
        var cooling = new Cooling(100, 1, budget, end: 0.4, cells: 1_000);
        budget.Moves = 300;
        cooling.At(100).Should().BeApproximately(10, 1e-9);
    }

    [Test]
    public void At_Clock_FollowsIt()
    {
        var used = 0.0;
        var budget = new SearchBudget(new SolveLimits(1, long.MaxValue) { Seconds = 1, Elapsed = () => used }, 1_000, CancellationToken.None);
        var cooling = new Cooling(100, 1, budget, end: 1, cells: 1_000);
        used = 0.5;
        cooling.At(3).Should().BeApproximately(10, 1e-9);
        used = 2;
        cooling.At(4).Should().BeApproximately(1, 1e-9);
    }

    [Test]
    public void At_LimitFarAwayWithoutClock_WarmsUpInDoublingRounds()
    {
        var cooling = new Cooling(100, 1, new SearchBudget(new SolveLimits(1, long.MaxValue), 2, CancellationToken.None), end: 1, cells: 2);
        cooling.At(0).Should().Be(100);
        cooling.At(299).Should().BeLessThan(2);
        cooling.At(300).Should().Be(100);
        cooling.At(600).Should().BeApproximately(10, 1e-9);
        cooling.At(900).Should().Be(100);
    }
}
