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
        effect.Factor.Should().BeInRange(0.3, 0.4); // drawn a little to 1
        (with.Mean[48..72].Sum() / without.Mean[48..72].Sum()).Should().BeApproximately(effect.Factor, 0.01, "a Wednesday is nearly the mean of the days seen");
        with.Mean[72..].Should().Equal(without.Mean[72..]);
    }

    [Test]
    public void Forecast_EventThatDoesNothing_LeavesTheQuantilesOfAThinQueueAlone()
    {
        var history = SyntheticSeries.HourlySeries(12, 0.3, 5);
        var sure = new EventEffect("memo", 1, 1e-6, 100);
        var options = new ForecastOptions { SiblingEffects = [sure], Events = [OnDay("memo", 86)] };

        var with = ForecastEngine.Forecast(history, 168, options);
        var without = ForecastEngine.Forecast(history, 168, options with { Events = [] });

        foreach (var (a, b) in with.Quantiles.Zip(without.Quantiles))
        {
            a.Zip(b, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-3);
        }
    }

    [Test]
    public void Forecast_MagnitudeFarBeyondThoseSeen_StaysFinite()
    {
        var history = WithDays(1.6, 20, 45, 66);
        CalendarEvent[] events = [OnDay("campaign", 20), OnDay("campaign", 45), OnDay("campaign", 66), OnDay("campaign", 86) with { Magnitude = 1e5 }];

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });

        var usual = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events[..3] });
        (forecast.Mean.Sum() / usual.Mean.Sum()).Should().BeInRange(1, 21);
        forecast.Quantiles[^1].Sum().Should().BeLessThan(20 * forecast.Mean.Sum());
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
    public void Learn_ManyOccurrences_FindsTheFactor()
    {
        int[] days = [9, 17, 26, 31, 40, 48, 55, 63, 72, 80];
        var options = new ForecastOptions { Events = [.. days.Select(d => OnDay("holiday", d))] };

        var effect = EventLearning.Learn(WithDays(0.5, days), options).Should().ContainSingle().Subject;

        effect.Factor.Should().BeApproximately(0.5, 0.03);
        effect.Occurrences.Should().Be(10);
    }

    [Test]
    public void Learn_OccurrenceInClosedHours_IsIgnored()
    {
        var values = SyntheticSeries.HourlyCounts(12, 40, 8);
        for (var t = 0; t < values.Length; t++)
        {
            values[t] = t % 24 is >= 8 and < 18 ? values[t] : double.NaN;
        }

        var night = SyntheticSeries.Monday + Duration.FromDays(30);
        var options = new ForecastOptions { Events = [new CalendarEvent("maintenance", night, night + Duration.FromHours(4))] };

        EventLearning.Learn(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), options).Should().BeEmpty();
    }

    [Test]
    public void Learn_Magnitudes_AreTakenOut()
    {
        var values = SyntheticSeries.HourlyCounts(12, 40, 8);
        var events = new List<CalendarEvent>();
        foreach (var (day, magnitude) in new[] { (16, 1.0), (30, 2.0), (45, 3.0), (60, 2.0) })
        {
            for (var t = 24 * day; t < 24 * (day + 1); t++)
            {
                values[t] = Math.Round(values[t] * Math.Exp(0.3 * magnitude));
            }

            events.Add(OnDay("mailing", day) with { Magnitude = magnitude });
        }

        var effect = EventLearning.Learn(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), new ForecastOptions { Events = events })
            .Single();

        Math.Log(effect.Factor).Should().BeApproximately(0.3, 0.03);
    }

    [Test]
    public void Forecast_HolidayThatBendsTheMorning_BendsTheMorningAgain()
    {
        var values = SyntheticSeries.HourlyCounts(12, 80, 8);
        int[] days = [16, 24, 32, 40, 48, 61, 72];
        foreach (var t in days.SelectMany(d => Enumerable.Range(24 * d, 12)))
        {
            values[t] = Math.Round(values[t] * 0.3); // until noon only
        }

        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
        CalendarEvent[] events = [.. days.Select(d => OnDay("holiday", d)), OnDay("holiday", 86)];
        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events[..^1] });

        double Ratio(int from, int to) => with.Mean[(48 + from)..(48 + to)].Sum() / without.Mean[(48 + from)..(48 + to)].Sum();
        Ratio(6, 12).Should().BeLessThan(0.8 * Ratio(12, 24));
        Ratio(0, 24).Should().BeApproximately(with.EventEffects.Single().Factor, 1e-9, "the shape moves volume within the day only");
    }

    [Test]
    public void Forecast_DayAfterTheHoliday_IsRaisedWhenItAlwaysWas()
    {
        int[] days = [16, 24, 32, 40, 48, 61, 72];
        var values = WithDays(0.4, days).Values.ToArray();
        foreach (var t in days.SelectMany(d => Enumerable.Range(24 * (d + 1), 24)))
        {
            values[t] = Math.Round(values[t] * 1.35);
        }

        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
        CalendarEvent[] events = [.. days.Select(d => OnDay("holiday", d)), OnDay("holiday", 86)];
        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events[..^1] });

        (with.Mean[72..96].Sum() / without.Mean[72..96].Sum()).Should().BeInRange(1.08, 1.35);
        with.Mean[96..].Should().Equal(without.Mean[96..]);
    }

    [Test]
    public void Forecast_KindSeenOnlyBySiblings_IsAppliedWithTheirFactor()
    {
        var history = WithDays(1);
        var options = new ForecastOptions { Events = [OnDay("easter", 86)] };
        EventEffect[] siblings = [new("easter", 0.6, 0.15, 12) { Spread = 0.1 }];

        var with = ForecastEngine.Forecast(history, 168, options with { SiblingEffects = siblings });
        var without = ForecastEngine.Forecast(history, 168, options);

        (with.Mean[48..72].Sum() / without.Mean[48..72].Sum()).Should().BeApproximately(0.6, 1e-9);
        with.EventFactors[48..72].Should().OnlyContain(f => Math.Abs(f - 0.6) < 1e-9);
        without.EventFactors.Should().BeEmpty();
    }

    [Test]
    public void Forecast_CrisisStillRunning_ComesDownGradually()
    {
        var values = SyntheticSeries.HourlyCounts(12, 80, 8);
        for (var t = values.Length - 36; t < values.Length; t++)
        {
            values[t] = Math.Round(values[t] * (1 + (3 * Math.Pow(0.5, (t - values.Length + 36.5) / 36))));
        }

        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
        var crisis = new CalendarEvent("crisis", history.End - Duration.FromHours(36), history.End + Duration.FromDays(21), repeats: false);
        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [crisis with { Decays = true }] });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = [crisis] });

        double Ratio(int day) => with.Mean[(24 * day)..(24 * (day + 1))].Sum() / without.Mean[(24 * day)..(24 * (day + 1))].Sum();
        Ratio(0).Should().BeInRange(1.9, 2.6, "the excess was 3 and a half-life has passed");
        Ratio(6).Should().BeInRange(1, 1.35);
        with.Quantiles.Zip(with.Quantiles.Skip(1)).Should().OnlyContain(rows => rows.First.Zip(rows.Second, (a, b) => a <= b).All(x => x));
        var outlook = with.Crises.Should().ContainSingle().Subject;
        outlook.FactorNow.Should().BeInRange(2.1, 3);
        outlook.BackToUsual.Should().BeGreaterThan(outlook.BackToUsualEarliest).And.BeLessThan(outlook.BackToUsualLatest);
    }

    [Test]
    public void Forecast_CrisisThatIsOver_IsOnlyLeftOut()
    {
        var history = WithDays(4, 70, 71);
        CalendarEvent[] events = [OnDay("crisis", 70, repeats: false) with { Decays = true }, OnDay("crisis", 71, repeats: false) with { Decays = true }];

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });

        forecast.Crises.Should().BeEmpty();
        forecast.EventFactors.Should().BeEmpty();
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Magnitude_NotAboveZero_Throws(double magnitude) => FluentActions
        .Invoking(() => OnDay("mailing", 3) with { Magnitude = magnitude }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*'mailing'*");

    [Test]
    public void Constructor_EndBeforeStart_Throws() =>
        FluentActions.Invoking(() => new CalendarEvent("holiday", SyntheticSeries.Monday, SyntheticSeries.Monday)).Should().Throw<ArgumentException>()
            .WithMessage("*'holiday' ends*");
}
