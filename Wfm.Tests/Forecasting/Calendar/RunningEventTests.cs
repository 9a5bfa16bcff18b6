using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>Events of weeks that bend the day: Ramadan.</summary>
public sealed class RunningEventTests
{
    private const int Days = 30;

    /// <summary>The mornings go, and the evening after the fast is broken has a peak where there was little.</summary>
    private static double Fasting(int hourOfWeek, double size)
    {
        var hour = hourOfWeek % 24;
        var shape = 0.1 + (0.45 * Math.Exp(-Math.Pow((hour - 12) / 2.5, 2))) + (1.3 * Math.Exp(-Math.Pow((hour - 21) / 1.6, 2)));
        return size * shape * (hourOfWeek / 24 >= 5 ? 0.5 : 1);
    }

    private static double[] Counts(int days, double size, int seed, params int[] starts)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days * 24).Select(t => (double)SyntheticSeries.Poisson(random, Rate(t, size, starts)))];
    }

    private static double Rate(int t, double size, int[] starts) =>
        Array.Exists(starts, s => t / 24 >= s && t / 24 < s + Days) ? Fasting(t % 168, size) : SyntheticSeries.HourlyRate(t % 168, size);

    private static CalendarEvent Ramadan(int start) =>
        new("ramadan", SyntheticSeries.Monday + Duration.FromDays(start), SyntheticSeries.Monday + Duration.FromDays(start + Days));

    private static (double Engine, double LastWeek) Errors(double[] all, int known, int steps, params int[] starts)
    {
        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), all[..(24 * known)]);
        var forecast = ForecastEngine.Forecast(history, steps, new ForecastOptions { Events = [.. starts.Select(Ramadan)] });
        double Wape(Func<int, double> forecastAt) => Enumerable.Range(0, steps).Sum(h => Math.Abs(all[(24 * known) + h] - forecastAt(h)))
            / all[(24 * known)..((24 * known) + steps)].Sum();
        return (Wape(h => forecast.Mean[h]), Wape(h => all[(24 * known) - 168 + (h % 168)]));
    }

    [TestCase(1, 40)]
    [TestCase(2, 40)]
    [TestCase(3, 12)]
    [TestCase(4, 200)]
    public void Forecast_TenOfThirtyDaysSeen_IsNoWorseThanLastWeekAgain(int seed, double size)
    {
        var all = Counts(120 + Days, size, seed, 120);

        var (engine, lastWeek) = Errors(all, 130, 24 * 20, 120);

        engine.Should().BeLessThan(lastWeek);
    }

    /// <summary>Nights that usually bring next to nothing have the second peak of the day, the week has another weekend.</summary>
    [TestCase(1, 0.3)]
    [TestCase(2, 0.02)]
    [TestCase(3, 0.0)]
    public void Forecast_PeakAtHoursThatAreUsuallyEmpty_IsNoWorseThanLastWeekAgain(int seed, double night)
    {
        const double size = 40;
        var random = new Random(seed);
        double Usual(int t) => t % 24 is < 7 or > 20 ? night : SyntheticSeries.HourlyRate(t % 168, size);
        double Moved(int t) => size * ((t % 24 is 2 or 3 or 4 or 22 or 23 ? 0.9 : 0.12) + (0.3 * Math.Exp(-Math.Pow(((t % 24) - 12) / 2.5, 2))))
            * ((t / 24) % 7 is 4 or 5 ? 0.6 : 1);
        double[] all = [.. Enumerable.Range(0, 150 * 24).Select(t => (double)SyntheticSeries.Poisson(random, t >= 120 * 24 ? Moved(t) : Usual(t)))];

        var (engine, lastWeek) = Errors(all, 130, 24 * 20, 120);

        engine.Should().BeLessThan(lastWeek);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Forecast_OneDaySeen_IsBetterThanWithoutTheEvent(int seed)
    {
        var all = Counts(120 + Days, 80, seed, 120);

        var (engine, _) = Errors(all, 121, 24 * 7, 120);

        engine.Should().BeLessThan(0.75 * Errors(all, 121, 24 * 7).Engine);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Forecast_LastYearsShapeIsKnown_IsUsedFromTheFirstDay(int seed)
    {
        var all = Counts(60 + 180 + Days, 40, seed, 60, 240);

        var (engine, _) = Errors(all, 240, 24 * Days, 60, 240);

        engine.Should().BeLessThan(0.3, "the noise of such counts alone is a fifth");
    }

    [Test]
    public void Forecast_RunningEventThatChangesNothing_ChangesNothing()
    {
        var all = Counts(150, 40, 5);

        var (with, _) = Errors(all, 130, 24 * 14, 120);

        with.Should().BeLessThan(1.04 * Errors(all, 130, 24 * 14).Engine);
    }

    [Test]
    public void Forecast_LevelOfTheRunningEventDiffersFromEarlierOnes_FollowsItsOwnDays()
    {
        var values = SyntheticSeries.HourlyCounts(30, 40, 3);
        foreach (var (from, to, factor) in new[] { (40, 60, 1.8), (90, 110, 1.8), (200, 210, 1.2) })
        {
            for (var t = 24 * from; t < 24 * to; t++)
            {
                values[t] = Math.Round(values[t] * factor);
            }
        }

        static CalendarEvent Campaign(int from) =>
            new("campaign", SyntheticSeries.Monday + Duration.FromDays(from), SyntheticSeries.Monday + Duration.FromDays(from + 20));
        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);
        CalendarEvent[] events = [Campaign(40), Campaign(90), Campaign(200)];

        var with = ForecastEngine.Forecast(history, 168, new ForecastOptions { Events = events });

        var usual = Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 40));
        (with.Mean.Sum() / usual).Should().BeApproximately(1.2, 0.05);
    }
}
