using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class OutlierCleansingTests
{
    [Test]
    public void Cleanse_OneSpike_IsReplacedAndReported()
    {
        var values = SyntheticSeries.HourlyCounts(8, 40, 3);
        values[500] = 900;
        var series = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);

        var changes = ForecastEngine.Forecast(series, 24, new ForecastOptions()).Cleansing.Changes;

        var change = changes.Should().ContainSingle().Subject;
        change.Should().BeEquivalentTo(new { Index = 500, Observed = 900.0, Reason = "outlier" });
        change.ReplacedBy.Should().BeInRange(0, 80);
    }

    [Test]
    public void Cleanse_CleanCounts_ChangesNothing()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            OutlierCleansing.Cleanse(SyntheticSeries.HourlyCounts(8, 5, seed), [24, 168]).Should().BeEmpty();
        }
    }

    [Test]
    public void Cleanse_SurgeAtTheEnd_StaysBecauseItMayGoOn()
    {
        var values = SyntheticSeries.HourlyCounts(8, 40, 3);
        for (var t = values.Length - 30; t < values.Length; t++)
        {
            values[t] = 2000;
        }

        OutlierCleansing.Cleanse(values, [24, 168]).Should().BeEmpty();
    }

    [TestCase(1)]
    [TestCase(6)]
    public void Cleanse_UnusualLastHours_AreDrawnInAndReported(int hours)
    {
        var values = SyntheticSeries.HourlyCounts(8, 40, 3);
        for (var t = values.Length - hours; t < values.Length; t++)
        {
            values[t] = 2000;
        }

        var found = OutlierCleansing.Cleanse(values, [24, 168]);

        found.Should().HaveCount(hours).And.OnlyContain(f => f.Observed == 2000 && f.ReplacedBy > 0 && f.ReplacedBy < 400); // on its side, not the whole way
    }

    [Test]
    public void Forecast_LastHalfHourLow_DoesNotCarryThroughTheHorizon()
    {
        var values = SyntheticSeries.HourlyCounts(8, 40, 3);
        var plain = ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), 168, new ForecastOptions()).Mean.Sum();
        values[^1] = 0;
        var low = ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), 168, new ForecastOptions()).Mean.Sum();

        low.Should().BeInRange(0.95 * plain, 1.05 * plain);
    }

    [Test]
    public void Cleanse_KnowingTheUsualOfALongerSeries_IsTheSame([Values(500, 700, 1000)] int known)
    {
        var values = SyntheticSeries.HourlyCounts(8, 20, 9);
        (values[200], values[known - 2]) = (900, 800);
        var (alone, helped) = (values[..known], values[..known]);

        var found = OutlierCleansing.Cleanse(helped, [24, 168], OutlierCleansing.UsualOf(values, [24, 168]));

        found.Should().NotBeEmpty().And.Equal(OutlierCleansing.Cleanse(alone, [24, 168]));
        helped.Should().Equal(alone);
    }
}
