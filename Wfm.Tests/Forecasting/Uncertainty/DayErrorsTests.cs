using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class DayErrorsTests
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    [TestCase("Etc/UTC")]
    [TestCase("Pacific/Auckland")] // thirteen hours ahead
    public void Forecast_OneDayOfMore_IsTheLargestError(string zone)
    {
        var grid = SyntheticSeries.Hourly(zone);
        var start = grid.StartOfDay(new LocalDate(2024, 1, 1));
        var values = SyntheticSeries.HourlyCounts(20, 40, 3);
        var more = new LocalDate(2024, 4, 24);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = grid.DateOf(grid.InstantAt(start, i)) == more ? 1.5 * values[i] : values[i];
        }

        var days = ForecastEngine.Forecast(new TimeSeries(start, grid, values), 14 * 24, new ForecastOptions()).Memory!.Days;

        days.Days.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.HaveCountGreaterThan(40).And.HaveSameCount(days.Errors);
        Epoch.PlusDays(days.Days[^1]).Should().Be(grid.DateOf(grid.InstantAt(start, values.Length - 1)), "back-tests reach to the end of the history");
        Epoch.PlusDays(days.Days[Array.IndexOf(days.Errors, days.Errors.Max())]).Should().Be(more);
        days.Errors.Average().Should().BeInRange(-0.2, 0.2);
    }

    [Test]
    public void Forecast_DailyGrid_HasItsDays()
    {
        var (grid, random) = (SyntheticSeries.Daily("Europe/Dublin"), new Random(1));
        var series = new TimeSeries(grid.StartOfDay(new LocalDate(2024, 1, 1)), grid, [.. Enumerable.Range(0, 200).Select(_ => (double)random.Next(90, 110))]);

        var days = ForecastEngine.Forecast(series, 14, new ForecastOptions()).Memory!.Days;

        days.Days.Should().NotBeEmpty();
        Epoch.PlusDays(days.Days[^1]).Should().Be(new LocalDate(2024, 1, 1).PlusDays(199));
    }

    [Test]
    public void Forecast_WeeklyGrid_HasNoDays()
    {
        var grid = new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc);
        var series = new TimeSeries(Instant.FromUtc(2020, 1, 6, 0, 0), grid, [.. Enumerable.Range(0, 120).Select(w => 100.0 + (w % 7))]);

        ForecastEngine.Forecast(series, 8, new ForecastOptions()).Memory!.Days.Should().Be(DayErrors.None);
    }

    [Test]
    public void Forecast_TooShortForABackTest_HasNoDays() =>
        ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [5]), 3, new ForecastOptions()).Memory!.Days
            .Days.Should().BeEmpty();
}
