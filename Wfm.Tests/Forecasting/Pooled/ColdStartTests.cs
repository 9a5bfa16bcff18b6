using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class ColdStartTests
{
    private const int Ahead = 168;
    private static readonly PoolMember[] Siblings = PoolBench.Queues(4, 12);
    private static readonly PoolMember Young = PoolBench.Queue("new", 12, 25, 99);

    private static SeriesForecast Forecast(int hours, ColdStartOptions? options = null, PoolMember[]? siblings = null) =>
        ColdStart.Forecast(PoolBench.Young(Young, hours), siblings ?? Siblings, Ahead, options ?? new ColdStartOptions());

    private static double[] Truth { get; } = [.. Enumerable.Range(0, Ahead).Select(h => SyntheticSeries.HourlyRate(h, 25))];

    private static double Miss(double[] mean) => mean.Zip(Truth, (a, b) => Math.Abs(a - b)).Sum() / Truth.Sum();

    private static double Width(SeriesForecast forecast) => forecast.Quantile(0.9).Zip(forecast.Quantile(0.1), (high, low) => high - low).Sum();

    [TestCase(1)]
    [TestCase(24)]
    [TestCase(72)]
    [TestCase(336)]
    public void Forecast_ShortHistory_IsWholeAndSane(int hours)
    {
        var forecast = Forecast(hours);

        forecast.Start.Should().Be(Young.History.End);
        forecast.Mean.Should().HaveCount(Ahead).And.OnlyContain(v => v > 0 && double.IsFinite(v));
        foreach (var (low, high) in forecast.Quantiles.Zip(forecast.Quantiles.Skip(1)))
        {
            low.Zip(high, (a, b) => a >= 0 && a <= b && double.IsFinite(b)).Should().OnlyContain(ok => ok);
        }

        forecast.Models.Sum(m => m.Weight).Should().BeApproximately(1, 1e-9);
        forecast.Models.Should().OnlyContain(m => m.Model.StartsWith("sibling: queue "));
        forecast.Backtest.Origins.Should().Be(0);
        forecast.SamplePaths(3, 1).Should().OnlyContain(path => path.Length == Ahead && path.All(double.IsFinite));
    }

    [TestCase(24, 0.2)]
    [TestCase(72, 0.12)]
    [TestCase(336, 0.1)]
    public void Forecast_LikeSiblings_IsNearTheTruthAndBeatsTheEngineAlone(int hours, double most)
    {
        var alone = ForecastEngine.Forecast(PoolBench.Young(Young, hours).History, Ahead, new ForecastOptions());

        Miss(Forecast(hours).Mean).Should().BeLessThan(most).And.BeLessThan(Miss(alone.Mean));
    }

    [Test]
    public void Forecast_NoHistoryButAStatedLevel_AddsUpToItInTheShapeOfItsLike()
    {
        var forecast = Forecast(0, new ColdStartOptions { ExpectedPerWeek = Truth.Sum() });

        forecast.Mean.Sum().Should().BeApproximately(Truth.Sum(), 0.001 * Truth.Sum());
        Miss(forecast.Mean).Should().BeLessThan(0.12, "a flat week misses by half");
    }

    [Test]
    public void Forecast_MoreIsKnown_IsNarrower()
    {
        var widths = new[]
        {
            Width(Forecast(0)), Width(Forecast(0, new ColdStartOptions { ExpectedPerWeek = Truth.Sum(), ExpectedError = 0.5 })),
            Width(Forecast(0, new ColdStartOptions { ExpectedPerWeek = Truth.Sum(), ExpectedError = 0.1 })), Width(Forecast(336)),
        };

        widths.Should().BeInDescendingOrder();
    }

    [Test]
    public void Forecast_OneWeekOfOwn_Covers()
    {
        var (inside, total, random) = (0, 0, new Random(5));
        var forecast = Forecast(168);
        var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
        for (var week = 0; week < 20; week++)
        {
            for (var h = 0; h < Ahead; h++)
            {
                var actual = SyntheticSeries.Poisson(random, Truth[h]);
                inside += actual >= low[h] && actual <= high[h] ? 1 : 0;
                total++;
            }
        }

        (inside / (double)total).Should().BeInRange(0.78, 0.92);
    }

    [Test]
    public void Forecast_OneAlikeAmongStrangers_BorrowsFromIt()
    {
        var flat = Enumerable.Range(0, 3).Select(i => new PoolMember(
            $"flat {i}", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [.. Enumerable.Repeat(10.0 + i, 12 * 168)]))
        {
            Attributes = new Dictionary<string, string> { ["language"] = "pt" },
        });

        var stated = Forecast(0, new ColdStartOptions { ExpectedPerWeek = Truth.Sum() }, [.. flat, Siblings[0]]);
        var seen = ColdStart.Forecast(
            PoolBench.Young(Young, 168) with { Attributes = new Dictionary<string, string>() }, [.. flat, Siblings[0]], Ahead, new ColdStartOptions());

        stated.Models[0].Model.Should().Be("sibling: queue 0", "it shares the language");
        seen.Models[0].Model.Should().Be("sibling: queue 0", "its shape fits what came so far");
    }

    [Test]
    public void Forecast_AttributeOfNoWeight_IsIgnored()
    {
        var options = new ColdStartOptions { ExpectedPerWeek = 1000, AttributeWeights = new Dictionary<string, double> { ["language"] = 0 } };

        var forecast = Forecast(0, options, [PoolBench.Queue("a", 6, 9, 1, "pt"), PoolBench.Queue("b", 6, 9, 2, "en")]);

        forecast.Models.Should().OnlyContain(m => Math.Abs(m.Weight - 0.5) < 1e-9);
    }

    [Test]
    public void Forecast_ClosedHours_AreClosedAndTheWeekStillAddsUp()
    {
        var shop = Enumerable.Range(0, 168).Select(slot => slot % 24 is >= 8 and < 20).ToArray();
        var member = PoolBench.Young(Young, 0) with { Options = new ForecastOptions { OpenWeek = shop } };

        var forecast = ColdStart.Forecast(member, Siblings, Ahead, new ColdStartOptions { ExpectedPerWeek = 840 });

        forecast.Closed.Should().Equal(shop.Select(open => !open));
        forecast.Mean.Where((_, h) => !shop[h]).Should().OnlyContain(v => v == 0);
        forecast.Mean.Sum().Should().BeApproximately(840, 1e-6);
    }

    [Test]
    public void Forecast_HolidayAhead_DoesWhatItDidToTheSiblings()
    {
        var end = Young.History.End;
        var options = new ForecastOptions
        {
            Events = [new CalendarEvent("fair", end + Duration.FromHours(24), end + Duration.FromHours(48))],
            SiblingEffects = [new EventEffect("fair", 2, 0.1, 20)],
        };

        var usual = Forecast(168);
        var bent = ColdStart.Forecast(PoolBench.Young(Young, 168) with { Options = options }, Siblings, Ahead, new ColdStartOptions());

        (bent.Mean[30] / usual.Mean[30]).Should().BeGreaterThan(1.5);
        bent.Mean[60].Should().Be(usual.Mean[60]);
        bent.EventFactors[30].Should().BeApproximately(bent.Mean[30] / usual.Mean[30], 1e-9);
    }

    [Test]
    public void Forecast_AcrossAClockChange_KeepsThePeakAtNineLocal()
    {
        var grid = SyntheticSeries.Hourly("Europe/London");
        PoolMember Peak(string name, Instant start, int hours) => new(name, new TimeSeries(start, grid, [.. Enumerable.Range(0, hours).Select(i =>
            grid.InstantAt(start, i).InZone(grid.Zone).Hour == 9 ? 100.0 : 10)]));
        var end = Instant.FromUtc(2024, 3, 30, 0, 0); // the clocks change on the 31st

        var forecast = ColdStart.Forecast(
            Peak("new", end - Duration.FromHours(24), 24),
            [Peak("a", end - Duration.FromDays(60), 1440), Peak("b", end - Duration.FromDays(60), 1440)], 72, new ColdStartOptions());

        for (var h = 0; h < 72; h++)
        {
            (forecast.Mean[h] > 50).Should().Be(grid.InstantAt(end, h).InZone(grid.Zone).Hour == 9, $"step {h}");
        }
    }

    [Test]
    public void Forecast_Twice_IsTheSameToTheBit()
    {
        var (one, other) = (Forecast(50), Forecast(50));

        other.Mean.Should().Equal(one.Mean);
        other.Quantiles.SelectMany(row => row).Should().Equal(one.Quantiles.SelectMany(row => row));
    }

    [Test]
    public void Forecast_SingleSibling_IsWide()
    {
        var forecast = Forecast(24, siblings: [Siblings[0]]);

        forecast.Models.Should().ContainSingle().Which.Weight.Should().Be(1);
        (forecast.Quantile(0.9).Sum() - forecast.Quantile(0.1).Sum()).Should().BeGreaterThan(0.8 * forecast.Mean.Sum());
    }

    [Test]
    public void Forecast_AllZeros_StaysNearZero()
    {
        var quiet = new PoolMember("quiet", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), new double[240]));

        var forecast = ColdStart.Forecast(quiet, Siblings, Ahead, new ColdStartOptions());

        forecast.Mean.Sum().Should().BeLessThan(2);
        forecast.Quantiles[^1].Should().OnlyContain(v => double.IsFinite(v) && v < 5);
    }

    [Test]
    public void Forecast_DailyGrid_IsSane()
    {
        var random = new Random(4);
        PoolMember Days(string name, int days) =>
            new(
                name,
                new TimeSeries(
                    SyntheticSeries.Monday, SyntheticSeries.Daily(),
                    [.. Enumerable.Range(0, days).Select(d => (double)SyntheticSeries.Poisson(random, d % 7 < 5 ? 80 : 30))]));

        var forecast = ColdStart.Forecast(Days("new", 7), [Days("a", 84), Days("b", 84), Days("c", 84)], 14, new ColdStartOptions());

        forecast.Mean.Select((v, h) => Math.Abs(v - (h % 7 < 5 ? 80 : 30))).Should().OnlyContain(miss => miss < 15);
    }

    [Test]
    public void Forecast_EmptySiblingAmongOthers_IsLeftOut()
    {
        var empty = new PoolMember("empty", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [double.NaN]));

        Forecast(24, siblings: [.. Siblings, empty]).Models.Should().HaveCount(Siblings.Length);
    }

    [Test]
    public void Forecast_NoSiblingOfTwoWeeks_SaysSo() => FluentActions.Invoking(() => Forecast(24, siblings: [PoolBench.Queue("a", 1, 9, 1)]))
        .Should().Throw<ForecastDataException>().WithMessage("*'new'*none of its 1 siblings*two weeks*");

    [Test]
    public void Forecast_NegativeObservation_SaysWhere()
    {
        var wrong = new PoolMember("new", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [1, -2]));

        FluentActions.Invoking(() => ColdStart.Forecast(wrong, Siblings, 24, new ColdStartOptions()))
            .Should().Throw<ForecastDataException>().WithMessage("*2024-01-01T01:00:00Z*-2*");
    }

    [Test]
    public void Forecast_OtherInterval_IsRefused()
    {
        var daily = new PoolMember("daily", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), new double[100]));

        FluentActions.Invoking(() => Forecast(24, siblings: [daily])).Should().Throw<ArgumentException>().WithMessage("*'new'*'daily'*");
    }

    [TestCase(0.0, 0.3, 12)]
    [TestCase(double.NaN, 0.3, 12)]
    [TestCase(100.0, 0.0, 12)]
    [TestCase(100.0, 0.3, 0)]
    public void Forecast_OptionOutOfRange_IsRefused(double expected, double error, int siblings) => FluentActions
        .Invoking(() => Forecast(24, new ColdStartOptions { ExpectedPerWeek = expected, ExpectedError = error, MaximumSiblings = siblings }))
        .Should().Throw<ArgumentOutOfRangeException>();
}
