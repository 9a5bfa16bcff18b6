using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>Days that are unusual month after month, without anybody naming them.</summary>
public sealed class RegularDaysTests
{
    private static readonly LocalDate First = new(2024, 1, 1); // SyntheticSeries.Monday

    /// <summary>Days of overdispersed counts with a week, a year and a trend; factors by date.</summary>
    private static TimeSeries Days(int count, int seed, Func<LocalDate, double> factor, double size = 300, double noise = 0.08)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] values = [.. Enumerable.Range(0, count).Select(d =>
        {
            var date = First.PlusDays(d);
            var usual = size * (date.DayOfWeek >= IsoDayOfWeek.Saturday ? 0.5 : 1) * (1 + (0.15 * Math.Sin(2 * Math.PI * d / 365.25))) * (1 + (0.0003 * d));
            return (double)SyntheticSeries.Poisson(random, Math.Max(0, usual * factor(date) * Math.Exp(noise * Normal())));
        })];
        return new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), values);
    }

    private static LocalDate LastWorkingDay(LocalDate date)
    {
        var last = date.With(DateAdjusters.EndOfMonth);
        return last.DayOfWeek switch { IsoDayOfWeek.Saturday => last.PlusDays(-1), IsoDayOfWeek.Sunday => last.PlusDays(-2), _ => last };
    }

    private static double MonthEnd(LocalDate date) => date == LastWorkingDay(date) ? 1.4 : 1;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Forecast_FortyPercentMoreOnTheLastWorkingDay_IsForecastWithIt(int seed)
    {
        var history = Days(731, seed, MonthEnd); // two years, to the end of 2025

        var with = ForecastEngine.Forecast(history, 35, new ForecastOptions());

        var day = Period.DaysBetween(new LocalDate(2026, 1, 1), new LocalDate(2026, 1, 30)); // a Friday
        with.EventEffects.Should().ContainSingle().Which.Kind.Should().Be("regular: last working day of the month");
        with.EventFactors[day].Should().BeApproximately(1.4, 0.06);
        with.EventFactors.Where((_, d) => d != day).Should().OnlyContain(f => f == 1);
        with.Cleansing.Changes.Should().Contain(c => c.Reason == "event: regular: last working day of the month");
    }

    [Test]
    public void Forecast_SeriesWithoutIt_IsNotTouched()
    {
        var history = Days(731, 4, _ => 1);

        RegularDays.Find(history, 35, []).Should().BeEmpty();
        ForecastEngine.Forecast(history, 35, new ForecastOptions()).EventFactors.Should().BeEmpty();
    }

    [Test]
    public void Find_NoiseAlone_IsHardlyEverBelieved()
    {
        var believed = Enumerable.Range(0, 300).Count(seed =>
            RegularDays.Find(Days(seed % 2 == 0 ? 731 : 365, seed, _ => 1, seed % 3 == 0 ? 8 : 300, 0.05 + (0.05 * (seed % 4))), 28, []).Count > 0);

        believed.Should().BeLessThanOrEqualTo(1);
    }

    [TestCase(15, "day 15 of the month")]
    [TestCase(25, "day 25 of the month")]
    [TestCase(1, "day 1 of the month")]
    public void Find_ADateOfTheMonth_IsThatDate(int day, string rule)
    {
        var found = RegularDays.Find(Days(731, 5, date => date.Day == day ? 1.35 : 1), 35, []);

        found.Select(e => e.Kind).Distinct().Should().Equal(RegularDays.KindPrefix + rule);
        found[^1].Start.Should().BeGreaterThan(SyntheticSeries.Monday + Duration.FromDays(731), "coming days are told too");
    }

    [Test]
    public void Find_PaydayMovedBeforeTheWeekend_IsFoundWithItsRule()
    {
        static bool IsPayday(LocalDate date) => (date.Day == 25 && date.DayOfWeek < IsoDayOfWeek.Saturday)
            || (date.DayOfWeek == IsoDayOfWeek.Friday && (date.PlusDays(1).Day == 25 || date.PlusDays(2).Day == 25));

        RegularDays.Find(Days(731, 6, date => IsPayday(date) ? 1.3 : 1), 35, []).Select(e => e.Kind).Distinct()
            .Should().Equal("regular: day 25 of the month, or the working day before");
    }

    [Test]
    public void Find_TwoPatterns_AreBothFound() =>
        RegularDays.Find(Days(731, 7, date => date.Day == 15 ? 0.7 : MonthEnd(date)), 35, []).Select(e => e.Kind).Distinct()
            .Should().BeEquivalentTo("regular: day 15 of the month", "regular: last working day of the month");

    [Test]
    public void Find_HourlyHistory_NamesWholeLocalDays()
    {
        var random = new Random(8);
        var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        var grid = SyntheticSeries.Hourly(zone.Id);
        var start = First.AtStartOfDayInZone(zone).ToInstant();
        double[] values = [.. Enumerable.Range(0, 24 * 400).Select(t =>
        {
            var local = grid.InstantAt(start, t).InZone(zone);
            var usual = SyntheticSeries.HourlyRate((24 * ((int)local.DayOfWeek - 1)) + local.Hour, 20);
            return (double)SyntheticSeries.Poisson(random, usual * MonthEnd(local.Date));
        })];

        var found = RegularDays.Find(new TimeSeries(start, grid, values), 24 * 28, []);

        found.Should().NotBeEmpty().And.OnlyContain(e => e.Kind == "regular: last working day of the month"
            && e.Start.InZone(zone).TimeOfDay == LocalTime.Midnight && e.End.InZone(zone).TimeOfDay == LocalTime.Midnight);
        found.Count(e => e.End <= grid.InstantAt(start, values.Length)).Should().Be(13);
    }

    [Test]
    public void Find_DaysTheUserNamed_AreLeftToTheUser()
    {
        var payday = Enumerable.Range(0, 24).Select(m => LastWorkingDay(First.PlusMonths(m)).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant())
            .Select(start => new CalendarEvent("payday", start, start + Duration.FromDays(1))).ToList();

        RegularDays.Find(Days(731, 9, MonthEnd), 35, payday).Should().BeEmpty();
    }

    [Test]
    public void Find_FiveMonths_IsTooLittle() => RegularDays.Find(Days(150, 10, MonthEnd), 35, []).Should().BeEmpty();

    [Test]
    public void Find_HolidayOnTheLastWeekday_TakesTheWorkingDayBefore()
    {
        // The last weekday of every third month is a holiday: work is done the day before.
        bool Holiday(LocalDate date) => date.Month % 3 == 0 && date == LastWorkingDay(date);
        LocalDate Before(LocalDate date) => date.DayOfWeek == IsoDayOfWeek.Monday ? date.PlusDays(-3) : date.PlusDays(-1);
        double Factor(LocalDate date) => Holiday(date) ? 0.3
            : date.Month % 3 == 0 ? (date == Before(LastWorkingDay(date)) ? 1.4 : 1)
            : MonthEnd(date);
        var holidays = Enumerable.Range(0, 28).Select(m => LastWorkingDay(First.PlusMonths(m))).Where(Holiday)
            .Select(d => d.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()).Select(start => new CalendarEvent("holiday", start, start + Duration.FromDays(1)));

        var found = RegularDays.Find(Days(731, 11, Factor), 100, [.. holidays]);

        found.Should().OnlyContain(e => e.Kind == "regular: last working day of the month");
        found.Select(e => e.Start.InUtc().Date).Should().Contain(Before(new LocalDate(2026, 3, 31)));
    }
}
