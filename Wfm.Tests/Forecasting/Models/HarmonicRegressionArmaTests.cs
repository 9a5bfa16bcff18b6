using System.Globalization;
using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class HarmonicRegressionArmaTests
{
    // Reference/README.md: forecast::Arima(xreg = fourier(K), method = "CSS").
    [TestCase(1, 2, 3, 2)]
    [TestCase(2, 1, 2, 1)]
    [TestCase(3, 0, 4, 8)]
    public void Forecast_FixedOrders_MatchesR(int column, int autoregressive, int pairsOfTheDay, int pairsOfTheWeek)
    {
        var y = Column("harmonic-observations.csv", 1);
        var expected = Column("harmonic-forecasts.csv", column);

        var forecast = new HarmonicRegressionArma(logarithm: false, new HarmonicOrders([pairsOfTheDay, pairsOfTheWeek], autoregressive))
            .Fit(y, [24, 168]).Forecast(expected.Length);

        // Both minimise the same sum of squares; R's optimizer stops at about five digits.
        forecast.Zip(expected, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(autoregressive == 0 ? 1e-5 : 5e-3);
    }

    [Test]
    public void Forecast_SinusoidsOfTwoSeasons_AreContinuedExactly()
    {
        double Wave(int t) => 20 + (5 * Math.Sin(2 * Math.PI * 3 * t / 24)) + (2 * Math.Cos(2 * Math.PI * 2 * t / 168));
        double[] y = [.. Enumerable.Range(0, 700).Select(Wave)];

        var forecast = new HarmonicRegressionArma(logarithm: false).Fit(y, [24, 168]).Forecast(200);

        forecast.Select((f, h) => Math.Abs(f - Wave(700 + h))).Max().Should().BeLessThan(1e-4);
    }

    [Test]
    public void Forecast_SeasonInProportionToTheLevel_SuitsTheLogarithm()
    {
        double Wave(int t) => 100 * Math.Exp(0.5 * Math.Sin(2 * Math.PI * t / 24));
        double[] y = [.. Enumerable.Range(0, 480).Select(Wave)];

        var forecast = new HarmonicRegressionArma(logarithm: true, new HarmonicOrders([1], 0)).Fit(y, [24]).Forecast(24);

        forecast.Select((f, h) => Math.Abs(f - Wave(480 + h))).Max().Should().BeLessThan(1e-4);
    }

    [Test]
    public void Forecast_AnnualSeason_IsUsedFromTwoYears()
    {
        const int year = 364;
        double Wave(int t) => 100 + (20 * Math.Sin(2 * Math.PI * t / year)) + (t % 7 < 5 ? 10 : -25);
        double[] y = [.. Enumerable.Range(0, 2 * year).Select(Wave)];

        var forecast = new HarmonicRegressionArma(logarithm: false).Fit(y, [7, 28, year]).Forecast(180);

        forecast.Select((f, h) => Math.Abs(f - Wave((2 * year) + h))).Average().Should().BeLessThan(1);
    }

    [Test]
    public void Forecast_WeeklyProfile_IsLearned()
    {
        var y = SyntheticSeries.HourlyCounts(8, 200, 2);

        var forecast = new HarmonicRegressionArma(logarithm: false).Fit(y, [24, 168]).Forecast(168);

        var wape =
            forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 200))).Sum()
            / Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 200));
        wape.Should().BeLessThan(0.1);
    }

    [Test]
    public void Forecast_LevelShift_IsFollowedAndFades()
    {
        double[] y = [.. Enumerable.Range(0, 20 * 24).Select(t => (t < 440 ? 100.0 : 130.0) + (10 * Math.Sin(2 * Math.PI * t / 24)) + (t * 7919 % 13))];

        var forecast = new HarmonicRegressionArma(logarithm: false).Fit(y, [24]).Forecast(480);

        forecast[..24].Average().Should().BeGreaterThan(forecast[^24..].Average()).And.BeGreaterThan(115);
    }

    [TestCase(-1, 1)]
    [TestCase(2, -1)]
    [TestCase(2, 6)]
    public void HarmonicOrders_OutOfRange_AreRefused(int pairs, int autoregressive) =>
        FluentActions.Invoking(() => new HarmonicOrders([pairs], autoregressive)).Should().Throw<ArgumentOutOfRangeException>();

    private static double[] Column(string file, int column) =>
    [
        .. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Reference", file)).Skip(1)
            .Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture)),
    ];
}
