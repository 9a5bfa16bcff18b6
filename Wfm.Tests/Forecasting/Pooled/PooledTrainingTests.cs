using System.Text.Json;
using NodaTime;
using Wfm.Api.Json;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class PooledTrainingTests
{
    private const int Rows = 4000;
    private static readonly int[] Seasons = [24, 168];
    private static readonly IReadOnlyList<PooledModel> Trained = PooledTraining.Train(PoolBench.Queues(4, 20), 168, Rows);

    [Test]
    public void Train_LikeQueues_MakesTreesOnLagsAndAStackAtThreeCutOffs()
    {
        Trained.Select(m => m.Name).Should().Equal("pooled-lags", "pooled-stack");
        Trained.Should().OnlyContain(m => m.Versions.Count == 3 && m.Versions[2].CutOff == PoolEnd);
    }

    [Test]
    public void Train_AgainOnTwoThreads_IsTheSameToTheBit()
    {
        var again = PooledTraining.Train(PoolBench.Queues(4, 20), 168, Rows, threads: 2);

        again.SelectMany(Leaves).Should().Equal(Trained.SelectMany(Leaves));
    }

    [Test]
    public void Train_QueuesOfAnotherUnit_FindsTheSame()
    {
        var eighths = PoolBench.Queues(4, 20).Select(q => PoolBench.Scaled(q, 1 / 8.0)).ToList(); // a power of two, so that rounding is the same

        var lags = PooledTraining.Train(eighths, 168, Rows)[0];

        Leaves(lags).Zip(Leaves(Trained[0]), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6);
    }

    [Test]
    public void Train_WhatHappensAfterACutOff_ItsVersionHasNotSeen()
    {
        var queues = PoolBench.Queues(4, 20);
        var changed = queues.Select(q =>
                q with
                {
                    // The last day of 140: far behind the first origin, and small enough to be no outlier to the cleansing.
                    History = new TimeSeries(
                        q.History.Start, q.History.Grid,
                        [.. q.History.Values[..^24].ToArray(), .. q.History.Values[^24..].ToArray().Select(v => v + 1)]),
                })
            .ToList();

        var told = PooledTraining.Train(changed, 168, Rows);

        for (var m = 0; m < told.Count; m++)
        {
            told[m].Versions[0].Trees.Leaves.Should().Equal(Trained[m].Versions[0].Trees.Leaves);
            told[m].Versions[1].Trees.Leaves.Should().Equal(Trained[m].Versions[1].Trees.Leaves);
            told[m].Versions[2].Trees.Leaves.Should().NotEqual(Trained[m].Versions[2].Trees.Leaves);
        }
    }

    [Test]
    public void For_HistoryThatEndsBeforeTheFirstCutOff_GivesNoModel()
    {
        var frame = HistoryPreparation.Prepare(SyntheticSeries.HourlySeries(4, 10, 91), 48, new ForecastOptions()).Frame;

        Trained.Should().OnlyContain(m => m.For(frame, Nothing) == null);
    }

    [Test]
    public void Forecast_Json_RoundTrip_ForecastsTheSame()
    {
        var read = JsonSerializer.Deserialize<IReadOnlyList<PooledModel>>(JsonSerializer.Serialize(Trained, WfmJson.Options), WfmJson.Options)!;
        var y = SyntheticSeries.HourlyCounts(6, 40, 77);

        read.Select(m => Of(m, y).Fit(y, Seasons).Forecast(100)).Should().BeEquivalentTo(Trained.Select(m => Of(m, y).Fit(y, Seasons).Forecast(100)));
    }

    [TestCaseSource(nameof(Trained))]
    public void Forecast_QueueNotInThePool_IsNearerTheTruthThanFourWeeksMean(PooledModel pooled)
    {
        var y = SyntheticSeries.HourlyCounts(6, 6, 77);
        var model = Of(pooled, y);
        double Miss(IForecastModel m) => m.Fit(y, Seasons).Forecast(168).Select((v, h) => Math.Abs(v - SyntheticSeries.HourlyRate(h, 6))).Sum();

        Miss(model).Should().BeLessThan(Miss(new SeasonalWindowAverage(4)));
    }

    [TestCaseSource(nameof(Trained))]
    public void Forecast_ScaledHistory_Scales(PooledModel pooled)
    {
        var y = SyntheticSeries.HourlyCounts(5, 50, 3);

        double[] eighths = [.. y.Select(v => v / 8)];

        var one = Of(pooled, y).Fit(y, Seasons).Forecast(100);
        var eighth = Of(pooled, eighths).Fit(eighths, Seasons).Forecast(100);

        one.Zip(eighth, (a, b) => Math.Abs(a - (8 * b)) / (1 + a)).Max().Should().BeLessThan(1e-6);
    }

    [TestCaseSource(nameof(Trained))]
    public void Forecast_AwkwardHistory_IsFinite(PooledModel pooled)
    {
        var random = new Random(1);
        foreach (var y in new double[][]
        {
            new double[500], [.. Enumerable.Repeat(7.0, 168)], [.. Enumerable.Range(0, 500).Select(t => t < 490 ? 0.0 : 1000)],
            [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * 1e9)], [.. Enumerable.Range(0, 500).Select(t => Math.Exp(t / 20.0))],
        })
        {
            Of(pooled, y).Fit(y, [24]).Forecast(400).Should().OnlyContain(v => double.IsFinite(v));
        }
    }

    [TestCaseSource(nameof(Trained))]
    public void Fit_UnderAWeek_SaysHowMuchIsNeeded(PooledModel pooled) =>
        FluentActions.Invoking(() => Of(pooled, new double[167]).Fit(new double[167], [24]))
            .Should().Throw<ForecastDataException>().WithMessage("*at least 168 observations*has 167*");

    [Test]
    public void Forecast_EngineWithPooledModels_NamesThemAmongItsModels()
    {
        var forecast = ForecastEngine.Forecast(
            Ending(SyntheticSeries.HourlyCounts(8, 10, 91)), 48, PoolBench.Fast with { PooledModels = Trained });

        forecast.Models.Select(m => m.Model).Should().Contain(["pooled-lags", "pooled-stack"]);
        forecast.Models.Sum(m => m.Weight).Should().BeApproximately(1, 1e-9);
    }

    [Test]
    public void Train_MixedOpeningHoursAndZones_Works()
    {
        var shop = Enumerable.Range(0, 168).Select(slot => slot % 24 is >= 8 and < 20 && slot < 120).ToArray();
        var members = PoolBench.Queues(3, 16).Select((q, i) => i == 0 ? q with { Options = new ForecastOptions { OpenWeek = shop } } : q with
        {
            History = new TimeSeries(q.History.Start, SyntheticSeries.Hourly("America/Sao_Paulo"), q.History.Values.ToArray()),
        }).ToList();

        PooledTraining.Train(members, 168, 1000).Should().HaveCount(2);
    }

    [Test]
    public void Train_EmptyPool_SaysSo() =>
        FluentActions.Invoking(() => PooledTraining.Train([], 24)).Should().Throw<ForecastDataException>().WithMessage("*no series*");

    [Test]
    public void Train_OnlyMissingValues_SaysThereIsNothing() =>
        FluentActions.Invoking(() =>
                PooledTraining.Train([new PoolMember("empty", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [double.NaN, double.NaN]))], 24))
            .Should().Throw<ForecastDataException>().WithMessage("*None of the 1 series*");

    [Test]
    public void Train_ThreeDays_SaysThereIsTooLittle() => FluentActions
        .Invoking(() => PooledTraining.Train([PoolBench.Young(PoolBench.Queue("young", 2, 10, 1), 72)], 24))
        .Should().Throw<ForecastDataException>().WithMessage("*too little history*");

    [Test]
    public void Train_DifferentIntervals_NamesBoth()
    {
        var daily = new PoolMember("daily", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), new double[400]));

        FluentActions.Invoking(() => PooledTraining.Train([.. PoolBench.Queues(1, 10), daily], 24))
            .Should().Throw<ArgumentException>().WithMessage("*'queue 0'*'daily'*");
    }

    [Test]
    public void Train_DailyGrid_Works()
    {
        var random = new Random(4);
        var members = Enumerable.Range(0, 3).Select(i => new PoolMember(
                $"d{i}",
                new TimeSeries(
                    SyntheticSeries.Monday, SyntheticSeries.Daily(),
                    [.. Enumerable.Range(0, 500).Select(d => (double)SyntheticSeries.Poisson(random, d % 7 < 5 ? 80 : 30))])))
            .ToList();

        PooledTraining.Train(members, 28).Should().HaveCount(2);
    }

    private static readonly Dictionary<string, SharedFits> Nothing = [];

    private static Instant PoolEnd => SyntheticSeries.Monday + Duration.FromDays(7 * 20);

    private static double[] Leaves(PooledModel model) => [.. model.Versions.SelectMany(v => v.Trees.Leaves)];

    /// <summary>A history that ends when those of the pool do.</summary>
    private static TimeSeries Ending(double[] y) => new(PoolEnd - Duration.FromHours(y.Length), SyntheticSeries.Hourly(), y);

    private static IForecastModel Of(PooledModel model, double[] y) =>
        model.For(HistoryPreparation.Prepare(Ending(y), 168, new ForecastOptions { OpenWeek = [.. Enumerable.Repeat(true, 168)] }).Frame, Nothing)!;

    [TestCase(0, 1000)]
    [TestCase(24, 10)]
    public void Train_NumberOutOfRange_IsRefused(int horizon, int rows) =>
        FluentActions.Invoking(() => PooledTraining.Train(PoolBench.Queues(1, 10), horizon, rows)).Should().Throw<ArgumentOutOfRangeException>();
}
