using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

/// <summary>Who may see and make the plans of a hub.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class PlanAccessTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;
    private HttpClient _stranger = null!;

    protected override async Task Prepare()
    {
        _planned = await PlannedOperations.Get(Kind, Client);
        await SmallOperation.SetUp(Client, "access-other");
        _stranger = await ClientAs("hub-manager", "access-other");
    }

    [OneTimeTearDown]
    public void Close() => _stranger.Dispose();

    private IEnumerable<string> Reads()
    {
        var (forecast, requirement, roster) = (_planned.Forecast["id"], _planned.Requirement["id"], _planned.Roster["id"]);
        return
        [
            $"forecasts/{forecast}",
            $"forecasts/{forecast}/intervals?queue=planned-chat",
            $"forecasts/{forecast}/backtest?queue=planned-chat",
            $"forecasts/{forecast}/explanation?queue=planned-chat",
            "forecasts?hub=planned",
            $"requirements/{requirement}",
            $"requirements/{requirement}/intervals?queue=planned-chat",
            $"requirements/{requirement}/band?queue=planned-review",
            $"requirements/{requirement}/blend?group=live,review",
            "requirements?hub=planned",
            "capacity-plans?hub=planned",
            $"rosters/{roster}",
            $"rosters/{roster}/shifts",
            $"rosters/{roster}/coverage",
            $"rosters/{roster}/violations",
            $"rosters/{roster}/conflicts",
            $"rosters/{roster}/explanation",
            "rosters?hub=planned",
            "agents/planned-01/shifts",
        ];
    }

    [Test]
    public async Task Read_ManagerOfAnotherHub_Is403Everywhere()
    {
        foreach (var path in Reads())
        {
            (await _stranger.Get($"/api/v1/{path}")).Is(HttpStatusCode.Forbidden).Text.Should().Contain("planned", path);
        }
    }

    [Test]
    public async Task Read_ManagerOfTheHub_IsAllowedEverywhere()
    {
        using var manager = await ClientAs("hub-manager", "planned");
        foreach (var path in Reads())
        {
            (await manager.Get($"/api/v1/{path}")).Is(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task Read_WithoutKey_Is401Everywhere()
    {
        using var nobody = Server.ClientWith(null);
        foreach (var path in Reads())
        {
            (await nobody.Get($"/api/v1/{path}")).Is(HttpStatusCode.Unauthorized);
        }
    }

    [TestCase("forecasts")]
    [TestCase("requirements")]
    [TestCase("rosters")]
    [TestCase("capacity-plans")]
    public async Task List_ManagerOfAnotherHub_SeesNoneOfThem(string resource) =>
        (await _stranger.Get($"/api/v1/{resource}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();

    [Test]
    public async Task Write_RosterOfAnotherHub_Is403()
    {
        (await _stranger.Post("/api/v1/rosters", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await _stranger.Post("/api/v1/requirements", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await _stranger.Call(HttpMethod.Post, $"/api/v1/rosters/{_planned.Roster["id"]}:publish")).Is(HttpStatusCode.Forbidden);
        (await _stranger.Post($"/api/v1/rosters/{_planned.Roster["id"]}/service", "{}")).Is(HttpStatusCode.Forbidden);
        (await _stranger.Post($"/api/v1/requirements/{_planned.Requirement["id"]}/breaches", """{"queue":"planned-review","heads":[0]}""")).Is(
            HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Write_PlannerLimitedToAnotherHub_Is403()
    {
        using var planner = await ClientAs("planner", "access-other");
        (await planner.Post("/api/v1/forecasts", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await planner.Post("/api/v1/requirements", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await planner.Call(HttpMethod.Post, $"/api/v1/forecasts/{_planned.Forecast["id"]}:publish")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Write_RoleWithoutThePermission_Is403()
    {
        using var manager = await ClientAs("hub-manager", "planned");
        using var integration = await ClientAs("integration");
        (await manager.Post("/api/v1/forecasts", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await integration.Post("/api/v1/requirements", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
        (await integration.Post("/api/v1/rosters", new { hub = "planned" })).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Write_PlannerAndManagerOfTheHub_MakeRequirementsAndRosters()
    {
        using var manager = await ClientAs("hub-manager", "planned");
        using var planner = await ClientAs("planner");
        foreach (var client in new[] { manager, planner })
        {
            // Bodies that cannot be used: allowed, and no work for the job engine.
            (await client.Post("/api/v1/requirements", new { hub = "planned", riskLevels = new[] { 2.0 } })).Is(HttpStatusCode.UnprocessableEntity);
            (await client.Post("/api/v1/rosters", new { hub = "planned", days = 10_000 })).Status.Should()
                .BeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
            (await client.Call(HttpMethod.Post, $"/api/v1/rosters/{Guid.Empty}:publish")).Is(HttpStatusCode.NotFound);
        }
    }

    [Test]
    public async Task Adjust_ManagerOfTheHub_MayAndOthersMayNot()
    {
        using var manager = await ClientAs("hub-manager", "planned");
        var path = $"/api/v1/forecasts/{_planned.Forecast["id"]}/adjustments";
        var body = new { queue = "no-such-queue", from = "2025-08-01T08:00:00Z", to = "2025-08-01T10:00:00Z", factor = 1.1, reason = "launch" };
        (await manager.Post(path, body)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/queue");
        (await _stranger.Post(path, body)).Is(HttpStatusCode.Forbidden);
        (await _stranger.Delete($"{path}/{Guid.Empty}")).Is(HttpStatusCode.Forbidden);
    }

    private async Task<HttpClient> ClientAs(string role, params string[] hubs) =>
        Server.ClientWith((string?)(await Client.Post("/api/v1/api-keys", new { name = role, role, hubs })).Is(HttpStatusCode.Created).Json["key"]);
}
