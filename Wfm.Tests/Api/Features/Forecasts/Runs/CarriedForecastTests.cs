using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Runs;

/// <summary>Nights after which little has changed.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class CarriedForecastTests(StoreKind kind)
{
    private static readonly object Night = new { horizonDays = 8, incremental = true };

    private WfmServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Forecast_OneSeriesChanged_ForecastsItAndTakesTheOtherOver()
    {
        var operation = await SmallOperation.Create(_server.Client, "carried");
        var first = await Rows(await operation.Forecast(Night));
        await operation.Import(operation.Volumes(operation.Chat, 77, 3, SmallOperation.CutOffDate.PlusDays(-1), 1)); // a day corrected, none added

        var second = await Rows(await operation.Forecast(Night));

        // what was learned anew and what was taken over says so; what went on from memory says that
        first.Values.Should().OnlyContain(r => !r.Detail.FromMemory);
        var (chat, review) = (second[operation.Chat], second[operation.Review]);
        review.Detail.FromMemory.Should().BeFalse();
        review.Should().BeEquivalentTo(first[operation.Review], rows => rows.Excluding(r => r.Id).Excluding(r => r.ForecastRunId).Excluding(r => r.Series));
        review.Id.Should().NotBe(first[operation.Review].Id);
        chat.Detail.FromMemory.Should().BeTrue();
        chat.Mean.Should().NotEqual(first[operation.Chat].Mean);
        chat.Revision.Should().BeGreaterThan(first[operation.Chat].Revision);
        chat.DataHash.Should().NotBe(first[operation.Chat].DataHash);
    }

    [Test]
    public async Task Forecast_QueueChangedOrLearnedAnew_TakesNothingOver()
    {
        var operation = await SmallOperation.Create(_server.Client, "touched");
        await operation.Forecast(Night);
        await WithDb(db => db.Hubs.Where(h => h.Code == operation.Hub).ExecuteUpdateAsync(h => h.SetProperty(x => x.Version, x => x.Version + 1)));

        (await Rows(await operation.Forecast(Night))).Values.Should().OnlyContain(r => r.Detail.FromMemory);
        (await Rows(await operation.Forecast(new { horizonDays = 8 }))).Values.Should().OnlyContain(r => !r.Detail.FromMemory);
    }

    [Test]
    public async Task Unfinished_OfADeadJob_IsSeenByNobodyAndGoesWithTheNext()
    {
        var operation = await SmallOperation.Create(_server.Client, "unfinished");
        var id = await WithDb(async db =>
        {
            var run = new ForecastRun
            {
                HubId = await db.Hubs.Where(h => h.Code == operation.Hub).Select(h => h.Id).SingleAsync(),
                CutOff = Instant.FromUtc(2025, 7, 28, 0, 0),
                End = Instant.FromUtc(2025, 8, 28, 0, 0),
                IsComplete = false,
            };
            db.Forecasts.Add(run);
            await db.SaveChangesAsync();
            return run.Id;
        });

        (await _server.GetJson($"/api/v1/forecasts?hub={operation.Hub}"))["items"]!.AsArray().Should().BeEmpty();
        await operation.Forecast(Night);

        (await WithDb(db => db.Forecasts.IgnoreQueryFilters().AnyAsync(f => f.Id == id))).Should().BeFalse();
    }

    private Task<Dictionary<string, SeriesForecastRow>> Rows(System.Text.Json.Nodes.JsonNode forecast) => WithDb(db =>
    {
        var id = (Guid)forecast["id"]!;
        return db.SeriesForecasts.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue).Where(s => s.ForecastRunId == id)
            .ToDictionaryAsync(s => s.Series!.Queue!.Code);
    });

    private async Task<T> WithDb<T>(Func<WfmDbContext, Task<T>> work)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }
}
