using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

public sealed class EventEffectsTests
{
    private static CalendarEvent OnDay(string kind, int day, bool repeats = true) =>
        new(kind, SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + 1), repeats);

    private static TimeSeries WithDays(double factor, params int[] days)
    {
        var values = SyntheticSeries.HourlyCounts(12, 40, 8);
        foreach (var day in days)
        {
            for (var t = 24 * day; t < 24 * (day + 1); t++)
            {
                values[t] = Math.Round(values[t] * factor);
            }
        }

        return new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
    }

    [Test]
    public void Forecast_HolidayAgain_GetsTheShrunkFactorOfTheEarlierOnes()
    {
        var history = WithDays(0.3, 20, 45, 66);
        CalendarEvent[] events = [OnDay("holiday", 20), OnDay("holiday", 45), OnDay("holiday", 66), OnDay("holiday", 86)];

        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events[..3] });

        var effect = with.EventEffects.Should().ContainSingle().Subject;
        effect.Occurrences.Should().Be(3);
        effect.Factor.Should().BeInRange(0.3, 0.4); // ln 0.3 times 3 ÷ 3.5
        (with.Mean[48..72].Sum() / without.Mean[48..72].Sum()).Should().BeApproximately(effect.Factor, 1e-9);
        with.Mean[72..].Should().Equal(without.Mean[72..]);
    }

    [Test]
    public void Forecast_Outage_IsMaskedAndNotRepeated()
    {
        var history = WithDays(0, 80, 81);
        CalendarEvent[] events = [OnDay("outage", 80, repeats: false), OnDay("outage", 81, repeats: false), OnDay("outage", 85, repeats: false)];

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });

        forecast.EventEffects.Should().BeEmpty();
        forecast.Mean[24..48].Sum().Should().BeGreaterThan(0.85 * Enumerable.Range(24, 24).Sum(h => SyntheticSeries.HourlyRate(h, 40)));
        forecast.Cleansing.Changes.Should().OnlyContain(c => c.Reason == "event: outage").And.HaveCount(48);
    }

    [Test]
    public void Forecast_EventInTheFuture_WidensTheInterval()
    {
        var history = WithDays(1.6, 20);
        CalendarEvent[] past = [OnDay("campaign", 20)];

        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [.. past, OnDay("campaign", 85)] });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = past });

        var (wide, narrow) = (with.Quantile(0.95)[36] - with.Quantile(0.05)[36], without.Quantile(0.95)[36] - without.Quantile(0.05)[36]);
        wide.Should().BeGreaterThan(1.3 * narrow);
    }

    [Test]
    public void Constructor_EndBeforeStart_Throws() => FluentActions
        .Invoking(() => new CalendarEvent("holiday", SyntheticSeries.Monday, SyntheticSeries.Monday)).Should().Throw<ArgumentException>().WithMessage("*'holiday' ends*");
}
