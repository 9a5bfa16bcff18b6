using Wfm.Forecasting.Numerics;

namespace Wfm.Tests.Forecasting.Numerics;

public sealed class NegativeBinomialQuantilesTests
{
    private static readonly double[] Levels = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

    private static double[] Write(double mean, double variance)
    {
        var quantiles = new double[Levels.Length];
        new NegativeBinomialQuantiles(Levels).Write(mean, variance, quantiles);
        return quantiles;
    }

    // Sums of the probabilities in double precision by a loop of its own (Python): the definition, P(X ≤ q) ≥ level.
    [TestCase(3, 7.5, new double[] { 0, 0, 1, 2, 4, 7, 12 })]
    [TestCase(0.2, 0.26, new double[] { 0, 0, 0, 0, 0, 1, 2 })]
    [TestCase(0.05, 0.0625, new double[] { 0, 0, 0, 0, 0, 0, 1 })]
    [TestCase(40, 200, new double[] { 14, 23, 30, 39, 49, 59, 79 })]
    public void Write_SmallMean_IsTheDefinition(double mean, double variance, double[] expected) => Write(mean, variance).Should().Equal(expected);

    [TestCase(150, 1000, new double[] { 86, 111, 128, 148, 170, 192, 232 })]
    [TestCase(400, 16400, new double[] { 162, 247, 308, 387, 478, 570, 756 })]
    [TestCase(1000, 41000, new double[] { 589, 751, 857, 987, 1128, 1267, 1530 })]
    public void Write_LargeMean_IsNearTheDefinition(double mean, double variance, double[] expected) =>
        Write(mean, variance).Zip(expected, (a, b) => Math.Abs(a - b) / mean).Max().Should().BeLessThan(0.01, "the expansion leaves a percent at the tails");

    [Test]
    public void Write_VarianceBelowTheMean_IsPoisson() => Write(4, 1).Should().Equal(0, 2, 3, 4, 5, 7, 9); // R: qpois

    [TestCase(0)]
    [TestCase(-1)]
    public void Write_NoMean_IsNothing(double mean) => Write(mean, 3).Should().OnlyContain(v => v == 0);

    [Test]
    public void Write_LargerMean_IsNowhereLower()
    {
        var below = Write(0.01, 0.01);
        for (var mean = 0.02; mean < 300; mean *= 1.05)
        {
            var quantiles = Write(mean, mean + (0.1 * mean * mean));
            quantiles.Should().BeInAscendingOrder().And.OnlyContain(v => v == Math.Floor(v) && v >= 0);
            quantiles.Zip(below, (now, before) => now - before).Should().OnlyContain(step => step >= -1, "the expansion above a mean of 100 may differ by one");
            below = quantiles;
        }
    }
}
