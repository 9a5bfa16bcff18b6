using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Scoring;

public sealed class CoverageTests
{
    // 2 heads for half an hour at 10 a head-hour, 20 % tolerated: one missing head costs 10 × 0.5, the part deeper than 0.4 heads 10 × 0.3 more.
    [TestCase(2, 0)]
    [TestCase(1, 5 + 3)]
    [TestCase(0, 10 + 8)]
    [TestCase(3, 0.5)] // one superfluous head at 1 a head-hour
    public void Recount_HeadsAgainstTwo_CostsAsStated(int heads, double expected)
    {
        var (costs, coverage) = Make(minimum: null);
        if (heads > 0) coverage.Add(0, [30, 0, 0, 0], 100 * heads);

        (coverage.Recount().Total / Money.Unit).Should().BeApproximately(expected + Cost(costs, from: 1), 1e-9);
    }

    [Test]
    public void Recount_BelowMinimumPresence_CostsOnTop()
    {
        var (_, without) = Make(minimum: null);
        var (_, with) = Make(minimum: 1);

        (with.Recount().MissedPresence / Money.Unit).Should().Be(30 * 24);
        (with.Recount().Minimum / Money.Unit).Should().Be(8 * (10 + 10) * 24, "in the search an hour of it outweighs a shift of the dearest work");
        (with.Recount().Under - without.Recount().Under).Should().Be(0);
    }

    [Test]
    public void Add_RandomShifts_DeltaIsDifferenceOfRecounts()
    {
        var (_, coverage) = Make(minimum: 1);
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            double[] profile = [.. Enumerable.Range(0, 4 * (1 + random.Next(4))).Select(_ => (double)random.Next(31))];
            var before = coverage.Recount().Total;
            var delta = coverage.Add(random.Next(48), profile, random.Next(-100, 101));
            delta.Should().Be(coverage.Recount().Total - before, "whole numbers add without error");
        }
    }

    private static double Cost(CoverageCosts costs, int from) => Enumerable.Range(from, 48 - from).Sum(i =>
        ((costs.Under[i] * costs.Required[i]) + (costs.DeepUnder[i] * costs.Deep[i])) / Money.Unit);

    private static (CoverageCosts Costs, Coverage Coverage) Make(double? minimum)
    {
        var line = RosterProblems.Demand("chat", 1, _ => 2);
        if (minimum is { } heads) line = new DemandLine("chat", line.Heads) { MinimumPresence = [.. line.Heads.Select(_ => heads)] };
        var problem = RosterProblems.Hub([], [], [line], 1);
        var costs = new CoverageCosts(problem, new RosterCalendar(problem, 8), 16);
        return (costs, new Coverage(costs));
    }
}
