using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class AhtForecasterTests
{
    private static readonly double[] Volume = SyntheticSeries.HourlyCounts(8, 40, 6);

    private static double[] Forecast(double[] volume, double[] seconds, int horizon = 168) =>
        AhtForecaster.Forecast(SyntheticSeries.Monday, SyntheticSeries.Hourly(), volume, seconds, horizon, 300);

    [Test]
    public void Forecast_ConstantAht_IsThatEverywhere()
    {
        var aht = Forecast(Volume, [.. Volume.Select(v => v * 240)]);

        aht.Should().OnlyContain(a => Math.Abs(a - 240) < 1e-6);
    }

    [Test]
    public void Forecast_LongerAtNight_IsLearned()
    {
        double[] volume = [.. Enumerable.Repeat(30.0, 8 * 168)];
        double[] seconds = [.. volume.Select((v, t) => v * (t % 24 < 6 ? 400 : 200))];

        var aht = Forecast(volume, seconds);

        aht[3].Should().BeApproximately(400, 15);
        aht[12].Should().BeApproximately(200, 8);
    }

    [Test]
    public void Forecast_ThinInterval_IsShrunkToItsDay()
    {
        var volume = Volume.ToArray();
        double[] seconds = [.. volume.Select(v => v * 240)];
        for (var t = 3; t < volume.Length; t += 168)
        {
            (volume[t], seconds[t]) = (0, 0);
        }

        (volume[^165], seconds[^165]) = (1, 560); // one long call at Monday 03:00

        Forecast(volume, seconds)[3].Should().BeInRange(235, 260);
    }

    [Test]
    public void Forecast_OneBrokenDay_HardlyMatters()
    {
        double[] seconds = [.. Volume.Select(v => v * 240)];
        for (var t = seconds.Length - 48; t < seconds.Length - 24; t++)
        {
            seconds[t] *= 100; // milliseconds once taken for seconds, or close to it
        }

        Forecast(Volume, seconds).Average().Should().BeInRange(235, 275);
    }

    [Test]
    public void Forecast_NoHistory_IsTheFallback()
    {
        Forecast([], [], 3).Should().Equal(300, 300, 300);
        Forecast([0, double.NaN], [0, 5], 2).Should().Equal(300, 300);
    }

    [Test]
    public void Forecast_NegativeTotal_NamesTheIndex() => FluentActions.Invoking(() => Forecast([1, 2], [60, -1]))
        .Should().Throw<ForecastDataException>().WithMessage("*handle time at index 1 is -1*");
}
