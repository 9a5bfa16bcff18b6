using Wfm.Forecasting.Uncertainty;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class PathSumsTests
{
    private static readonly double[] Levels = [0.05, 0.5, 0.95];

    [Test]
    public void Quantiles_Sums_CentreOnTheMean() => PathSums.Quantiles([3, 1, 2], mean: 12, Levels).Should().Equal(11.1, 12, 12.9);

    [Test]
    public void Quantiles_BelowZero_AreZeroForVolumes()
    {
        PathSums.Quantiles([0, 0, 9], mean: 1, Levels)[0].Should().Be(0);
        PathSums.Quantiles([0, 0, 9], mean: 1, Levels, nonNegative: false)[0].Should().Be(-2);
    }

    [Test]
    public void Quantiles_DayOfAVeryThinQueue_LieAroundItsMean()
    {
        // 48 half-hours of 0.07 contacts: 3.4 a day. Smooth quantiles alone would put the middle of the day's sums near 12.
        double[] levels = [0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99];
        double[][] rows = [.. new[] { 0, 0, 0.07, 0.47, 0.87, 1, 1.5 }.Select(v => Enumerable.Repeat(v, 48).ToArray())];
        double[] sums = [.. SamplePaths.Generate(levels, rows, 48, PathDependence.Independent, 400, 1).Select(p => p.Sum())];

        var quantiles = PathSums.Quantiles(sums, 48 * 0.07, Levels);

        quantiles[1].Should().BeApproximately(3.4, 0.5);
        quantiles[0].Should().BeInRange(0, 1.5);
        quantiles[2].Should().BeInRange(5, 9);
    }

    [Test]
    public void Quantiles_NoPaths_Throws() =>
        FluentActions.Invoking(() => PathSums.Quantiles([], 1, Levels)).Should().Throw<ArgumentException>().WithMessage("*no paths*");
}
