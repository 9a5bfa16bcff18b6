using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting;

public sealed class LongRangeForecastTests
{
    private static double[] Days(int days, double yearly, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(d =>
            Math.Round((1000 * (1 + (yearly * Math.Sin(2 * Math.PI * d / 365.25))) * (d % 7 >= 5 ? 0.5 : 1)) + (30 * random.NextDouble())))];
    }

    private static SeriesForecast Forecast(double[] days, int weeks, ForecastOptions? options = null) => LongRangeForecast.Forecast(
        new TimeSeries(SyntheticSeries.Monday, new IntervalGrid(Duration.FromDays(1), DateTimeZone.Utc), days), weeks, options ?? new ForecastOptions());

    [Test]
    public void Forecast_FourYears_FollowsTheYearForTwoMore()
    {
        var days = Days(364 * 6, yearly: 0.3);
        double[] weeks = [.. Enumerable.Range(0, 104).Select(w => days.AsSpan((364 * 4) + (7 * w), 7).ToArray().Sum())];

        var forecast = Forecast(days[..(364 * 4)], 104);

        forecast.Horizon.Should().Be(104);
        forecast.Grid.Interval.Should().Be(Duration.FromDays(7));
        var error = forecast.Mean.Zip(weeks, (f, y) => Math.Abs(f - y)).Sum() / weeks.Sum();
        error.Should().BeLessThan(0.07); // the year alone moves weeks by 19 % in the mean
    }

    [Test]
    public void Forecast_OneYear_IsWiderFurtherAhead()
    {
        var random = new Random(8);
        var level = 1000.0;
        double[] days = [.. Enumerable.Range(0, 364).Select(_ => level *= Math.Exp(0.01 * (random.NextDouble() - 0.5)))];

        var forecast = Forecast(days, 104);

        var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
        (high[51] - low[51]).Should().BeGreaterThan(1.5 * (high[0] - low[0]));
        forecast.Mean.Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
    }

    [Test]
    public void Forecast_EventInThePast_DoesNotLowerTheFuture()
    {
        var days = Days(364 * 2, yearly: 0);
        var start = SyntheticSeries.Monday + Duration.FromDays((364 * 2) - 14);
        for (var d = days.Length - 14; d < days.Length - 7; d++)
        {
            days[d] = 0;
        }

        var forecast = Forecast(days, 8, new ForecastOptions { Events = [new CalendarEvent("outage", start, start + Duration.FromDays(7), repeats: false)] });

        forecast.Mean.Should().OnlyContain(v => v > 5500 && v < 6700); // a usual week has about 6,100
    }

    [TestCase(60)]
    [TestCase(130)]
    public void Forecast_GrowingRandomWalks_HoldsWhatItSays(int known)
    {
        var (inside, bias, random) = (0, 0.0, new Random(21));
        const int walks = 60;
        for (var walk = 0; walk < walks; walk++)
        {
            var level = Math.Log(2000);
            double[] weeks = [.. Enumerable.Range(0, known + 52).Select(_ => Math.Round(Math.Exp(level += 0.005 + (0.07 * (random.NextDouble() - 0.5)))))];
            var grid = new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc);
            var forecast = LongRangeForecast.Forecast(new TimeSeries(SyntheticSeries.Monday, grid, weeks[..known]), 52, new ForecastOptions());
            inside += weeks[^1] >= forecast.Quantile(0.1)[51] && weeks[^1] <= forecast.Quantile(0.9)[51] ? 1 : 0;
            bias += ((forecast.Mean[51] / weeks[^1]) - 1) / walks;
        }

        (inside / (double)walks).Should().BeInRange(0.7, 0.93);
        bias.Should().BeInRange(-0.15, 0.15);
    }

    [Test]
    public void Forecast_Quantiles_AscendAndStayAboveZero()
    {
        var forecast = Forecast(Days(300, 0.3), 104);

        foreach (var (lower, upper) in forecast.Quantiles.Zip(forecast.Quantiles.Skip(1)))
        {
            lower.Zip(upper, (a, b) => b - a).Should().OnlyContain(step => step >= 0);
        }

        forecast.Quantiles[0].Should().OnlyContain(v => v >= 0);
    }

    [Test]
    public void Forecast_SameSeed_IsTheSameToTheBit() => Forecast(Days(500, 0.2), 20).Mean.Should().Equal(Forecast(Days(500, 0.2), 20).Mean);

    [Test]
    public void Forecast_NoWholeWeek_SaysSo() =>
        FluentActions.Invoking(() => Forecast(Days(5, 0), 4)).Should().Throw<ForecastDataException>().WithMessage("*no whole week*");

    [TestCase(0)]
    [TestCase(105)]
    public void Forecast_WeeksOutOfRange_Refuses(int weeks) =>
        FluentActions.Invoking(() => Forecast(Days(100, 0), weeks)).Should().Throw<ArgumentOutOfRangeException>();
}
