using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

/// <summary>After a change of level intervals come back to their width as weeks are seen at the new one.</summary>
public sealed class LevelChangeWidthTests
{
    private const int Days = 280;
    private const int Ahead = 28;
    private const int Seeds = 24;

    [TestCase(2)]
    [TestCase(4)]
    [TestCase(6)]
    [TestCase(8)]
    [TestCase(12)]
    [TestCase(16)]
    [TestCase(24)]
    public void Forecast_LevelChangedWeeksAgo_EightyPerCentHold(int weeks)
    {
        var (inside, width, volume) = (0, 0.0, 0.0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var factor = seed % 2 == 0 ? 1.6 : 0.6;
            double[] days = [.. Enumerable.Range(0, Days + Ahead).Select(t => (double)SyntheticSeries.Poisson(
                random, 150 * (t % 7 >= 5 ? 0.6 : 1) * (t >= Days - (7 * weeks) - (seed % 7) ? factor : 1)))];
            var forecast = ForecastEngine.Forecast(
                new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), days[..Days]), Ahead, new ForecastOptions());
            var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
            for (var h = 0; h < Ahead; h++)
            {
                inside += days[Days + h] >= low[h] && days[Days + h] <= high[h] ? 1 : 0;
                (width, volume) = (width + high[h] - low[h], volume + days[Days + h]);
            }
        }

        var coverage = inside / (double)(Seeds * Ahead);
        TestContext.Out.WriteLine($"{weeks} weeks: coverage {coverage:0.000}, width {width / volume:0.000} of the volume");
        coverage.Should().BeInRange(0.75, 0.99);
    }
}
