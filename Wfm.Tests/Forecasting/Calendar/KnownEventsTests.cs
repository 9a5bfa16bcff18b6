using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>What is known twice counts once.</summary>
public sealed class KnownEventsTests
{
    private static CalendarEvent OnDay(string kind, int day, int days = 1) =>
        new(kind, SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + days));

    private static TimeSeries WithDays(params (double Factor, int[] Days)[] changes)
    {
        var values = SyntheticSeries.HourlyCounts(20, 40, 8);
        foreach (var (factor, days) in changes)
        {
            foreach (var t in days.SelectMany(d => Enumerable.Range(24 * d, 24)))
            {
                values[t] = Math.Round(values[t] * factor);
            }
        }

        return new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
    }

    private static double Ratio(TimeSeries history, params CalendarEvent[] events)
    {
        var past = events.Where(e => e.End <= history.End).ToArray();
        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });
        var without = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = past });
        return with.Mean[48..72].Sum() / without.Mean[48..72].Sum();
    }

    private static readonly int[] Seen = [23, 45, 66, 87, 101];
    private const int Ahead = 142;

    [Test]
    public void Forecast_SameHolidayForOperationAndHub_IsOneHoliday()
    {
        var history = WithDays((0.5, Seen));
        CalendarEvent[] once = [.. Seen.Append(Ahead).Select(d => OnDay("holiday", d))];

        var (one, two) = (Ratio(history, once), Ratio(history, [.. once, .. once]));

        two.Should().Be(one);
        EventLearning.Learn(history, new ForecastOptions { Events = [.. once, .. once] }).Single().Occurrences.Should().Be(Seen.Length);
    }

    [Test]
    public void Forecast_TwoKindsThatAlwaysMeet_DoWhatTheyDidTogether()
    {
        var history = WithDays((0.5, Seen));
        CalendarEvent[] events = [.. Seen.Append(Ahead).SelectMany(d => new[] { OnDay("holiday", d), OnDay("easter", d) })];

        Ratio(history, events).Should().BeApproximately(0.5, 0.04);
    }

    [Test]
    public void Forecast_TwoKindsKnownApartNameOneDay_CountOnce()
    {
        var history = WithDays((0.5, Seen), (0.5, [30, 52, 73, 94, 115]));
        CalendarEvent[] events =
        [
            .. Seen.Append(Ahead).Select(d => OnDay("holiday", d)), .. new[] { 30, 52, 73, 94, 115, Ahead }.Select(d => OnDay("bank-holiday", d)),
        ];

        Ratio(history, events).Should().BeApproximately(0.5, 0.05, "a quarter would count it twice");
    }

    [Test]
    public void Forecast_OneKindAloneAndWithAnother_LearnsThatTheOtherAddsNothing()
    {
        int[] both = [45, 87];
        var history = WithDays((0.5, Seen));
        CalendarEvent[] events = [.. Seen.Append(Ahead).Select(d => OnDay("holiday", d)), .. both.Append(Ahead).Select(d => OnDay("easter", d))];

        Ratio(history, events).Should().BeApproximately(0.5, 0.05);
    }

    [Test]
    public void Forecast_TwoKindsThatMultiplyWhenTheyMeet_MultiplyAgain()
    {
        int[] met = [31, 59, 80, 108];
        var history = WithDays((1.5, Seen), (1.4, [26, 54, 75, 96]), (2.1, met));
        CalendarEvent[] events =
        [
            .. Seen.Concat(met).Append(Ahead).Select(d => OnDay("campaign", d)),
            .. new[] { 26, 54, 75, 96 }.Concat(met).Append(Ahead).Select(d => OnDay("payday", d)),
        ];

        Ratio(history, events).Should().BeApproximately(2.1, 0.2);
    }

    [Test]
    public void Forecast_HolidayInsideALongCampaign_TouchesItsDayOnly()
    {
        var history = WithDays((0.5, Seen), (1.3, [.. Enumerable.Range(110, 30)]));
        CalendarEvent[] events = [.. Seen.Append(Ahead).Select(d => OnDay("holiday", d)), OnDay("campaign", 110, 40)];

        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });

        CalendarEvent[] past = [.. events.Where(e => e.End <= history.End), new("campaign", events[^1].Start, history.End)];
        var usual = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = past });
        (forecast.Mean[..48].Sum() / usual.Mean[..48].Sum()).Should().BeApproximately(1.3, 0.06);
        (forecast.Mean[48..72].Sum() / usual.Mean[48..72].Sum()).Should().BeInRange(0.45, 0.75, "one lowers, the other raises");
        (forecast.Mean[72..].Sum() / usual.Mean[72..].Sum()).Should().BeApproximately(1.3, 0.06);
    }

    [Test]
    public void Single_EventsOfAKindThatOverlap_AreOneWithTheLargerMagnitude()
    {
        var known = KnownEvents.Single([OnDay("a", 3, 2), OnDay("a", 4, 2) with { Magnitude = 2 }, OnDay("a", 6), OnDay("b", 4)]);

        known.Should().BeEquivalentTo([OnDay("a", 3, 3) with { Magnitude = 2 }, OnDay("b", 4), OnDay("a", 6)], o => o.WithStrictOrdering());
        KnownEvents.Meetings(known).Should().Equal(OnDay("a + b", 4));
    }

    [Test]
    public void Together_SameWayTheStrongest_OppositeWaysBoth()
    {
        KnownEvents.Together([(-0.5, 0.01), (-0.3, 0.01)]).Should().Be((-0.5, 0.01 + (0.25 * (0.8 - 0.5) * (0.8 - 0.5))));
        KnownEvents.Together([(-0.5, 0.01), (0.3, 0.02)]).Log.Should().BeApproximately(-0.2, 1e-12);
    }
}
