using NodaTime;
using Wfm.Api.Features.Forecasts.Rollup;
using Wfm.Forecasting;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Rollup;

public sealed class ForecastRollupTests
{
    private static readonly Guid Hub = Guid.NewGuid();
    private static readonly SeriesForecast Forecast = Learned();
    private static readonly RollupPeriods Days = new(RollupInterval.Day, DateTimeZone.Utc);

    [Test]
    public void Sum_QueuesOfAHubThatSurgeTogether_IsAsWideAsTheTwo()
    {
        var days = Errors(1);

        Width(Queue(1, days), Queue(2, days)).Should().BeGreaterThan(1.8 * Width(Queue(1, days)));
        Width(Queue(1, days), Queue(2, Errors(2))).Should().BeInRange(1.2 * Width(Queue(1, days)), 1.65 * Width(Queue(1, days)));
    }

    [Test]
    public void Sum_QueuesOfTwoHubs_AreIndependent()
    {
        var days = Errors(1);

        Width(Queue(1, days), Queue(2, days) with { Hub = Guid.NewGuid() }).Should().BeLessThan(1.65 * Width(Queue(1, days)));
    }

    [Test] // the later forecast starts two days on: the same surge is on the same day of both
    public void Sum_ForecastsThatStartOnDifferentDays_MoveTogetherByDate()
    {
        var days = Errors(1);
        var late = Queue(2, days) with { Forecast = Forecast with { Start = Forecast.Start + Duration.FromDays(2) } };

        Width(Queue(1, days), late).Should().BeGreaterThan(1.75 * Width(Queue(1, days)));
    }

    [Test]
    public void Sum_Twice_IsTheSameToTheBit()
    {
        RollupSeries[] series = [Queue(1, Errors(1)), Queue(2, Errors(1)), Queue(3, Errors(2))];

        Of(series).Select(p => p.Quantiles[0]).Should().Equal(Of(series).Select(p => p.Quantiles[0]));
    }

    [Test]
    public void Sum_OtherQueuesOfTheHubInAnotherGroup_ChangeNothing()
    {
        RollupSeries[] all = [Queue(1, Errors(1)), Queue(2, Errors(1)) with { Key = "other" }];

        Of(all).First(p => p.Key == "total").Quantiles.Should().Equal(Of(all[0])[0].Quantiles);
    }

    private static double Width(params RollupSeries[] series) => Of(series)[4].Quantiles[1] - Of(series)[4].Quantiles[0];

    private static List<RollupPeriod> Of(params RollupSeries[] series)
    {
        var rollup = new ForecastRollup(series, Days, Instant.MinValue, Instant.MaxValue);
        return rollup.Sum(rollup.Keys, [0.1, 0.9]);
    }

    private static RollupSeries Queue(int id, DayErrors days) => new("total", Hub, id, Forecast, days);

    private static DayErrors Errors(int seed)
    {
        var random = new Random(seed);
        return new DayErrors([.. Enumerable.Range(20_000, 200)], [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())]);
    }

    /// <summary>A forecast of a queue whose days are high or low as a whole.</summary>
    private static SeriesForecast Learned()
    {
        var forecast = ForecastEngine.Forecast(SyntheticSeries.HourlySeries(8, 40, 1), 7 * 24, new ForecastOptions());
        return forecast with { Dependence = new PathDependence(0, 0.98) };
    }
}
