using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class LevelShiftDetectionTests
{
    [Test]
    public void Forecast_LevelDoubles_IsReportedAndFollowed()
    {
        var values = SyntheticSeries.HourlyCounts(20, 30, 11);
        for (var t = 0; t < 12 * 168; t++)
        {
            values[t] = Math.Round(values[t] / 2.5);
        }

        var forecast = ForecastEngine.Forecast(
            new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), 168, new ForecastOptions());

        var shift = forecast.Cleansing.LevelShifts.Should().ContainSingle().Subject;
        shift.Index.Should().Be(12 * 168);
        shift.Factor.Should().BeApproximately(2.5, 0.25);
        forecast.Mean.Sum().Should().BeApproximately(values[^168..].Sum(), 0.05 * values[^168..].Sum());
    }

    [Test]
    public void Adjust_TwoWeeksOfANewLevel_GoesFourFifthsOfTheWay()
    {
        double[] days = [.. Enumerable.Range(0, 140).Select(t => t < 126 ? 100.0 : 200)];

        LevelShiftDetection.Adjust(days, 7).Should().ContainSingle().Which.Index.Should().Be(126);
        days[0].Should().BeApproximately(100 * Math.Pow(2, 0.8), 1e-9);
    }

    [Test]
    public void Adjust_LevelChangesInTheMiddleOfAWeek_IsFoundOnItsDay([Range(126, 132)] int day)
    {
        double[] days = [.. Enumerable.Range(0, 168).Select(t => (t < day ? 100.0 : 60) * (t % 7 >= 5 ? 0.5 : 1))];

        LevelShiftDetection.Adjust(days, 7).Should().ContainSingle().Which.Index.Should().Be(day);
    }

    [Test]
    public void Adjust_SameWeeksLastYearOrNext_AreASeason()
    {
        double[] days = [.. Enumerable.Range(0, 80 * 7).Select(t => (t / 7 % 52) is >= 6 and < 14 ? 60.0 : 100)];

        LevelShiftDetection.Adjust(days, 7).Should().BeEmpty();
    }

    [Test]
    public void Adjust_SteadyGrowth_IsNotAShift()
    {
        double[] values = [.. SyntheticSeries.HourlyCounts(26, 30, 4).Select((v, t) => v * Math.Exp(t * 0.7 / (26 * 168)))];

        LevelShiftDetection.Adjust(values, 168).Should().BeEmpty();
    }
}
