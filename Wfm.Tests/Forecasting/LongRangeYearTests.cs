using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting;

/// <summary>The year in a forecast by week goes by the calendar.</summary>
public sealed class LongRangeYearTests
{
    private static readonly LocalDate First = new(2019, 1, 7);

    private static double[] Weeks(int weeks, Func<LocalDate, Random, double> value, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, weeks).Select(w => Math.Round(value(First.PlusWeeks(w), random)))];
    }

    private static SeriesForecast Forecast(double[] weeks, int ahead) => LongRangeForecast.Forecast(
        new TimeSeries(First.AtMidnight().InUtc().ToInstant(), new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc), weeks), ahead, new ForecastOptions());

    private static bool Holds(LocalDate monday, int month, int day) =>
        Enumerable.Range(0, 7).Any(d => monday.PlusDays(d) is var date && date.Month == month && date.Day == day);

    [TestCase(12, 25, 104)]
    [TestCase(12, 25, 156)]
    [TestCase(12, 25, 208)]
    [TestCase(12, 25, 257)]
    [TestCase(1, 1, 208)]
    public void Forecast_WeekThatHoldsADate_HasItsPeakInThatWeek(int month, int day, int known)
    {
        double Value(LocalDate monday, Random random) => (Holds(monday, month, day) ? 1820 : 680) + (20 * (random.NextDouble() - 0.5));
        var weeks = Weeks(known + 104, Value);

        var forecast = Forecast(weeks[..known], 104);

        for (var w = 0; w < 104; w++)
        {
            forecast.Mean[w].Should().BeApproximately(weeks[known + w], 0.1 * weeks[known + w], "it is week {0}", First.PlusWeeks(known + w));
        }
    }

    [TestCase(0, 2647)]
    [TestCase(0.05, 2647)]
    public void Forecast_GrowthOfThreePercentAWeek_IsFollowed(double noise, double right)
    {
        var random = new Random(2);
        double[] weeks = [.. Enumerable.Range(0, 40).Select(w => Math.Round(570 * Math.Pow(1.03, w + 1) * Math.Exp(noise * (random.NextDouble() - 0.5))))];

        var forecast = Forecast(weeks, 12);

        forecast.Mean[11].Should().BeApproximately(right, 0.05 * right);
    }

    [Test]
    public void Forecast_GrowthOfThreePercentAWeek_DoesNotGoOnForEver()
    {
        double[] weeks = [.. Enumerable.Range(0, 40).Select(w => Math.Round(570 * Math.Pow(1.03, w + 1)))];

        var forecast = Forecast(weeks, 104);

        forecast.Mean[11].Should().BeApproximately(2647, 0.05 * 2647);
        forecast.Mean[103].Should().BeInRange(1.2 * forecast.Mean[11], 4 * forecast.Mean[11]);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Forecast_NoGrowth_GetsNone(int seed)
    {
        var random = new Random(seed);
        double[] weeks = [.. Enumerable.Range(0, 40 * seed).Select(_ => Math.Round(1000 + (100 * (random.NextDouble() - 0.5))))];

        Forecast(weeks, 104).Mean.Should().OnlyContain(v => v > 970 && v < 1030);
    }

    [TestCase(110)]
    [TestCase(140)]
    [TestCase(200)]
    public void Forecast_QueueSilentForMonths_ComesBackWithItsSeasonAndIsSilentElse(int known)
    {
        var weeks = SeasonalQueue(known + 60);

        var forecast = Forecast(weeks[..known], 60);


        CheckSeason(forecast, known, weeks);
    }

    [Test]
    public void Forecast_SilenceNobodyImported_IsSilence()
    {
        const int known = 150;
        var weeks = SeasonalQueue(known + 60);

        var forecast = Forecast([.. weeks[..known].Select(v => v == 0 ? double.NaN : v)], 60);

        CheckSeason(forecast, known, weeks);
    }

    private static bool Active(LocalDate monday) => monday.DayOfYear is >= 60 and < 130;

    private static double[] SeasonalQueue(int weeks) => Weeks(weeks, (monday, random) => Active(monday) ? 7000 + (500 * (random.NextDouble() - 0.5)) : 0);

    /// <summary>Inside and outside its season, but for the weeks at its edges, which two years hardly tell.</summary>
    private static void CheckSeason(SeriesForecast forecast, int known, double[] weeks)
    {
        for (var w = 0; w < 60; w++)
        {
            if (Enumerable.Range(-1, 3).Select(k => Active(First.PlusWeeks(known + w + k))).Distinct().Count() == 1)
            {
                var right = weeks[known + w];
                forecast.Mean[w].Should().BeApproximately(right, 0.15 * right);
                forecast.Quantile(0.9)[w].Should().BeInRange(0.9 * right, (1.5 * right) + 200);
            }
        }
    }
}
