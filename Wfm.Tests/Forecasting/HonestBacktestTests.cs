using Wfm.Forecasting;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting;

/// <summary>What a back-test reports is what forecasts made at its origins would have been worth.</summary>
public sealed class HonestBacktestTests
{
    private const int Ahead = 28;
    private const int Origins = 20; // as by default

    private static double[] Days(int count, Func<int, double> mean, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(t => (double)SyntheticSeries.Poisson(random, mean(t) * (t % 7 >= 5 ? 0.6 : 1)))];
    }

    private static SeriesForecast Forecast(double[] days, int horizon = Ahead) =>
        ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), days), horizon, new ForecastOptions());

    /// <summary>WAPE of forecasts made from what was known at each origin.</summary>
    private static double Replayed(double[] days)
    {
        var (error, volume) = (0.0, 0.0);
        foreach (var origin in OriginPlan.Create(days.Length, Ahead, Origins, 1, [7]).Origins)
        {
            var forecast = Forecast(days[..origin]);
            for (var h = 0; h < Ahead; h++)
            {
                error += Math.Abs(forecast.Mean[h] - days[origin + h]);
                volume += days[origin + h];
            }
        }

        return error / volume;
    }

    [TestCase(2)]
    [TestCase(0.4)]
    public void Backtest_LevelChangesFourWeeksBeforeTheEnd_ReportsWhatItCost(double factor)
    {
        var days = Days(280, t => t >= 280 - Ahead ? factor * 150 : 150);

        var forecast = Forecast(days);

        forecast.Cleansing.LevelShifts.Should().ContainSingle().Which.Factor.Should().BeApproximately(factor, 0.1 * factor);
        forecast.Backtest.Overall!.Wape.Should().BeApproximately(Replayed(days), 0.1 * Replayed(days));
    }

    [TestCase(14)]
    [TestCase(21)]
    [TestCase(28)]
    [TestCase(56)]
    public void Forecast_LevelHalfAsHighAgain_IsNoticed(int daysAgo)
    {
        var days = Days(280 + Ahead, t => t >= 280 - daysAgo ? 225 : 150);

        var forecast = Forecast(days[..280]);

        double Error(Func<int, double> said) => Enumerable.Range(0, Ahead).Sum(h => Math.Abs(said(h) - days[280 + h]));
        forecast.Cleansing.LevelShifts.Should().ContainSingle();
        Error(h => forecast.Mean[h]).Should().BeLessThan(Error(h => days[273 + (h % 7)]), "copying the last week is not better");
    }

    [Test]
    public void Forecast_LevelHasJustChanged_IsLessSureThanBefore() // whether it stays nobody knows
    {
        var (usual, changed) = (Forecast(Days(280, _ => 150)), Forecast(Days(280, t => t >= 270 ? 225 : 150)));

        double Width(SeriesForecast forecast) => forecast.Quantile(0.9).Sum() - forecast.Quantile(0.1).Sum();
        Width(changed).Should().BeGreaterThan(1.6 * Width(usual));
    }

    [TestCase(7)]
    [TestCase(14)]
    public void Forecast_QueueHasFallenSilent_IsNothing(int zeros)
    {
        var forecast = Forecast([.. Days(200, _ => 150), .. new double[zeros]]);

        forecast.Mean.Max().Should().BeLessThan(0.5);
        forecast.Quantile(0.9).Max().Should().BeLessThan(0.5);
        forecast.Cleansing.LevelShifts.Should().Equal(new LevelShift(200, 0));
        forecast.Backtest.Overall!.Wape.Should().BeGreaterThan(0.05, "nobody saw it coming");
    }

    [Test]
    public void Forecast_SilentQueueComesBack_IsForecastAgain()
    {
        var forecast = Forecast([.. Days(200, _ => 150), .. new double[14], .. Days(14, _ => 150, seed: 2)]);

        forecast.Mean.Average().Should().BeInRange(90, 160);
    }

    [Test]
    public void Backtest_TooYoungForOne_IsNotZeroButUnknown()
    {
        var forecast = Forecast([5], horizon: 3);

        (forecast.Backtest.Overall, forecast.Backtest.SeasonalNaive).Should().Be((null, null));
        forecast.Models.Should().OnlyContain(m => m.BacktestWape == null);
    }

    [Test]
    public void Backtest_NothingEverCame_HasNoPercentage()
    {
        var forecast = Forecast(new double[100]);

        (forecast.Backtest.Overall!.Wape, forecast.Backtest.Overall.Bias, forecast.Backtest.Overall.Mase).Should().Be((null, null, null));
        forecast.Backtest.Overall.MeanPinball.Should().Be(0);
    }
}
