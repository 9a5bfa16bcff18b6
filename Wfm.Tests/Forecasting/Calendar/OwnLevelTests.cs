using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>A holiday is a multiple of the day it falls on, or a day of another kind.</summary>
public sealed class OwnLevelTests
{
    private const int Weeks = 52;
    private static readonly int[] Weekdays = [37, 85, 136, 184, 242, 290, 337]; // Wed Tue Thu Wed Fri Thu Tue
    private static readonly int NextSunday = (Weeks * 7) + 6;

    /// <summary>200 contacts on a weekday, 100 on a Sunday, 140 on a Saturday; the holidays as given.</summary>
    private static TimeSeries Days(IEnumerable<int> holidays, Func<int, double> onHoliday, int seed, double sunday = 100)
    {
        var random = new Random(seed);
        var set = holidays.ToHashSet();
        double Usual(int day) => (day % 7) switch { 6 => sunday, 5 => 140, _ => 200 };
        double[] values = [.. Enumerable.Range(0, Weeks * 7)
            .Select(day => (double)SyntheticSeries.Poisson(random, set.Contains(day) ? onHoliday(day % 7) : Usual(day)))];
        return new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), values);
    }

    private static CalendarEvent OnDay(int day) =>
        new("holiday", SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + 1));

    private static SeriesForecast Next(TimeSeries history, IEnumerable<int> seen, int ahead) =>
        ForecastEngine.Forecast(history, 14, new ForecastOptions { Events = [.. seen.Append(ahead).Select(OnDay)] });

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Forecast_WeekdayHolidayLikeASundayFallsOnASunday_IsTheSunday(int seed)
    {
        var forecast = Next(Days(Weekdays, _ => 100, seed), Weekdays, NextSunday);

        forecast.Mean[6].Should().BeApproximately(100, 7, "half of a Sunday would be 50");
        (forecast.Quantile(0.95)[6] - forecast.Quantile(0.05)[6]).Should().BeGreaterThan(40, "whether it is like a Sunday is not wholly known");
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Forecast_HolidayThatHalvesAnyDay_HalvesASundayAgain(int seed)
    {
        int[] seen = [.. Weekdays, 90, 244, 314]; // two Sundays among them, and a Saturday later
        seen = [.. seen.Select(d => d is 90 or 244 ? d - (d % 7) + 6 : d)];

        var forecast = Next(Days(seen, day => day switch { 6 => 50, 5 => 70, _ => 100 }, seed), seen, NextSunday);

        forecast.Mean[6].Should().BeApproximately(50, 6);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Forecast_HolidayWithALevelOfItsOwnOnSundaysToo_KeepsTheLevel(int seed)
    {
        int[] seen = [.. Weekdays, 90 - (90 % 7) + 6, 244 - (244 % 7) + 6];

        var forecast = Next(Days(seen, _ => 60, seed), seen, NextSunday);

        forecast.Mean[6].Should().BeApproximately(60, 8);
    }

    [Test]
    public void Forecast_KindsOfEitherSort_IsCloserThanTakingAllForOneSort()
    {
        var (told, multiples, levels) = (0.0, 0.0, 0.0);
        for (var seed = 0; seed < 24; seed++)
        {
            var factor = 0.3 + (0.025 * seed);
            var ownLevel = seed % 2 == 0;
            var likeSunday = seed % 4 == 0 ? 100 : 200 * factor;
            var truth = ownLevel ? likeSunday : 100 * factor;

            var forecast = Next(Days(Weekdays, _ => ownLevel ? likeSunday : 200 * factor, seed), Weekdays, NextSunday);

            var multiple = forecast.EventEffects.Single().Factor * 100;
            told += Math.Abs(Math.Log(forecast.Mean[6] / truth));
            multiples += Math.Abs(Math.Log(multiple / truth));
            levels += Math.Abs(Math.Log(Math.Min(100, 2 * multiple) / truth));
        }

        told.Should().BeLessThan(multiples).And.BeLessThan(levels);
    }

    [Test]
    public void Learn_OperationWhoseOtherHolidaysAreMultiples_TakesANewOneForAMultipleToo()
    {
        EventEffect Of(string kind, EventTerm slope) => new(kind, 0.6, 0.15, 20) { Spread = 0.1, Position = 0.15, OwnLevel = slope };

        double OwnLevelOfNew(double slope) => EventPooling.Shrink([], [Of("easter", EventTerm.Unknown), Of("public", new EventTerm(slope, 0.1))])
            .Single(e => e.Kind == "easter").OwnLevel.Log;

        OwnLevelOfNew(0).Should().BeLessThan(0.1);
        OwnLevelOfNew(1).Should().BeGreaterThan(0.95);
    }

    [Test]
    public void Forecast_SameDayOfTheWeekAsBefore_DoesNotDependOnTheLevel()
    {
        int[] seen = [37, 86, 135, 184, 240, 289, 338]; // Wednesdays and Thursdays
        var forecast = Next(Days(seen, _ => 100, 7), seen, (Weeks * 7) + 2);

        forecast.Mean[2].Should().BeApproximately(104, 5, "100, drawn a little to no effect");
    }

    [Test]
    public void Posterior_NothingKnown_IsBetweenAndUnsure()
    {
        var lowering = OwnLevel.Posterior(EventTerm.Unknown, 0, -0.5);

        lowering.Log.Should().BeInRange(0.2, 0.8);
        lowering.Error.Should().BeGreaterThan(0.3);
        OwnLevel.Posterior(EventTerm.Unknown, 0, 0.5).Log.Should().BeLessThan(0.3, "a campaign is a multiple of the day until it shows otherwise");
    }

    [Test]
    public void Posterior_SlopeIsKnown_DecidesWhateverTheLevelsMet()
    {
        OwnLevel.Posterior(new EventTerm(0, 0.1), 3, -0.5).Log.Should().BeLessThan(0.1);
        OwnLevel.Posterior(new EventTerm(1, 0.1), -3, -0.5).Log.Should().BeGreaterThan(0.9);
    }
}
