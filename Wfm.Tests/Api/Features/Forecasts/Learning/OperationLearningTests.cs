using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Pooled;
using Wfm.Tests.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Learning;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class OperationLearningTests(StoreKind kind)
{
    private static readonly string[] Pooled = [PooledLags.ModelName, PooledStack.ModelName];
    private static readonly Instant Week = Instant.FromUtc(2025, 7, 21, 0, 0); // the Monday before the histories end, on Sunday evening

    private JobBench _bench = null!;
    private SmallOperation _one = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await JobBench.Start(kind);
        _one = await SmallOperation.SetUp(_bench.Server.Client, "learn-one");
        await _one.ImportHistory();
        await (await SmallOperation.SetUp(_bench.Server.Client, "learn-two")).ImportHistory();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test, Order(1)]
    public async Task Run_FirstHubOfTheWeek_TrainsForAll()
    {
        await Learn("learn-one");

        var models = await Kept();
        models.Should().ContainSingle().Which.Should().BeEquivalentTo(new { IntervalMinutes = 30, CutOff = Week, Series = 4 });
        models[0].Models.Select(m => m.Name).Should().Equal(Pooled);
        models[0].Models.SelectMany(m => m.Versions).Max(v => v.CutOff).Should().BeLessThanOrEqualTo(Week, "what comes after the week began was not seen");
    }

    [Test, Order(2)]
    public async Task Run_AnotherHubInTheSameWeek_FindsThemThere()
    {
        var before = (await Kept())[0].Id;

        await Learn("learn-two");

        (await Kept()).Should().ContainSingle(m => m.Id == before);
    }

    [Test, Order(3)]
    public async Task Forecast_AfterLearning_WeighsTheModels()
    {
        var forecast = await _one.Forecast();

        (await ModelsOf(forecast)).Should().Contain(Pooled);
    }

    [Test, Order(4)]
    public async Task Forecast_AsOfATimeBeforeTheWeek_DoesWithoutThem() // they have seen what it must not know
    {
        var forecast = await _one.Forecast(new { cutOff = "2025-07-20T23:00:00Z", publish = false });

        (await ModelsOf(forecast)).Should().NotContain(Pooled);
    }

    [Test, Order(5)]
    public async Task Run_OperationHasGrown_LearnsAnew()
    {
        await (await SmallOperation.SetUp(_bench.Server.Client, "learn-three")).ImportHistory();

        await Learn("learn-three");

        (await Kept()).Should().ContainSingle().Which.Series.Should().Be(6);
    }

    [Test, Order(6)]
    public async Task Run_SeveralHubsAtOnce_TrainOnce()
    {
        await _bench.WithDb(db => db.OperationModels.ExecuteDeleteAsync());

        await Task.WhenAll(new[] { "learn-one", "learn-two", "learn-three" }.Select(Learn));

        (await Kept()).Should().ContainSingle();
    }

    private async Task Learn(string hub)
    {
        var job = await _bench.Add<LearningJob>(hub, new LearningArguments(21));
        await _bench.Runner.Run(job, default);
        (await _bench.Row(job)).Should().BeEquivalentTo(new { State = JobState.Succeeded });
    }

    private Task<List<OperationModels>> Kept() => _bench.WithDb(db => db.OperationModels.AsNoTracking().ToListAsync());

    private async Task<List<string>> ModelsOf(System.Text.Json.Nodes.JsonNode forecast)
    {
        var id = (Guid)forecast["id"]!;
        var rows = await _bench.WithDb(db => db.SeriesForecasts.AsNoTracking().Where(s => s.ForecastRunId == id).ToListAsync());
        return [.. rows.SelectMany(r => r.Detail.Models.Select(m => m.Model)).Distinct()];
    }
}
