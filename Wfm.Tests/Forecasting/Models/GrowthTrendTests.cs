using Wfm.Forecasting.Models;

namespace Wfm.Tests.Forecasting.Models;

public sealed class GrowthTrendTests
{
    private static double[] Weeks(int weeks, double growth, double noise, int seed = 4)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, weeks).Select(w => 1000 * Math.Pow(1 + growth, w) * (1 + (noise * (random.NextDouble() - 0.5))))];
    }

    [Test]
    public void Forecast_ExactGrowth_GoesOnAThirdOfTheHistory()
    {
        var y = Weeks(39 + 13, 0.03, 0);

        var forecast = new GrowthTrend(52).Fit(y.AsSpan(0, 39), []).Forecast(13);

        forecast.Zip(y[39..], (f, right) => f / right).Should().OnlyContain(ratio => ratio > 0.999 && ratio < 1.001);
    }

    [Test]
    public void Forecast_ExactGrowth_EndsInTheLong()
    {
        var forecast = new GrowthTrend(52).Fit(Weeks(39, 0.03, 0), []).Forecast(400);

        // Σ 2^(−k ÷ 13), k = 1…∞, is 18.3 weeks of growth after the 13 it is believed in.
        (forecast[^1] / Weeks(39, 0.03, 0)[^1]).Should().BeApproximately(Math.Pow(1.03, 13 + (1 / (Math.Pow(2, 1 / 13.0) - 1))), 0.01);
    }

    [TestCase(26)]
    [TestCase(156)]
    public void Forecast_NoiseWithoutGrowth_IsFlat(int memory)
    {
        var forecast = new GrowthTrend(memory).Fit(Weeks(160, 0, 0.2), []).Forecast(52);

        forecast.Should().OnlyContain(v => v == forecast[0]);
    }

    [Test]
    public void Forecast_Shrinking_StaysAboveZero() => new GrowthTrend(52).Fit(Weeks(60, -0.05, 0.05), []).Forecast(104).Should().OnlyContain(v => v > 0);
}
