using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class CountRegressionTests
{
    private static readonly int[] Seasons = [24, 168];

    [Test]
    public void Forecast_BusyQueue_IsNearTheTruth()
    {
        var forecast = new CountRegression().Fit(SyntheticSeries.HourlyCounts(20, 200, 1), Seasons).Forecast(168);

        Error(forecast, 200).Should().BeLessThan(0.03);
    }

    [Test]
    public void Forecast_ThinQueue_BorrowsFromHoursAndDays()
    {
        var y = SyntheticSeries.HourlyCounts(20, 0.5, 1); // about 30 contacts a week in 168 slots

        var shrunk = Error(new CountRegression().Fit(y, Seasons).Forecast(168), 0.5);
        var single = Error(new SlotOfWeekRegression().Fit(y, Seasons).Forecast(168), 0.5);

        shrunk.Should().BeLessThan(0.6 * single);
    }

    [Test]
    public void Forecast_AnnualPattern_IsFollowed()
    {
        const double year = 365.2425;
        double Rate(int t) => 100 * (t % 7 < 5 ? 1.2 : 0.5) * Math.Exp(0.3 * Math.Sin(2 * Math.PI * t / year));
        double[] y = [.. Enumerable.Range(0, 900).Select(Rate)];

        var forecast = new CountRegression(year).Fit(y, [7]).Forecast(180);

        (forecast.Select((f, h) => Math.Abs(f - Rate(900 + h))).Sum() / Enumerable.Range(900, 180).Sum(Rate)).Should().BeLessThan(0.04);
    }

    [Test]
    public void Forecast_LevelOfTheLastWeeks_IsTaken()
    {
        var y = SyntheticSeries.HourlyCounts(40, 50, 3);
        for (var t = 30 * 168; t < y.Length; t++)
        {
            y[t] *= 2;
        }

        Error(new CountRegression().Fit(y, Seasons).Forecast(168), 100).Should().BeLessThan(0.06);
    }

    [Test]
    public void Dispersion_PoissonCounts_IsNearZero() =>
        new CountRegression().Fit(SyntheticSeries.HourlyCounts(52, 20, 5), Seasons).Dispersion.Should().BeLessThan(0.01);

    [Test]
    public void Dispersion_MixedPoissonCounts_IsThatOfTheMixture()
    {
        var random = new Random(8);

        // A gamma mixture of Poisson counts is negative binomial; the sum of two exponentials has variance ½ of its squared mean.
        double[] y = [.. Enumerable.Range(0, 52 * 168).Select(_ =>
            (double)SyntheticSeries.Poisson(random, -5 * (Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble()))))];

        new CountRegression().Fit(y, Seasons).Dispersion.Should().BeApproximately(0.5, 0.05);
    }

    private static double Error(double[] forecast, double size) =>
        forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, size))).Sum()
        / Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, size));
}
