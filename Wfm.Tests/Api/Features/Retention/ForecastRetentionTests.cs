using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Retention;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Retention;

/// <summary>What becomes of superseded forecasts, seen from outside.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ForecastRetentionTests(StoreKind kind)
{
    private const string PostgresSize =
        """
        SELECT pg_column_size(mean) + pg_column_size(aht_seconds) + pg_column_size(quantiles) + pg_column_size(detail) AS "Value"
        FROM series_forecasts WHERE forecast_run_id = {0}
        """;

    private const string SqliteSize =
        """
        SELECT length(mean) + length(aht_seconds) + length(quantiles) + length(detail) AS "Value" FROM series_forecasts WHERE forecast_run_id = {0}
        """;

    private const string Judged = "from=2025-07-15T00:00:00Z&to=2025-07-28T00:00:00Z";

    /// <summary>The volumes are old, and so are the horizons; judged they are all the same.</summary>
    private static readonly RetentionPeriods Judging = new() { AccuracyDays = 36_500 };

    private JobBench _bench = null!;
    private SmallOperation _operation = null!;
    private List<JsonNode> _forecasts = null!;

    private HttpClient Client => _bench.Server.Client;

    [SetUp]
    public async Task Start()
    {
        _bench = await JobBench.Start(kind);
        _operation = await SmallOperation.Create(Client, "keep");
        _forecasts = [];
        foreach (var day in new[] { 14, 18, 21 })
        {
            _forecasts.Add(await _operation.Forecast(new { cutOff = $"2025-07-{day}T00:00:00Z", horizonDays = 28 }));
        }
    }

    [TearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Remove_SupersededForSomeTime_LeavesAccuracyAndExplanationAsTheyWere()
    {
        var before = await Answers();
        var (size, levels) = (await Size(), await Levels());

        (await _bench.Retain(13, Judging))["forecasts reduced"].Should().Be(0);
        (await _bench.Retain(15, Judging))["forecasts reduced"].Should().Be(2);
        (await _bench.Retain(16, Judging))["forecasts reduced"].Should().Be(0);

        (await Answers()).Should().Equal(before);
        levels.Should().AllBeEquivalentTo(23);
        (await Levels()).Should().Equal(9, 9, 23);
        TestContext.Out.WriteLine($"bytes of a superseded series forecast: {size:0} before, {await Size():0} after");
        (await Size()).Should().BeLessThan(size * 0.6);
        (await Client.Get($"/api/v1/forecasts/{Id(0)}")).Json["reduced"]!.GetValue<bool>().Should().BeTrue();
        (await Client.Get($"/api/v1/forecasts/{Id(2)}")).Json["reduced"]!.GetValue<bool>().Should().BeFalse();
        (await Client.Get($"/api/v1/forecasts/{Id(0)}/intervals?queue={_operation.Chat}")).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task Remove_Superseded_ServesAndPlansNoMore()
    {
        await _bench.Retain(15, Judging);

        (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{Id(0)}:publish")).Is(HttpStatusCode.Conflict).Text.Should().Contain("PlanDays");
        var job = await Client.Finish(await Client.Post("/api/v1/requirements", new { hub = _operation.Hub, forecastId = Id(0), paths = 20 }));
        ((string?)job["state"]).Should().Be("failed");
        ((string?)job["error"]).Should().Contain("kept to be judged by alone");
        await _operation.Requirement(new { paths = 20 }); // of the served one
        var size = await _bench.WithDb(db => db.Database.SqlQueryRaw<long>(
            "SELECT sum(length(heads) + length(waterfall)) / 2 AS \"Value\" FROM series_requirements").SingleAsync());
        TestContext.Out.WriteLine($"bytes of a requirement of a series before compression: {size}");
    }

    [Test]
    public async Task Remove_LongAfterItsHorizon_IsNotJudgedByWhatIsLeft()
    {
        (await _bench.Retain(15))["forecasts"].Should().Be(2, "its horizon ended more than a year ago");

        (await Client.Get($"/api/v1/forecasts/{Id(0)}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/forecasts/{Id(2)}")).Is(HttpStatusCode.OK);
        (await Client.Get($"/api/v1/forecasts/accuracy?hub={_operation.Hub}&{Judged}")).Is(HttpStatusCode.UnprocessableEntity).Text.Should()
            .Contain("AccuracyDays").And.Contain("2025-08-1");
        (await Client.Get($"/api/v1/forecasts/{Id(2)}/backtest?queue={_operation.Chat}")).Is(HttpStatusCode.OK).Json["previous"].Should().BeNull();
        (await _bench.WithDb(db => db.Set<SeriesForecastRow>().CountAsync())).Should().Be(2, "those of the served forecast");
    }

    /// <summary>All that is said of the forecasts.</summary>
    private async Task<List<string>> Answers()
    {
        var said = new List<string>();
        foreach (var path in new[]
        {
            $"accuracy?hub={_operation.Hub}&{Judged}",
            $"accuracy?hub={_operation.Hub}&{Judged}&by=leadDays",
            $"compare?a={Id(0)}&b={Id(2)}&queue={_operation.Chat}",
            $"{Id(0)}/explanation?queue={_operation.Chat}",
            $"{Id(1)}/backtest?queue={_operation.Chat}",
        })
        {
            said.Add((await Client.Get($"/api/v1/forecasts/{path}")).Is(HttpStatusCode.OK).Text);
        }

        return said;
    }

    private Guid Id(int forecast) => (Guid)_forecasts[forecast]["id"]!;

    private Task<List<int>> Levels() => _bench.WithDb(async db =>
        (await db.Set<SeriesForecastRow>().OrderBy(s => s.ForecastRunId).ThenBy(s => s.SeriesId).ToListAsync())
            .GroupBy(s => s.ForecastRunId).Select(g => g.First().QuantileLevels.Length).ToList());

    /// <summary>Mean bytes of the rows of the first forecast, as stored.</summary>
    private Task<double> Size() => _bench.WithDb(async db =>
    {
        var sizes = await db.Database.SqlQueryRaw<int>(kind == StoreKind.Postgres ? PostgresSize : SqliteSize, Id(0)).ToListAsync();
        return sizes.Average();
    });
}
