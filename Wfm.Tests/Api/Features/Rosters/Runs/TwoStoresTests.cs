using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

/// <summary>The same data, seed and work limit give the same plan whatever the store.</summary>
public sealed class TwoStoresTests
{
    private PlannedOperation _sqlite = null!;
    private PlannedOperation _postgres = null!;
    private HttpClient _overSqlite = null!;
    private HttpClient _overPostgres = null!;

    [OneTimeSetUp]
    public async Task Plan()
    {
        _overSqlite = (await SharedServers.Get(StoreKind.Sqlite)).Client;
        _overPostgres = (await SharedServers.Get(StoreKind.Postgres)).Client;
        _sqlite = await PlannedOperations.Get(StoreKind.Sqlite, _overSqlite);
        _postgres = await PlannedOperations.Get(StoreKind.Postgres, _overPostgres);
    }

    [TestCase("planned-chat")]
    [TestCase("planned-review")]
    public async Task Forecast_SameData_IsTheSameToTheLastBit(string queue)
    {
        ((string?)_sqlite.Forecast["dataHash"]).Should().NotBeNull().And.Be((string?)_postgres.Forecast["dataHash"]);
        var path = $"/intervals?queue={queue}&limit=1000&levels=0.05,0.5,0.95";
        var one = (await _overSqlite.Get($"/api/v1/forecasts/{_sqlite.Forecast["id"]}{path}")).Json["items"]!;
        var other = (await _overPostgres.Get($"/api/v1/forecasts/{_postgres.Forecast["id"]}{path}")).Json["items"]!;

        other.ToJsonString().Should().Be(one.ToJsonString()); // doubles are written so that they read back to the same bits
    }

    [Test]
    public async Task Requirement_SameForecast_IsTheSame()
    {
        const string Path = "/intervals?queue=planned-review&limit=1000";

        (await _overPostgres.Get($"/api/v1/requirements/{_postgres.Requirement["id"]}{Path}")).Text
            .Should().Be((await _overSqlite.Get($"/api/v1/requirements/{_sqlite.Requirement["id"]}{Path}")).Text);
    }

    [Test]
    public async Task Roster_SameSeedAndMoves_IsTheSame()
    {
        _postgres.Roster["summary"]!.ToJsonString().Should().Be(_sqlite.Roster["summary"]!.ToJsonString());
        (await Shifts(_overPostgres, _postgres)).Should().Equal(await Shifts(_overSqlite, _sqlite));
    }

    [Test]
    public async Task Service_SameRosterAndSeed_IsTheSame() =>
        (await Service(_overPostgres, _postgres)).Should().Be(await Service(_overSqlite, _sqlite));

    private static async Task<string> Service(HttpClient client, PlannedOperation planned)
    {
        var path = $"/api/v1/rosters/{planned.Roster["id"]}/service";
        ((string?)(await client.Finish(await client.Post(path, new { replications = 4 })))["state"]).Should().Be("succeeded");
        return (await client.Get(path)).Json["queues"]!.ToJsonString();
    }

    private static async Task<List<string>> Shifts(HttpClient client, PlannedOperation planned) =>
        [
            .. (await client.Get($"/api/v1/rosters/{planned.Roster["id"]}/shifts?limit=1000")).Json["items"]!.AsArray().Select(WithoutId)
                .Order(StringComparer.Ordinal),
        ];

    private static string WithoutId(JsonNode? shift)
    {
        shift!.AsObject().Remove("id");
        return shift.ToJsonString();
    }
}
