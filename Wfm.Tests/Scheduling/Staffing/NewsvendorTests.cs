using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class NewsvendorTests
{
    [TestCase(4, 1, 0.8)]
    [TestCase(1, 1, 0.5)]
    [TestCase(9e300, 1e300, 0.9)]
    public void RiskLevel_KnownCosts_IsTheCriticalRatio(double under, double over, double level) =>
        Newsvendor.RiskLevel(under, over).Should().BeApproximately(level, 1e-12);

    [Test]
    public void RiskLevel_AsQuantile_HasTheLowestExpectedCost()
    {
        var random = new Random(5);
        var need = Enumerable.Range(0, 500).Select(_ => Math.Floor(20 + 10 * random.NextDouble() + 15 * random.NextDouble())).ToArray();
        var heads = PathQuantile.Of([.. need], Newsvendor.RiskLevel(costUnder: 3, costOver: 1));

        var cheapest = Enumerable.Range(0, 60).Min(Cost);

        Cost((int)heads).Should().BeApproximately(cheapest, 1e-9);

        double Cost(int staffed) => need.Average(n => 3 * Math.Max(0, n - staffed) + Math.Max(0, staffed - n));
    }

    [TestCase(0, 1, "costUnder")]
    [TestCase(-1, 1, "costUnder")]
    [TestCase(1, double.PositiveInfinity, "costOver")]
    [TestCase(1, double.NaN, "costOver")]
    public void RiskLevel_BadCost_NamesIt(double under, double over, string name) =>
        FluentActions.Invoking(() => Newsvendor.RiskLevel(under, over)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
}
