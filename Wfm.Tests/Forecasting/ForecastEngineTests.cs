using System.Text.Json;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting;

public sealed class ForecastEngineTests
{
    private static SeriesForecast Forecast(double[] values, int horizon, IntervalGrid? grid = null, ForecastOptions? options = null) =>
        ForecastEngine.Forecast(new TimeSeries(SyntheticSeries.Monday, grid ?? SyntheticSeries.Hourly(), values), horizon, options ?? new ForecastOptions());

    private static void ShouldBeSane(SeriesForecast forecast, int horizon)
    {
        forecast.Horizon.Should().Be(horizon);
        forecast.Mean.Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
        foreach (var (low, high) in forecast.Quantiles.Zip(forecast.Quantiles.Skip(1)))
        {
            low.Zip(high, (a, b) => a <= b && double.IsFinite(a) && double.IsFinite(b) && a >= 0).Should().OnlyContain(ok => ok);
        }

        forecast.Models.Sum(m => m.Weight).Should().BeApproximately(1, 1e-9);
        forecast.SamplePaths(3, 1).Should().OnlyContain(p => p.Length == horizon && p.All(double.IsFinite));
    }

    [Test]
    public void Forecast_WeeklyProfile_BeatsSeasonalNaiveAndCovers()
    {
        var values = SyntheticSeries.HourlyCounts(16, 30, 21);

        var forecast = Forecast(values[..^168], 168);

        ShouldBeSane(forecast, 168);
        forecast.Backtest.Overall!.Wape.Should().BeLessThan(0.85 * forecast.Backtest.SeasonalNaive!.Wape!.Value);
        forecast.Backtest.Overall!.Coverage95.Should().BeInRange(0.92, 0.98);
        forecast.Backtest.Overall!.Coverage80.Should().BeInRange(0.74, 0.86);
        var (low, high) = (forecast.Quantile(0.025), forecast.Quantile(0.975));
        values[^168..].Select((v, h) => v >= low[h] && v <= high[h] ? 1.0 : 0.0).Average().Should().BeGreaterThan(0.9);
    }

    [Test]
    public void Backtest_ExactlyPeriodicWeeks_TheNaiveIsNeverWrong() // first origins have no year behind them and do not count against it
    {
        double[] values = [.. Enumerable.Range(0, 80).Select(t => 100.0 + (10 * (t % 52)))];

        var forecast = Forecast(values, 13, new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc));

        forecast.Backtest.SeasonalNaive!.Wape.Should().Be(0);
        forecast.Backtest.SeasonalNaive!.Observations.Should().BeInRange(1, forecast.Backtest.Overall!.Observations);
    }

    [Test]
    public void Forecast_SpringClockChange_KeepsThePeakAtNineLocal()
    {
        // Eight weeks of London winter time with a sharp peak at 09:00 local; the forecast crosses 31 March 2024.
        var grid = SyntheticSeries.Hourly("Europe/London");
        var start = Instant.FromUtc(2024, 2, 2, 0, 0);
        double[] values = [.. Enumerable.Range(0, 56 * 24).Select(t => t % 24 == 9 ? 100.0 : 10)];

        var forecast = ForecastEngine.Forecast(new TimeSeries(start, grid, values), 96, new ForecastOptions());

        for (var h = 0; h < 96; h++)
        {
            var hour = grid.InstantAt(forecast.Start, h).InZone(grid.Zone).Hour;
            forecast.Mean[h].Should().BeApproximately(hour == 9 ? 100 : 10, 3, $"step {h} is {hour}:00 local");
        }
    }

    [Test]
    public void Forecast_HistoryOverClockChange_LosesAndRepeatsNothing()
    {
        var grid = SyntheticSeries.HalfHourly("Australia/Lord_Howe");
        var start = Instant.FromUtc(2024, 3, 1, 13, 0);
        double[] values = [.. Enumerable.Range(0, 60 * 48).Select(i =>
        {
            var local = grid.InstantAt(start, i).InZone(grid.Zone).LocalDateTime;
            return local is { Hour: 9, Minute: 0 } ? 100.0 : 10;
        })];

        var forecast = ForecastEngine.Forecast(new TimeSeries(start, grid, values), 96, new ForecastOptions());

        var peaks = Enumerable.Range(0, 96).Where(h => forecast.Mean[h] > 50).Select(h => grid.InstantAt(forecast.Start, h).InZone(grid.Zone).TimeOfDay);
        peaks.Should().HaveCount(2).And.OnlyContain(time => time == new LocalTime(9, 0));
    }

    [Test]
    public void Forecast_AutumnOverlapAtTheOrigin_ForecastsEveryStep()
    {
        var grid = SyntheticSeries.Hourly("Europe/London");
        var end = Instant.FromUtc(2024, 10, 27, 1, 0); // 01:00 the second time
        var values = SyntheticSeries.HourlyCounts(6, 30, 4);

        var forecast = ForecastEngine.Forecast(new TimeSeries(end - Duration.FromHours(values.Length), grid, values), 48, new ForecastOptions());

        ShouldBeSane(forecast, 48);
        forecast.Mean.Should().OnlyContain(v => v > 0);
    }

    [Test]
    public void Forecast_ClosedNightsAndWeekends_AreZeroAndMarked()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 10 * 336).Select(t => Open(t) ? SyntheticSeries.Poisson(random, 40) : double.NaN)];

        var forecast = Forecast(values, 336, SyntheticSeries.HalfHourly());

        for (var h = 0; h < 336; h++)
        {
            forecast.Closed[h].Should().Be(!Open(h));
            (forecast.Mean[h] > 0).Should().Be(Open(h));
        }

        forecast.Cleansing.MissingFilled.Should().Be(0);
        forecast.Cleansing.ClosedIntervals.Should().Be(10 * 196);
        ShouldBeSane(forecast, 336);

        static bool Open(int t) => t % 336 / 48 < 5 && t % 48 is >= 14 and < 42;
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(25)]
    [TestCase(168)]
    [TestCase(200)]
    public void Forecast_ThinHistory_IsSaneWithHonestWidth(int length)
    {
        var forecast = Forecast(SyntheticSeries.HourlyCounts(2, 30, 5)[..length], 300);

        ShouldBeSane(forecast, 300);
        (forecast.Quantile(0.95)[^1] - forecast.Quantile(0.05)[^1]).Should().BeGreaterThan(3);
    }

    [Test]
    public void Forecast_Constant_StaysThere()
    {
        var forecast = Forecast([.. Enumerable.Repeat(12.0, 500)], 48);

        forecast.Mean.Should().OnlyContain(v => Math.Abs(v - 12) < 1e-6);
        ShouldBeSane(forecast, 48);
    }

    [Test]
    public void Forecast_AllZeros_IsZero()
    {
        var forecast = Forecast(new double[500], 48);

        forecast.Mean.Should().OnlyContain(v => v == 0);
        ShouldBeSane(forecast, 48);
    }

    [Test]
    public void Forecast_ThreeDaysWithTwoContacts_StaysOnTheScaleOfContacts()
    {
        // Every back-test forecast is zero: nothing but the errors says how large an error is.
        double[] values = [.. Enumerable.Range(0, 144).Select(t => t is 135 or 142 ? 1.0 : 0)];
        bool[] openWeek = [.. Enumerable.Range(0, 336).Select(slot => slot % 48 is >= 14 and < 46)];
        var history = new TimeSeries(Instant.FromUtc(2026, 10, 2, 6, 0), SyntheticSeries.HalfHourly("Asia/Kuala_Lumpur"), values);

        var forecast = ForecastEngine.Forecast(history, 48 * 28, new ForecastOptions { OpenWeek = openWeek });

        forecast.Quantiles[^1].Should().OnlyContain(v => v < 100);
    }

    [Test]
    public void Forecast_HugeScale_IsTheSmallOneScaled()
    {
        var values = SyntheticSeries.HourlyCounts(5, 30, 5).Select(v => v + 0.25).ToArray(); // not counts: no counting noise

        var small = Forecast(values, 48);
        var huge = Forecast([.. values.Select(v => v * 1e9)], 48);

        huge.Mean.Zip(small.Mean, (a, b) => Math.Abs((a / 1e9) - b) / b).Max().Should().BeLessThan(1e-3);
    }

    [Test]
    public void Forecast_FortyPercentMissing_IsCloseToTheFullOne()
    {
        var random = new Random(9);
        var values = SyntheticSeries.HourlyCounts(10, 60, 5);
        double[] thinned = [.. values.Select(v => random.NextDouble() < 0.4 ? double.NaN : v)];

        var forecast = Forecast(thinned, 168);

        ShouldBeSane(forecast, 168);
        forecast.Mean.Sum().Should().BeApproximately(Enumerable.Range(0, 168).Sum(h => SyntheticSeries.HourlyRate(h, 60)), 0.04 * forecast.Mean.Sum());
    }

    [TestCase(7)]
    [TestCase(60)]
    [TestCase(800)]
    public void Forecast_DailyGrid_IsSane(int days)
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, days).Select(d => (double)SyntheticSeries.Poisson(random, d % 7 < 5 ? 80 : 30))];

        ShouldBeSane(Forecast(values, 60, SyntheticSeries.Daily()), 60);
    }

    [TestCase(5)]
    [TestCase(130)]
    public void Forecast_WeeklyGrid_IsSane(int weeks)
    {
        double[] values = [.. Enumerable.Range(0, weeks).Select(w => 500 + (100 * Math.Sin(2 * Math.PI * w / 52)))];

        ShouldBeSane(Forecast(values, 26, new IntervalGrid(Duration.FromDays(7), DateTimeZone.Utc)), 26);
    }

    [Test]
    public void Forecast_NegativeValues_AreAllowed()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(t => 10 * Math.Sin(2 * Math.PI * t / 24))];

        Forecast(values, 24).Mean.Min().Should().BeLessThan(-5);
    }

    [Test]
    public void Forecast_Twice_IsTheSameToTheBitOnAnyThread()
    {
        var values = SyntheticSeries.HourlyCounts(6, 15, 5);
        var one = Forecast(values, 72);

        var many = new SeriesForecast[4];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => many[i] = Forecast(values, 72));

        many.Should().OnlyContain(f => f.Mean.SequenceEqual(one.Mean) && f.Quantiles[3].SequenceEqual(one.Quantiles[3]) && f.Dependence == one.Dependence);
    }

    [Test]
    public void Forecast_StoredPieces_GiveTheSamePathsAgain()
    {
        var forecast = Forecast(SyntheticSeries.HourlyCounts(6, 15, 5), 48);
        var json = JsonSerializer.Serialize(
            new
            {
                forecast.Mean,
                forecast.QuantileLevels,
                forecast.Quantiles,
                forecast.Dependence,
                forecast.Models,
                forecast.Backtest,
                forecast.Cleansing,
            });

        using var stored = JsonDocument.Parse(json);
        var again = SamplePaths.Generate(
            stored.RootElement.GetProperty("QuantileLevels").Deserialize<double[]>()!,
            stored.RootElement.GetProperty("Quantiles").Deserialize<double[][]>()!, 24,
            stored.RootElement.GetProperty("Dependence").Deserialize<PathDependence>()!, 5, forecast.Seed,
            stored.RootElement.GetProperty("Mean").Deserialize<double[]>(), wholeNumbers: true);

        again.Should().BeEquivalentTo(forecast.SamplePaths(5, forecast.Seed), options => options.WithStrictOrdering());
        stored.RootElement.GetProperty("Backtest").Deserialize<BacktestReport>()!.Overall.Should().Be(forecast.Backtest.Overall);
        stored.RootElement.GetProperty("Cleansing").Deserialize<CleansingReport>().Should().NotBeNull();
    }

    [Test]
    public void Forecast_EmptyHistory_SaysWhatToTry() =>
        FluentActions.Invoking(() => Forecast([], 24)).Should().Throw<ForecastDataException>().WithMessage("*empty*Import*");

    [Test]
    public void Forecast_AllMissing_SaysWhatToTry() =>
        FluentActions.Invoking(() => Forecast([double.NaN, double.NaN], 24)).Should().Throw<ForecastDataException>().WithMessage("All 2 intervals*missing*");

    [Test]
    public void Forecast_OpenWeekOfTheWrongGrid_SaysHowManyFlags() => FluentActions
        .Invoking(() => Forecast([1, 2], 24, options: new ForecastOptions { OpenWeek = new bool[336] }))
        .Should().Throw<ArgumentException>().WithMessage("*336 flags*168 intervals*");

    [Test]
    public void Forecast_LevelsOutOfOrder_SaysWhich() => FluentActions
        .Invoking(() => Forecast([1, 2], 24, options: new ForecastOptions { QuantileLevels = [0.5, 0.1] }))
        .Should().Throw<ArgumentException>().WithMessage("*QuantileLevels[1] is 0.1*");

    [Test]
    public void Forecast_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        FluentActions.Invoking(() => ForecastEngine.Forecast(SyntheticSeries.HourlySeries(5, 10, 1), 24, new ForecastOptions(), source.Token))
            .Should().Throw<OperationCanceledException>();
    }
}
