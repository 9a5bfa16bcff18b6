using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Rosters.Waivers;

/// <summary>Making, reading and revoking waivers, and everything that stands against one.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class WaiverEndpointsTests(StoreKind kind)
{
    private WaiverBench _bench = null!;
    private SmallOperation _hub = null!;
    private JsonNode _crisis = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await WaiverBench.Start(kind);
        (_hub, _, _, _crisis) = await _bench.InCrisis("we");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TearDown]
    public void SetClockBack() => _bench.Clock.Reset(Now);

    [Test]
    public async Task Create_Waiver_IsReadAsItWasMade()
    {
        var made = (await Client.Post("/api/v1/waivers", Request("we", new { agents = new[] { _hub.Agent(2), _hub.Agent(1) } }))).Is(HttpStatusCode.Created);

        made.Headers.Location!.ToString().Should().Be($"/api/v1/waivers/{made.Json["id"]}");
        var read = await Client.Get($"/api/v1/waivers/{made.Json["id"]}");
        read.Is(HttpStatusCode.OK).Text.Should().Be(made.Text);
        read.ETag.Should().Be(made.ETag).And.Be((string?)read.Json["etag"]);
        var w = read.Json;
        ((string?)w["crisis"], (string?)w["hub"], (string?)w["rule"], (double)w["maximumAmount"]!, (string?)w["unit"], (string?)w["state"]).Should()
            .Be(((string?)_crisis["id"], "we", Rest, 120, "minutes", "inForce"));
        w["agents"]!.AsArray().Select(a => (string?)a).Should().Equal(_hub.Agent(1), _hub.Agent(2));
        ((string?)w["from"], (string?)w["to"], (string?)w["expiresAt"], (string?)w["createdAt"]).Should().Be((Day(0), Day(6), Text(At(5, 0)), Text(Now)));
        ((string?)w["approvedBy"], (string?)w["reason"], (string?)w["createdBy"]).Should()
            .Be(("Aoife Byrne, head of operations", "Nobody else reads the reports.", "bootstrap"));
        ((double)w["restHours"]!, (string?)w["restBy"], (int)w["uses"]!, w["revokedAt"]).Should().Be((2, Day(20), 0, null));
    }

    [TestCase("hub", "nowhere", "/hub", "There is no hub 'nowhere'")]
    [TestCase("rule", "moonlight", "/rule", "is no rule of a policy")]
    [TestCase("rule", "leave", "/rule", "is no rule of a policy")]
    [TestCase("rule", "contractMaximumHours", "/rule", "is no rule of a policy")]
    [TestCase("rule", "maximumNightHours", "/rule", "Hub 'we' has no rule maximumNightHours")]
    [TestCase("rule", "maximumWeekends", "/rule", "is law*Act on weekends")]
    [TestCase("rule", "maximumDailyHours", "/rule", "is agreed with the people*works council")]
    [TestCase("rule", "maximumSpread", "/rule", "is never waived*Wellbeing board")]
    [TestCase("rule", "maximumExposure", "/rule", "protects people from harmful content")]
    [TestCase("to", "2025-07-27", "/to", "is before the first")]
    [TestCase("to", "2027-07-27", "/to", "366 days at most")]
    [TestCase("expiresAt", "2025-07-27T22:59:00Z", "/expiresAt", "is over")]
    [TestCase("restBy", "2025-07-20", "/restBy", "makes up for nothing that begins on 2025-07-28")]
    [TestCase("restHours", 1.5, "/restHours", "120 minutes are made up for by 2 hours of rest at least, not by 1.5")]
    [TestCase("crisis", "019ac2f4-7d31-7c3e-9d0b-0f5ab1c2d3e4", "/crisis", "has no crisis")]
    public async Task Create_WithWhatCannotBeUsed_IsRefusedWithThePointer(string field, object value, string faulty, string says)
    {
        var request = Request("we");
        request[field] = JsonValue.Create(value);

        var refused = (await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.UnprocessableEntity);

        refused.ErrorFields.Should().Contain(faulty);
        refused.ErrorOf(faulty).Should().Match($"*{says}*");
    }

    [Test]
    public async Task Create_WithSeveralFaults_NamesAllAtOnce()
    {
        var request = Request("we", new { rule = "maximumWeekends", agents = new[] { "we-99", _hub.Agent(1), _hub.Agent(1) }, restBy = Day(-3) });

        (await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .BeEquivalentTo("/rule", "/agents/0", "/agents/2", "/restBy");
    }

    [TestCase("hub")]
    [TestCase("rule")]
    [TestCase("maximumAmount")]
    [TestCase("from")]
    [TestCase("to")]
    [TestCase("expiresAt")]
    [TestCase("approvedBy")]
    [TestCase("reason")]
    [TestCase("restHours")]
    [TestCase("restBy")]
    public async Task Create_WithoutAField_IsRefused(string field)
    {
        var request = Request("we");
        request.Remove(field);

        (await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal($"/{field}");
    }

    [TestCase("maximumAmount", 0)]
    [TestCase("restHours", -1)]
    [TestCase("from", "yesterday")]
    public async Task Create_WithAValueOutOfRange_IsRefused(string field, object value)
    {
        var request = Request("we");
        request[field] = JsonValue.Create(value);

        (await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal($"/{field}");
    }

    [Test]
    public async Task Create_OfADayOff_AsksForADayOfRest()
    {
        var request = Request("we", new { rule = "maximumConsecutiveDays", maximumAmount = 2, restHours = 47 });

        (await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/restHours").Should()
            .Be("2 days are made up for by 48 hours of rest at least, not by 47.");
        request["restHours"] = 48;
        ((string?)(await Client.Post("/api/v1/waivers", request)).Is(HttpStatusCode.Created).Json["unit"]).Should().Be("days");
    }

    [Test]
    public async Task Create_OnDaysThatAreOver_IsRefused()
    {
        _bench.Clock.Reset(At(7, 1));

        (await Client.Post("/api/v1/waivers", Request("we", new { expiresAt = Text(At(9, 0)) }))).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/to").Should().Contain("is over").And.Contain("worked-shifts");
    }

    [Test]
    public async Task Create_WithoutACrisis_Conflicts()
    {
        await _bench.Hub("we-calm");

        (await Client.Post("/api/v1/waivers", Request("we-calm"))).Is(HttpStatusCode.Conflict).Text.Should().Contain("No crisis is declared at hub 'we-calm'");
        (await Client.Post("/api/v1/waivers", Request("we-calm", new { crisis = (string)_crisis["id"]! }))).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/crisis").Should().Contain("Hub 'we-calm' has no crisis");
        var over = await _bench.Declare("we-calm");
        (await _bench.End(over)).Is(HttpStatusCode.OK);
        (await Client.Post("/api/v1/waivers", Request("we-calm", new { crisis = (string)over["id"]! }))).Is(HttpStatusCode.Conflict)
            .Text.Should().Contain("was ended at");
    }

    [Test]
    public async Task Create_AmongSeveralCrises_AsksForWhich()
    {
        await _bench.Hub("we-two");
        var (first, second) = (await _bench.Declare("we-two"), await _bench.Declare("we-two", "we"));
        try
        {
            (await Client.Post("/api/v1/waivers", Request("we-two"))).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/crisis").Should()
                .Contain((string)first["id"]!).And.Contain((string)second["id"]!);
            ((string?)(await _bench.Waive("we-two", new { crisis = (string)second["id"]! }))["crisis"]).Should().Be((string?)second["id"]);
        }
        finally
        {
            (await _bench.End(second)).Is(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task List_Waivers_FiltersAndPages()
    {
        var hub = await _bench.Hub("we-list");
        var crisis = await _bench.Declare("we-list");
        var made = new List<string>();
        foreach (var expires in new[] { 1, 3, 4 })
        {
            made.Add((string)(await _bench.Waive(hub.Hub, new { expiresAt = Text(At(expires, 0)) }))["id"]!);
        }

        made.Add((string)(await _bench.Waive(hub.Hub, new { rule = "maximumConsecutiveDays", maximumAmount = 1, restHours = 24 }))["id"]!);
        await _bench.Revoke(JsonNode.Parse($$"""{ "id": "{{made[2]}}" }""")!);
        _bench.Clock.Reset(At(2, 0));

        async Task<List<string>> Ids(string query) =>
            [.. (await Client.Get($"/api/v1/waivers?hub=we-list{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(w => (string)w!["id"]!)];

        (await Ids("")).Should().Equal(made[3], made[2], made[1], made[0]);
        (await Ids("&inForce=true")).Should().Equal(made[3], made[1]);
        (await Ids("&inForce=false")).Should().Equal(made[2], made[0]);
        (await Ids("&rule=minimumDailyRest")).Should().Equal(made[2], made[1], made[0]);
        (await Ids($"&crisis={_crisis["id"]}")).Should().BeEmpty();
        (await Ids($"&crisis={crisis["id"]}&limit=1")).Should().Equal(made[3]);
        var page = (await Client.Get("/api/v1/waivers?hub=we-list&limit=3")).Json;
        (await Ids($"&limit=3&after={page["next"]}")).Should().Equal(made[0]);
        (await Client.Get("/api/v1/waivers?hub=nowhere")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get("/api/v1/waivers?limit=0")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get("/api/v1/waivers?after=x")).Is(HttpStatusCode.UnprocessableEntity);
        var states = (await Client.Get("/api/v1/waivers?hub=we-list")).Json["items"]!.AsArray().Select(w => (string?)w!["state"]);
        states.Should().Equal("inForce", "revoked", "inForce", "expired");
    }

    [Test]
    public async Task Revoke_Waiver_OnceAndWithItsVersion()
    {
        var waiver = await _bench.Waive("we");
        var path = $"/api/v1/waivers/{waiver["id"]}:revoke";
        var reason = new { reason = "Cork has people to spare." };

        (await Client.Call(HttpMethod.Post, path, reason)).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Call(HttpMethod.Post, path, reason, "\"0.0\"")).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Call(HttpMethod.Post, path, new { }, (string)waiver["etag"]!)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/reason");
        (await Client.Call(HttpMethod.Post, $"/api/v1/waivers/{Guid.Empty}:revoke", reason, "*")).Is(HttpStatusCode.NotFound);
        var revoked = (await Client.Call(HttpMethod.Post, path, reason, (string)waiver["etag"]!)).Is(HttpStatusCode.OK);

        ((string?)revoked.Json["state"], (string?)revoked.Json["revokedBy"], (string?)revoked.Json["revokeReason"], (string?)revoked.Json["revokedAt"])
            .Should().Be(("revoked", "bootstrap", "Cork has people to spare.", Text(Now)));
        revoked.ETag.Should().NotBe((string?)waiver["etag"]);
        (await Client.Call(HttpMethod.Post, path, reason, revoked.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("was revoked at");
        (await Client.Get($"/api/v1/waivers/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/waivers/{Guid.Empty}/uses")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Keys_OfOtherHubsOrRoles_AreRefused()
    {
        await _bench.Hub("we-other");
        var waiver = await _bench.Waive("we");
        using var elsewhere = await Key("crisis-lead", "we-other");
        using var planner = await Key("planner");
        using var lead = await Key("crisis-lead", "we");

        (await elsewhere.Post("/api/v1/waivers", Request("we"))).Is(HttpStatusCode.Forbidden);
        (await elsewhere.Get($"/api/v1/waivers/{waiver["id"]}")).Is(HttpStatusCode.Forbidden);
        (await elsewhere.Get($"/api/v1/crises/{_crisis["id"]}/waiver-uses")).Is(HttpStatusCode.Forbidden);
        (await elsewhere.Get("/api/v1/waivers")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
        (await planner.Post("/api/v1/waivers", Request("we"))).Is(HttpStatusCode.Forbidden);
        (await planner.Get($"/api/v1/waivers/{waiver["id"]}")).Is(HttpStatusCode.OK);
        var made = (await lead.Post("/api/v1/waivers", Request("we"))).Is(HttpStatusCode.Created);
        ((string?)made.Json["createdBy"]).Should().Be("crisis-lead of we");
    }

    private async Task<HttpClient> Key(string role, params string[] hubs)
    {
        var name = hubs.Length == 0 ? role : $"{role} of {hubs[0]}";
        return _bench.Server.ClientWith((string)(await Client.Post("/api/v1/api-keys", new { name, role, hubs })).Is(HttpStatusCode.Created).Json["key"]!);
    }
}
