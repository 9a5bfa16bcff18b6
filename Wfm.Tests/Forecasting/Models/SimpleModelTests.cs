using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class SimpleModelTests
{
    [Test]
    public void SeasonalNaive_LastSeason_IsRepeated() =>
        new SeasonalNaive().Fit([9, 9, 1, 2, 3], [3]).Forecast(5).Should().Equal(1, 2, 3, 1, 2);

    [Test]
    public void SeasonalWindowAverage_MeanOfTwoWeeks_IsTheMean() =>
        new SeasonalWindowAverage(2).Fit([100, 100, 1, 2, 3, 6], [2]).Forecast(3).Should().Equal(2, 4, 2);

    [Test]
    public void SeasonalWindowAverage_Median_IgnoresOneWeek() =>
        new SeasonalWindowAverage(3, median: true).Fit([1, 2, 500, 700, 3, 4], [2]).Forecast(2).Should().Equal(3, 4);

    [Test]
    public void AutoregressiveRidge_SineWave_IsContinued()
    {
        double[] y = [.. Enumerable.Range(0, 400).Select(t => 10 + (3 * Math.Sin(2 * Math.PI * t / 24)))];

        var forecast = new AutoregressiveRidge(dense: true, logarithm: false).Fit(y, [24]).Forecast(48);

        forecast.Select((f, h) => Math.Abs(f - 10 - (3 * Math.Sin(2 * Math.PI * (400 + h) / 24)))).Max().Should().BeLessThan(0.05);
    }

    [Test]
    public void Theta_StraightLine_GoesOnAtHalfTheSlopeOrMore()
    {
        double[] y = [.. Enumerable.Range(1, 40).Select(t => 2.0 * t)];

        // On a perfect line SES with a high α follows, so the drift of the method is all there.
        new Theta(optimised: false).Fit(y, []).Forecast(1)[0].Should().BeInRange(79, 82.5);
    }

    [Test]
    public void LevelTimesShape_WeeklyProfile_IsReproduced()
    {
        double[] y = [.. Enumerable.Range(0, 6 * 168).Select(t => SyntheticSeries.HourlyRate(t % 168, 100))];

        var forecast = new LevelTimesShape(4).Fit(y, [24, 168]).Forecast(168);

        forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 100))).Max().Should().BeLessThan(0.1);
    }

    [Test]
    public void SlotOfWeekRegression_AnnualPattern_IsFollowed()
    {
        const double year = 365.2425;
        double[] y = [.. Enumerable.Range(0, 1100).Select(t => 100 * (1 + (t % 7 < 5 ? 0.2 : -0.5)) * Math.Exp(0.3 * Math.Sin(2 * Math.PI * t / year)))];

        var forecast = new SlotOfWeekRegression(year).Fit(y.AsSpan(0, 900), [7]).Forecast(180);

        var error = forecast.Select((f, h) => Math.Abs(f - y[900 + h])).Sum() / y[900..1080].Sum();
        error.Should().BeLessThan(0.04);
    }

    [Test]
    public void Croston_EveryFourthPeriod_IsAQuarterOfTheSize()
    {
        double[] y = [.. Enumerable.Range(1, 400).Select(t => t % 4 == 0 ? 8.0 : 0.0)];

        new Croston(CrostonVariant.Original).Fit(y, []).Forecast(1)[0].Should().BeApproximately(2, 1e-9);
        new Croston(CrostonVariant.Sba).Fit(y, []).Forecast(1)[0].Should().BeApproximately(2 * 0.95, 1e-9);
    }

    [Test]
    public void Croston_DeadQueue_OnlyTsbGoesToZero()
    {
        double[] y = [.. Enumerable.Range(0, 300).Select(t => t < 150 && t % 3 == 0 ? 5.0 : 0.0)];

        new Croston(CrostonVariant.Tsb).Fit(y, []).Forecast(1)[0].Should().BeLessThan(1e-3);
        new Croston(CrostonVariant.Sba).Fit(y, []).Forecast(1)[0].Should().BeGreaterThan(1);
    }

    [Test]
    public void DoubleSeasonalHoltWinters_WeeklyProfile_IsLearned()
    {
        var y = SyntheticSeries.HourlyCounts(8, 200, 2);

        var forecast = new DoubleSeasonalHoltWinters(logarithm: false).Fit(y, [24, 168]).Forecast(168);

        var wape =
            forecast.Select((f, h) => Math.Abs(f - SyntheticSeries.HourlyRate(h, 200))).Sum()
            / Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 200));
        wape.Should().BeLessThan(0.12);
    }
}
