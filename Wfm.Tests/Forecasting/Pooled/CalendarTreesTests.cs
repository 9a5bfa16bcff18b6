using System.Text.Json;
using Wfm.Api.Json;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class CalendarTreesTests
{
    private const int Horizon = 7;
    private const int Days = 3 * 365;
    private static readonly Dictionary<string, SharedFits> Nothing = [];
    private static readonly CalendarTrees Trained = Train([Queue(1)]);

    [Test]
    public void Train_OneQueueOfThreeYears_LearnsTheCalendarAndNothingElse()
    {
        PooledTraining.Train([Queue(1)], Horizon).Should().ContainSingle().Which.Should().BeOfType<CalendarTrees>()
            .Which.Versions.Should().HaveCount(3).And.Subject.Last().CutOff.Should().Be(Queue(1).History.End);
    }

    [Test]
    public void Train_QueuesUnderTwoYears_DoesWithoutIt() =>
        PooledTraining.Train([Cut(Queue(1), 99 * 7), Cut(Queue(2), 99 * 7)], Horizon).Should().NotContain(m => m is CalendarTrees);

    [Test]
    public void Train_NotCounts_DoesWithoutIt() =>
        PooledTraining.Train([PoolBench.Scaled(Queue(1), 0.3), PoolBench.Scaled(Queue(2), 0.3)], Horizon).Should().NotContain(m => m is CalendarTrees);

    [Test]
    public void Train_DaysWithoutAnyone_AreForecastAlmostEmpty() // a leaf of nothing but zeros has no logarithm
    {
        var queue = Queue(1);
        double[] y = [.. queue.History.Values.ToArray().Select((v, t) => t % 7 == 6 ? 0 : v)];
        queue = queue with { History = new TimeSeries(queue.History.Start, queue.History.Grid, y) };

        var sunday = Of(Train([queue]), queue).Fit(y, [7]).Forecast(7).Index().Single(h => (y.Length + h.Index) % 7 == 6);

        sunday.Item.Should().BeLessThan(0.05 * y.Average());
    }

    [Test]
    public void Train_OnTwoThreads_IsTheSameToTheBit()
    {
        PoolMember[] queues = [Queue(1), Queue(2), Queue(3)];

        Train(queues, threads: 2).Versions.SelectMany(v => v.Trees.Leaves).Should().Equal(Train(queues).Versions.SelectMany(v => v.Trees.Leaves));
    }

    [Test]
    public void Train_WhatHappensAfterACutOff_ItsVersionHasNotSeen()
    {
        var queue = Queue(1);
        double[] values = [.. queue.History.Values[..^1].ToArray(), queue.History.Values[^1] + 1];

        var told = Train([queue with { History = new TimeSeries(queue.History.Start, queue.History.Grid, values) }]);

        told.Versions[0].Trees.Leaves.Should().Equal(Trained.Versions[0].Trees.Leaves);
        told.Versions[1].Trees.Leaves.Should().Equal(Trained.Versions[1].Trees.Leaves);
        told.Versions[2].Trees.Leaves.Should().NotEqual(Trained.Versions[2].Trees.Leaves);
    }

    [Test]
    public void For_HistoryThatEndsBeforeTheFirstCutOff_GivesNoModel()
    {
        var frame = HistoryPreparation.Prepare(Cut(Queue(1), (2 * 365) + 7).History, Horizon, new ForecastOptions()).Frame;

        Trained.For(frame, Nothing).Should().BeNull();
    }

    [Test]
    public void Fit_OriginBetweenTwoCutOffs_IsServedByTheEarlierVersion()
    {
        var queue = Queue(1);
        var frame = HistoryPreparation.Prepare(queue.History, Horizon, queue.Options).Frame;
        var known = queue.History.Values[..(frame.SlotsBefore(Trained.Versions[2].CutOff) - 1)].ToArray();

        Of(Trained, queue).Fit(known, [7]).Forecast(Horizon)
            .Should().Equal(Of(new CalendarTrees([Trained.Versions[1]]), queue).Fit(known, [7]).Forecast(Horizon));
    }

    [Test]
    public void Forecast_Json_RoundTrip_ForecastsTheSame()
    {
        PooledModel[] models = [Trained];
        var read = JsonSerializer.Deserialize<IReadOnlyList<PooledModel>>(JsonSerializer.Serialize(models, WfmJson.Options), WfmJson.Options)!;
        var queue = Queue(2);

        Of(read[0], queue).Fit(queue.History.Values, [7]).Forecast(30).Should().Equal(Of(Trained, queue).Fit(queue.History.Values, [7]).Forecast(30));
    }

    [Test]
    public void Forecast_SteepTimeOfYear_IsNearerTheTruthThanWithout()
    {
        var (with, without) = (0.0, 0.0);
        foreach (var origin in new[] { 760, 850, 940, 1030 }) // spring, summer, autumn and winter of the third year
        {
            var known = Cut(Queue(1), origin);
            var options = new ForecastOptions { PooledModels = [Train([known])] };
            with += Miss(ForecastEngine.Forecast(known.History, Horizon, options), origin);
            without += Miss(ForecastEngine.Forecast(known.History, Horizon, new ForecastOptions()), origin);
        }

        with.Should().BeLessThan(without);
    }

    [Test]
    public void Forecast_AwkwardHistory_IsFinite()
    {
        foreach (var y in new double[][]
        {
            new double[Days], [.. Enumerable.Range(0, Days).Select(t => t < Days - 3 ? 0.0 : 1000)],
            [.. Enumerable.Range(0, Days).Select(t => t < Days - 100 ? 1000.0 : 0)], [.. Enumerable.Range(0, Days).Select(t => Math.Exp(t / 100.0))],
        })
        {
            Of(Trained, Queue(1)).Fit(y, [7]).Forecast(800).Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
        }
    }

    [Test]
    public void CalendarView_OfAnOrigin_ReadsNothingAfterIt()
    {
        var queue = Queue(1);
        var frame = HistoryPreparation.Prepare(queue.History, Horizon, queue.Options).Frame;
        var (one, other) = (new float[CalendarView.Width], new float[CalendarView.Width]);
        var y = queue.History.Values.ToArray();
        foreach (var step in new[] { 0, 6, 41, 500 })
        {
            new CalendarView(new CalendarHistory(y, frame), 700).Write(step, one);
            new CalendarView(new CalendarHistory(y.AsSpan(0, 700), frame), 700).Write(step, other);

            one.Should().Equal(other);
        }
    }

    [Test]
    public void Profile_OfWeeks_IsTheMeanOfTheSlotOverThatOfAll()
    {
        var frame = HistoryPreparation.Prepare(Queue(1).History, Horizon, new ForecastOptions()).Frame;
        var history = new CalendarHistory(Enumerable.Range(1, 28).Select(t => (double)t).ToArray(), frame);

        history.Profile(24, 26, 2).Should().BeApproximately((13.0 + 20) / 2 / 17.5, 1e-12); // slots 10 to 23; the slot of 26 is that of 12 and 19
        history.Profile(24, 12, 3).Should().BeApproximately((6.0 + 13 + 20) / 3 / 14, 1e-12);
    }

    private static double Miss(SeriesForecast forecast, int origin) =>
        Enumerable.Range(0, Horizon).Sum(h => Math.Abs(forecast.Mean[h] - Rate(origin + h)));

    /// <summary>A daily queue with a season that no wave of a year or half of one describes.</summary>
    private static PoolMember Queue(int seed)
    {
        var random = new Random(seed);
        double[] y = [.. Enumerable.Range(0, Days).Select(d => (double)SyntheticSeries.Poisson(random, Rate(d)))];
        return new PoolMember($"queue {seed}", new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), y));
    }

    private static double Rate(int day) => 400 * (day % 7 < 5 ? 1 : 0.6) * (1 + (0.4 * Math.Tanh(6 * Math.Sin(2 * Math.PI * day / 365.2425))));

    private static PoolMember Cut(PoolMember queue, int days) =>
        queue with { History = new TimeSeries(queue.History.Start, queue.History.Grid, queue.History.Values[..days].ToArray()) };

    private static CalendarTrees Train(PoolMember[] queues, int threads = 1) =>
        PooledTraining.Train(queues, Horizon, threads: threads).OfType<CalendarTrees>().Single();

    private static IForecastModel Of(PooledModel model, PoolMember queue) =>
        model.For(HistoryPreparation.Prepare(queue.History, Horizon, queue.Options).Frame, Nothing)!;
}
