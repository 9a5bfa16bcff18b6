using Wfm.Forecasting;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

/// <summary>Of slots in which few contacts come, quantiles say what sample paths say: whole numbers, as often.</summary>
public sealed class ThinQuantilesTests
{
    private const int Ahead = 168;
    private const int Paths = 2000;

    [TestCase(0.02)]
    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(2)]
    public void Forecast_ThinQueue_QuantilesAgreeWithThePaths(double size)
    {
        var forecast = ForecastEngine.Forecast(SyntheticSeries.HourlySeries(30, size, 3), Ahead, new ForecastOptions());
        var paths = forecast.SamplePaths(Paths, 1);
        const double Chance = 0.04; // four standard errors of a share of 2,000

        foreach (var level in new[] { 0.5, 0.9, 0.95, 0.99 })
        {
            var quantile = forecast.Quantile(level);
            for (var h = 0; h < Ahead; h++)
            {
                var at = (int)quantile[h];
                quantile[h].Should().Be(at, "a count is a whole number");
                paths.Count(path => path[h] <= at).Should().BeGreaterThan((int)((level - Chance) * Paths), $"P{100 * level} of step {h} is {at}");
                paths.Count(path => path[h] < at).Should().BeLessThan((int)((level + Chance) * Paths), $"P{100 * level} of step {h} is {at}");
            }
        }

        paths.Average(path => path.Sum()).Should().BeApproximately(forecast.Mean.Sum(), 0.1 * forecast.Mean.Sum(), "rare contacts are not lost");
    }
}
