using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.Rosters.Waivers;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Crises;

/// <summary>Declaring a crisis at hubs, reading it and ending it.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class CrisisEndpointsTests(StoreKind kind)
{
    private WaiverBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await WaiverBench.Start(kind);
        await _bench.Hub("cr-a");
        await _bench.Hub("cr-b");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TearDown]
    public void SetClockBack() => _bench.Clock.Reset(Now);

    [Test]
    public async Task Declare_AtHubs_IsInForceFromThenOn()
    {
        var request = new
        {
            name = "Attack streamed live",
            kind = "violent-attack",
            severity = "S4",
            hubs = new[] { "cr-b", "cr-a" },
            from = Text(At(0, -3)),
            description = "Three times the usual volume.",
        };

        var made = (await Client.Post("/api/v1/crises", request)).Is(HttpStatusCode.Created);

        made.Headers.Location!.ToString().Should().Be($"/api/v1/crises/{made.Json["id"]}");
        var read = await Client.Get($"/api/v1/crises/{made.Json["id"]}");
        read.Is(HttpStatusCode.OK).Text.Should().Be(made.Text);
        read.ETag.Should().Be(made.ETag).And.Be((string?)read.Json["etag"]);
        var c = read.Json;
        ((string?)c["name"], (string?)c["kind"], (string?)c["severity"], (string?)c["state"], (string?)c["description"]).Should()
            .Be(("Attack streamed live", "violent-attack", "S4", "active", "Three times the usual volume."));
        c["hubs"]!.AsArray().Select(h => (string?)h).Should().Equal("cr-a", "cr-b");
        ((string?)c["from"], (string?)c["declaredAt"], (string?)c["declaredBy"], c["endedAt"], (int)c["waiverUses"]!).Should()
            .Be((Text(At(0, -3)), Text(Now), "bootstrap", null, 0));
    }

    [Test]
    public async Task Declare_WithWhatCannotBeUsed_IsRefused()
    {
        async Task<ApiAnswer> Declare(object more) => await Client.Post("/api/v1/crises", SmallOperation.Merge(
            new JsonObject { ["name"] = "An attack", ["kind"] = "attack", ["severity"] = "S4", ["hubs"] = new JsonArray("cr-a") }, more));

        (await Declare(new { hubs = new[] { "cr-a", "nowhere", "cr-a" } })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .BeEquivalentTo("/hubs/1", "/hubs/2");
        (await Declare(new { from = Text(At(31, 0)) })).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/from").Should().Contain("30 days ahead at most");
        foreach (var (field, more) in new (string, object)[]
        {
            ("/name", new { name = "" }), ("/kind", new { kind = "An Attack" }), ("/severity", new { severity = "S5" }),
            ("/hubs", new { hubs = Array.Empty<string>() }),
        })
        {
            (await Declare(more)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);
        }
    }

    [Test]
    public async Task End_Crisis_OnceAndWithItsVersion()
    {
        var crisis = await _bench.Declare("cr-a");
        var (path, reason) = ($"/api/v1/crises/{crisis["id"]}:end", new { reason = "Volumes are back to normal." });

        (await Client.Call(HttpMethod.Post, path, reason)).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Call(HttpMethod.Post, path, reason, "\"0.0\"")).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Call(HttpMethod.Post, path, new { }, (string)crisis["etag"]!)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/reason");
        (await Client.Call(HttpMethod.Post, $"/api/v1/crises/{Guid.Empty}:end", reason, "*")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/crises/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/crises/{Guid.Empty}/waiver-uses")).Is(HttpStatusCode.NotFound);
        var ended = (await Client.Call(HttpMethod.Post, path, reason, (string)crisis["etag"]!)).Is(HttpStatusCode.OK);

        ((string?)ended.Json["state"], (string?)ended.Json["endedAt"], (string?)ended.Json["endedBy"], (string?)ended.Json["endReason"]).Should()
            .Be(("closed", Text(Now), "bootstrap", "Volumes are back to normal."));
        (await Client.Call(HttpMethod.Post, path, reason, ended.ETag)).Is(HttpStatusCode.Conflict).Text.Should().Contain("was ended at");
    }

    [Test]
    public async Task List_Crises_FiltersAndPages()
    {
        await _bench.Hub("cr-list");
        var made = new List<string>();
        foreach (var from in new[] { At(0, -1), At(1, 0), At(0, 0) })
        {
            made.Add((string)(await Client.Post(
                "/api/v1/crises", new { name = "A", kind = "a", severity = "S1", hubs = new[] { "cr-list" }, from = Text(from) })).Json["id"]!);
        }

        await _bench.End(JsonNode.Parse($$"""{ "id": "{{made[2]}}" }""")!);

        async Task<List<string>> Ids(string query) =>
            [.. (await Client.Get($"/api/v1/crises?hub=cr-list{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(c => (string)c!["id"]!)];

        (await Ids("")).Should().Equal(made[2], made[1], made[0]);
        (await Ids("&state=active")).Should().Equal(made[0]);
        (await Ids("&state=declared")).Should().Equal(made[1]);
        (await Ids("&state=closed")).Should().Equal(made[2]);
        var next = (string?)(await Client.Get("/api/v1/crises?hub=cr-list&limit=2")).Json["next"];
        (await Ids($"&limit=2&after={next}")).Should().Equal(made[0]);
        (await Client.Get("/api/v1/crises?hub=nowhere")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get("/api/v1/crises?state=over")).Is(HttpStatusCode.BadRequest);
        _bench.Clock.Reset(At(1, 1));
        (await Ids("&state=active")).Should().Equal([made[1], made[0]], "what was ahead has come");
    }

    [Test]
    public async Task Keys_OfOtherHubsOrRoles_AreRefused()
    {
        var both = await _bench.Declare("cr-a", "cr-b");
        var other = await _bench.Declare("cr-b");
        using var lead = await Key(new { name = "lead of a", role = "crisis-lead", hubs = new[] { "cr-a" } });
        using var planner = await Key(new { name = "planner", role = "planner" });

        (await lead.Post("/api/v1/crises", Crisis("cr-a", "cr-b"))).Is(HttpStatusCode.Forbidden);
        (await lead.Post("/api/v1/crises", Crisis("cr-a"))).Is(HttpStatusCode.Created);
        (await lead.Get($"/api/v1/crises/{both["id"]}")).Is(HttpStatusCode.OK);
        (await lead.Call(HttpMethod.Post, $"/api/v1/crises/{both["id"]}:end", new { reason = "Over." }, "*")).Is(HttpStatusCode.Forbidden);
        (await lead.Get($"/api/v1/crises/{other["id"]}")).Is(HttpStatusCode.Forbidden);
        (await lead.Get("/api/v1/crises")).Json["items"]!.AsArray().Select(c => (string?)c!["id"]).Should()
            .Contain((string?)both["id"]).And.NotContain((string?)other["id"]);
        (await planner.Post("/api/v1/crises", Crisis("cr-a"))).Is(HttpStatusCode.Forbidden);
        (await planner.Get($"/api/v1/crises/{both["id"]}")).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task Declare_QueueOfAnotherOpenCrisis_IsToldWhichAndExtendsThatOne()
    {
        var (a, b) = ("cr-two-a", "cr-two-b");
        await _bench.Hub(a);
        await _bench.Hub(b);
        var first = (await Client.Post("/api/v1/crises", About([a], [$"{a}-chat"]))).Is(HttpStatusCode.Created).Json;

        var refused = (await Client.Post("/api/v1/crises", About([a, b], [$"{a}-review", $"{a}-chat"]))).Is(HttpStatusCode.Conflict);

        refused.Text.Should().Contain("part of the crisis 'An attack'").And.Contain($"/api/v1/crises/{first["id"]}:extend");
        ((string?)refused.Json["crisis"]).Should().Be((string?)first["id"]);
        (await Client.Post("/api/v1/crises", About([b], [$"{a}-chat"]))).Is(HttpStatusCode.Created); // the queue elsewhere is another's work
        var other = (await Client.Post("/api/v1/crises", About([a], [$"{a}-review"]))).Is(HttpStatusCode.Created).Json;

        var extend = $"/api/v1/crises/{first["id"]}:extend";
        (await Client.Call(HttpMethod.Post, extend, new { queues = new[] { $"{a}-review" }, reason = "It spreads." }, "*")).Is(HttpStatusCode.Conflict).Text
            .Should().Contain((string)other["id"]!);
        (await Client.Call(HttpMethod.Post, extend, new { reason = "It spreads." }, "*")).Is(HttpStatusCode.UnprocessableEntity);
        await _bench.End(other);
        var extended = (await Client.Call(
            HttpMethod.Post, extend, new { queues = new[] { $"{a}-review" }, hubs = new[] { b }, reason = "It spreads." }, "*"));
        extended.Is(HttpStatusCode.Conflict).Text.Should().Contain(b, "the chat at the other hub is of the second");
        extended = (await Client.Call(
            HttpMethod.Post, extend, new { queues = new[] { $"{a}-review" }, expected = new { factor = 3.0 }, reason = "It spreads." }, "*"))
            .Is(HttpStatusCode.OK);
        extended.Json["queues"]!.AsArray().Select(q => (string?)q).Should().Equal($"{a}-chat", $"{a}-review");
        ((double)extended.Json["expected"]!["factor"]!).Should().Be(3);
    }

    [Test]
    public async Task Declare_TwoAtOnceOverOneQueue_OneWins()
    {
        await _bench.Hub("cr-race");
        for (var round = 0; round < 3; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Client.Post("/api/v1/crises", About(["cr-race"], ["cr-race-chat"]))));

            var won = answers.Single(a => a.Status == HttpStatusCode.Created).Json;
            answers.Where(a => a.Status != HttpStatusCode.Created).Should().OnlyContain(
                a => a.Status == HttpStatusCode.Conflict && a.Text.Contains((string)won["id"]!));
            await _bench.End(won);
        }
    }

    private static object About(string[] hubs, string[] queues) => new { name = "An attack", kind = "attack", severity = "S4", hubs, queues };

    private async Task<HttpClient> Key(object key) =>
        _bench.Server.ClientWith((string)(await Client.Post("/api/v1/api-keys", key)).Is(HttpStatusCode.Created).Json["key"]!);
}
