using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Explanation;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>An event on which the office is closed.</summary>
public sealed class ClosuresTests
{
    private static CalendarEvent OnDay(int day) =>
        new("christmas", SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + 1));

    private static TimeSeries Closed(IntervalGrid grid, double size, int fromHour = 0, params int[] days)
    {
        var values = SyntheticSeries.HourlyCounts(20, size, 4);
        foreach (var t in days.SelectMany(d => Enumerable.Range((24 * d) + fromHour, 24 - fromHour)))
        {
            values[t] = 0;
        }

        var hourly = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
        return grid.IsCalendar ? RollUp.To(hourly, grid.Interval) : hourly;
    }

    private static IEnumerable<IntervalGrid> Grids => [SyntheticSeries.Hourly(), SyntheticSeries.Daily()];

    [TestCaseSource(nameof(Grids))]
    public void Forecast_OfficeWasClosed_IsZeroWithAllItsQuantiles(IntervalGrid grid)
    {
        var history = Closed(grid, 40, 0, 66);
        var options = new ForecastOptions { Events = [OnDay(66), OnDay(142)] };

        var forecast = ForecastEngine.Forecast(history, 7 * grid.IntervalsPerDay, options);

        var (first, last) = (2 * grid.IntervalsPerDay, 3 * grid.IntervalsPerDay);
        forecast.Mean[first..last].Should().OnlyContain(m => m == 0);
        forecast.Quantiles.Should().OnlyContain(row => row.Skip(first).Take(last - first).All(q => q == 0));
        forecast.Mean[last..].Sum().Should().BeGreaterThan(0);
        forecast.SamplePaths(20, 1).Should().OnlyContain(path => path.Skip(first).Take(last - first).All(v => v == 0));
        var told = ForecastExplanation.Explain(history, forecast.Mean, forecast.EventFactors, options);
        told.Steps[first].Total.Should().BeApproximately(0, 1e-9);
        told.Steps.Skip(first).Take(last - first).Sum(s => s.Events).Should().BeLessThan(-200, "all of the usual is what the event takes");
    }

    [Test]
    public void Forecast_ClosedInTheAfternoon_IsZeroInTheAfternoonOnly()
    {
        var history = Closed(SyntheticSeries.Hourly(), 80, 14, 59, 66, 87);

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [OnDay(59), OnDay(66), OnDay(87), OnDay(142)] });

        forecast.Mean[(48 + 14)..(48 + 20)].Should().OnlyContain(m => m == 0);
        forecast.Mean[(48 + 8)..(48 + 13)].Should().OnlyContain(m => m > 40);
    }

    [Test]
    public void Forecast_OneContactCame_IsNotClosed()
    {
        var values = Closed(SyntheticSeries.Hourly(), 40, 0, 66).Values.ToArray();
        values[(24 * 66) + 10] = 1;
        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [OnDay(66), OnDay(142)] });

        forecast.Mean[58].Should().BeGreaterThan(0);
        forecast.Quantile(0.9)[58].Should().BeGreaterThan(0);
    }

    [Test]
    public void Forecast_ThinQueueOnAnEmptyDay_IsNotTakenAsClosed()
    {
        var history = Closed(SyntheticSeries.Hourly(), 0.3, 0, 66); // two contacts a day: none is no proof

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [OnDay(66), OnDay(142)] });

        forecast.Mean[48..72].Sum().Should().BeGreaterThan(0.1);
    }

    [Test]
    public void Shrink_SiblingsAreClosed_ClosesAThinQueueAndNoneThatWasOpen()
    {
        EventEffect Of(double evidence) => new("christmas", 0.05, 0.3, 1) { Spread = 0.25, NothingCame = [.. Enumerable.Repeat(evidence, 24)] };
        var siblings = EventPooling.Pool([[Of(10)], [Of(20)]]);

        Closures.IsWholly(EventPooling.Shrink([Of(0.05)], siblings).Single().NothingCame).Should().BeTrue();
        Closures.IsWholly(EventPooling.Shrink([], siblings).Single().NothingCame).Should().BeTrue();
        Closures.IsWholly(EventPooling.Shrink([Of(Closures.Came)], siblings).Single().NothingCame).Should().BeFalse();
        EventPooling.Pool([[Of(10)], [Of(Closures.Came) with { Factor = 0.7 }]]).Single().Factor
            .Should().BeInRange(0.6, 1, "an office that is closed says nothing of one that is open");
    }
}
