using Wfm.Forecasting;
using Wfm.Forecasting.Decomposition;

namespace Wfm.Tests.Forecasting.Decomposition;

public sealed class StlTests
{
    private static readonly double[] Shape = [5, -2, -4, 1, 3, -3];

    private static double[] LineAndSeason(int n) => [.. Enumerable.Range(0, n).Select(t => 100 + (0.5 * t) + Shape[t % 6])];

    [Test]
    public void Decompose_LineAndFixedSeason_FindsBoth()
    {
        var parts = Stl.Decompose(LineAndSeason(60), 6);

        // The season is a local constant, as in R, so a slope leaves a trace of itself at both ends.
        parts.Seasonal.Select((s, t) => Math.Abs(s - Shape[t % 6])).Max().Should().BeLessThan(0.1);
        parts.Trend.Select((level, t) => Math.Abs(level - 100 - (0.5 * t))).Max().Should().BeLessThan(0.2);
    }

    [Test]
    public void Decompose_AnySeries_AddsUp()
    {
        var random = new Random(2);
        double[] y = [.. Enumerable.Range(0, 200).Select(_ => 50 * random.NextDouble())];

        foreach (var robust in new[] { false, true })
        {
            var parts = Stl.Decompose(y, 12, new StlOptions { SeasonalWindow = 7, Robust = robust });
            for (var t = 0; t < y.Length; t++)
            {
                (parts.Seasonal[t] + parts.Trend[t] + parts.Remainder[t]).Should().BeApproximately(y[t], 1e-9);
            }
        }
    }

    [Test]
    public void Decompose_OutlierAndRobust_LeavesItInTheRemainder()
    {
        var random = new Random(4);
        double[] y = [.. LineAndSeason(96).Select(v => v + random.NextDouble() - 0.5)];
        y[50] += 200;

        var plain = Stl.Decompose(y, 6);
        var robust = Stl.Decompose(y, 6, new StlOptions { Robust = true });

        robust.Remainder[50].Should().BeApproximately(200, 1.5);
        plain.Remainder[50].Should().BeLessThan(190);
    }

    [Test]
    public void Decompose_FixedSeason_RepeatsExactly()
    {
        var random = new Random(3);
        double[] y = [.. LineAndSeason(80).Select(v => v + random.NextDouble())];

        var seasonal = Stl.Decompose(y, 6, new StlOptions { SeasonalWindow = int.MaxValue }).Seasonal;

        seasonal[..6].Should().Equal(seasonal[6..12]);
    }

    [Test]
    public void Decompose_LessThanTwoSeasons_SaysWhatIsNeeded() => FluentActions.Invoking(() => Stl.Decompose([1, 2, 3], 2))
        .Should().Throw<ForecastDataException>().WithMessage("*two seasons of 2, 4 observations*has 3*");
}
