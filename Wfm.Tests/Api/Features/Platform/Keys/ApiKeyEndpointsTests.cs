using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Platform.Keys;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ApiKeyEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("key-hub"));
        await Client.Create("hubs", SampleSetup.Hub("key-other"));
        await Client.Create("contracts", SampleSetup.Contract("key-full"));
        await Client.Create("agents", SampleSetup.Agent("key-01", "key-hub", "key-full") with { Skills = [] });
        await Client.Create("agents", SampleSetup.Agent("key-02", "key-other", "key-full") with { Skills = [] });
        await Client.Create("agents", SampleSetup.Agent("key-away", "key-hub", "key-full") with { Skills = [], Active = false });
    }

    [Test]
    public async Task Key_MadeUsedRevoked_WorksUntilThen()
    {
        var created = await Client.Create(
            "api-keys", new
            {
                name = "Reporting",
                role = "integration",
                hubs = new[] { "key-hub" },
                expiresAt = "2199-01-01T00:00:00Z",
            });
        var key = (string)created.Json["key"]!;
        var location = created.Headers.Location!.ToString();
        created.Headers.CacheControl!.NoStore.Should().BeTrue();
        using var client = Server.ClientWith(key);

        var me = (await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json;
        ((string?)me["name"]).Should().Be("Reporting");
        me["hubs"]!.ToJsonString().Should().Be("""["key-hub"]""");
        me["permissions"]!.ToJsonString().Should().Contain("writeVolumes").And.NotContain("manageKeys");

        var stored = (await Client.Get(location)).Is(HttpStatusCode.OK);
        for (var wait = 0; stored.Json["lastUsedAt"] is null && wait < 100; wait++) // written down behind the request
        {
            await Task.Delay(50);
            stored = (await Client.Get(location)).Is(HttpStatusCode.OK);
        }

        stored.Text.Should().NotContain(key);
        ((string?)stored.Json["prefix"]).Should().Be(key[..12]);
        stored.Json["lastUsedAt"].Should().NotBeNull();
        (await Client.Get("/api/v1/api-keys?limit=1000")).Text.Should().Contain(key[..12]).And.NotContain(key);

        (await Client.Delete(location)).Is(HttpStatusCode.NoContent);
        (await client.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await Client.Get("/api/v1/api-keys?active=true&limit=1000")).Text.Should().NotContain(key[..12]);
        (await Client.Get("/api/v1/api-keys?active=false&limit=1000")).Text.Should().Contain(key[..12]);
    }

    [Test]
    public async Task Key_SentAsBearer_Works()
    {
        using var client = Server.ClientWith(null);
        (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, ("Authorization", $"Bearer {WfmServer.AdminKey}"))).Is(HttpStatusCode.OK);
        (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, ("Authorization", "Bearer nonsense"))).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task List_SmallPages_NewestFirst()
    {
        foreach (var i in Enumerable.Range(0, 3))
        {
            await Client.Create("api-keys", new { name = $"page {i}", role = "planner" });
        }

        var (names, after) = (new List<string>(), (string?)"");
        while (after is not null && !names.Contains("page 0"))
        {
            var page = (await Client.Get($"/api/v1/api-keys?limit=1&after={after}")).Is(HttpStatusCode.OK).Json;
            names.Add((string)page["items"]!.AsArray().Single()!["name"]!);
            after = (string?)page["next"];
        }

        names.Where(n => n.StartsWith("page ", StringComparison.Ordinal)).Should().Equal("page 2", "page 1", "page 0"); // others make keys meanwhile
    }

    [TestCase("""{"name":"x","role":"emperor"}""", HttpStatusCode.UnprocessableEntity, "/role")]
    [TestCase("""{"name":"x","role":"planner","hubs":["nowhere"]}""", HttpStatusCode.UnprocessableEntity, "/hubs/0")]
    [TestCase("""{"name":"x","role":"hub-manager"}""", HttpStatusCode.UnprocessableEntity, "/hubs")]
    [TestCase("""{"name":"x","role":"planner","expiresAt":"2020-01-01T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity, "/expiresAt")]
    [TestCase("""{"name":"","role":"planner"}""", HttpStatusCode.BadRequest, "/name")]
    [TestCase("""{"name":"x","role":"agent"}""", HttpStatusCode.UnprocessableEntity, "/agent")]
    [TestCase("""{"name":"x","role":"agent","agent":"nobody"}""", HttpStatusCode.UnprocessableEntity, "/agent")]
    [TestCase("""{"name":"x","role":"agent","agent":"key-away"}""", HttpStatusCode.UnprocessableEntity, "/agent")]
    [TestCase("""{"name":"x","role":"agent","agent":"key-01","hubs":["key-hub"]}""", HttpStatusCode.UnprocessableEntity, "/hubs")]
    [TestCase("""{"name":"x","role":"integration","agent":"key-01"}""", HttpStatusCode.UnprocessableEntity, "/agent")]
    [TestCase("""{"name":"x","role":"agent","agent":"KEY"}""", HttpStatusCode.BadRequest, "/agent")]
    public async Task Create_UnusableValues_NameTheField(string body, HttpStatusCode status, string field)
    {
        (await Client.Post("/api/v1/api-keys", body)).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task AdminOfOneHub_CannotMakeOrSeeMoreThanItself()
    {
        var key = await Client.Create("api-keys", new { name = "hub admin", role = "admin", hubs = new[] { "key-hub" } });
        using var admin = Server.ClientWith((string)key.Json["key"]!);

        (await admin.Post("/api/v1/api-keys", new { name = "up", role = "admin" })).Is(HttpStatusCode.Forbidden);
        (await admin.Post("/api/v1/api-keys", new { name = "side", role = "planner", hubs = new[] { "key-other" } })).Is(HttpStatusCode.Forbidden);
        (await admin.Post("/api/v1/api-keys", new { name = "down", role = "planner", hubs = new[] { "key-hub" } })).Is(HttpStatusCode.Created);
        var seen = (await admin.Get("/api/v1/api-keys")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        seen.Should().HaveCountGreaterThan(1).And.OnlyContain(k =>
            k!["hubs"]!.ToJsonString() == """["key-hub"]""" || (string?)k["agent"] == "key-01");
        var bootstrap = (await Client.Get("/api/v1/me")).Json["id"];
        (await admin.Delete($"/api/v1/api-keys/{bootstrap}")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task KeyOfAPerson_IsBoundAndSaysWhoMadeIt()
    {
        var made = await Client.Create("api-keys", new { name = "phone", role = "agent", agent = "key-01" });
        var details = made.Json["details"]!;
        ((string?)details["agent"]).Should().Be("key-01");
        ((string?)details["createdBy"]).Should().Be("bootstrap");
        using var person = Server.ClientWith((string)made.Json["key"]!);

        var me = (await person.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json;
        ((string?)me["agent"]!["code"]).Should().Be("key-01");
        ((bool)me["agent"]!["active"]!).Should().BeTrue();
        me["hubs"]!.AsArray().Should().BeEmpty();
        me["permissions"]!.ToJsonString().Should().Be("""["readSelf","useMe"]""");

        var location = made.Headers.Location!.ToString();
        (await Client.Delete(location)).Is(HttpStatusCode.NoContent);
        ((string?)(await Client.Get(location)).Json["revokedBy"]).Should().Be("bootstrap");
    }

    [Test]
    public async Task AdminOfOneHub_BindsKeysToItsOwnPeopleOnly()
    {
        var key = await Client.Create("api-keys", new { name = "people admin", role = "admin", hubs = new[] { "key-hub" } });
        using var admin = Server.ClientWith((string)key.Json["key"]!);
        var other = await Client.Create("api-keys", new { name = "stranger", role = "agent", agent = "key-02" });

        var mine = (await admin.Post("/api/v1/api-keys", new { name = "mine", role = "agent", agent = "key-01" })).Is(HttpStatusCode.Created);
        (await admin.Post("/api/v1/api-keys", new { name = "theirs", role = "agent", agent = "key-02" })).Is(HttpStatusCode.Forbidden);
        (await admin.Post("/api/v1/api-keys", new { name = "theirs", role = "planner", hubs = new[] { "key-hub" }, agent = "key-02" }))
            .Is(HttpStatusCode.Forbidden);
        var seen = (await admin.Get("/api/v1/api-keys?limit=1000")).Is(HttpStatusCode.OK).Text;
        seen.Should().Contain("\"mine\"").And.NotContain("stranger");
        (await admin.Delete(other.Headers.Location!.ToString())).Is(HttpStatusCode.Forbidden);
        (await admin.Delete(mine.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task DeletedPerson_HasNoKeysThatWork()
    {
        await Client.Create("agents", SampleSetup.Agent("key-gone", "key-hub", "key-full") with { Skills = [] });
        var made = await Client.Create("api-keys", new { name = "gone", role = "agent", agent = "key-gone" });
        (await Client.Delete("/api/v1/agents/key-gone", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 API keys that are not revoked");

        (await Client.Delete(made.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);
        (await Client.Delete("/api/v1/agents/key-gone", "*")).Is(HttpStatusCode.NoContent);
        var left = (await Client.Get(made.Headers.Location!.ToString())).Is(HttpStatusCode.OK).Json;
        left["agent"].Should().BeNull();
    }

    [Test]
    public async Task Revoke_LastAdmin_Is409AndOfTwoAtOnceOneStays()
    {
        await using var server = await WfmServer.Start(Kind); // the shared one has admins of other tests
        var first = (string)(await server.Client.Get("/api/v1/me")).Json["id"]!;
        (await server.Client.Delete($"/api/v1/api-keys/{first}")).Is(HttpStatusCode.Conflict).Text.Should().Contain("last admin");

        var second = await server.Client.Create("api-keys", new { name = "second", role = "admin" });
        using var other = server.ClientWith((string)second.Json["key"]!);
        var answers = await Task.WhenAll(server.Client.Delete(second.Headers.Location!.ToString()), other.Delete($"/api/v1/api-keys/{first}"));

        answers.Count(a => a.Status == HttpStatusCode.NoContent).Should().Be(1, $"{answers[0].Text} {answers[1].Text}");
        var left = new[] { await server.Client.Get("/api/v1/me"), await other.Get("/api/v1/me") };
        left.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
    }

    [Test]
    public async Task Scopes_OfAKey_LimitItToTheseAndWhoItIs()
    {
        var made = await Client.Create("api-keys", new { name = "scoped", role = "planner", scopes = new[] { "readVolumes", "readSetup" } });
        made.Json["details"]!["scopes"]!.ToJsonString().Should().Be("""["readSetup","readVolumes"]""");
        using var client = Server.ClientWith((string)made.Json["key"]!);

        (await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json["permissions"]!.ToJsonString().Should().Be("""["readSetup","readVolumes","readSelf"]""");
        (await client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
        (await client.Get("/api/v1/rosters")).Is(HttpStatusCode.Forbidden);
        (await client.Post("/api/v1/hubs", SampleSetup.Hub("key-scoped"))).Is(HttpStatusCode.Forbidden);
    }

    [TestCase("""{"name":"x","role":"planner","scopes":["manageKeys"]}""", HttpStatusCode.UnprocessableEntity, "/scopes/0")]
    [TestCase("""{"name":"x","role":"planner","scopes":["readSetup","readSetup"]}""", HttpStatusCode.UnprocessableEntity, "/scopes/1")]
    [TestCase("""{"name":"x","role":"planner","scopes":["everything"]}""", HttpStatusCode.BadRequest, "/scopes/0")]
    [TestCase("""{"name":"x","role":"agent","agent":"key-01","scopes":["readSelf"]}""", HttpStatusCode.UnprocessableEntity, "/agent")]
    public async Task Scopes_ThatTheRoleDoesNotHold_NameTheField(string body, HttpStatusCode status, string field) =>
        (await Client.Post("/api/v1/api-keys", body)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Scopes_OfTheOneWhoMakesKeys_AreWhatItGivesAway()
    {
        var made = await Client.Create("api-keys", new { name = "key maker", role = "admin", scopes = new[] { "manageKeys", "readVolumes" } });
        using var maker = Server.ClientWith((string)made.Json["key"]!);

        (await maker.Post("/api/v1/api-keys", new { name = "more", role = "planner" })).Is(HttpStatusCode.Forbidden);
        (await maker.Post("/api/v1/api-keys", new { name = "within", role = "planner", scopes = new[] { "readVolumes" } })).Is(HttpStatusCode.Created);
    }

    [Test]
    public async Task Rotation_WithAnOverlap_LetsBothWorkAndThenTheNewOne()
    {
        var made = await Client.Create("api-keys", new { name = "rotated", role = "planner" });
        var (old, location) = ((string)made.Json["key"]!, made.Headers.Location!.ToString());

        var rotated = (await Client.Post($"{location}:rotate", new { overlapHours = 2 })).Is(HttpStatusCode.OK);

        var fresh = (string)rotated.Json["key"]!;
        fresh.Should().NotBe(old);
        rotated.Headers.CacheControl!.NoStore.Should().BeTrue();
        ((string?)rotated.Json["details"]!["prefix"]).Should().Be(fresh[..12]);
        (await Me(old)).Is(HttpStatusCode.OK);
        (await Me(fresh)).Is(HttpStatusCode.OK).Json["id"]!.ToString().Should().Be(rotated.Json["details"]!["id"]!.ToString());
        using var browser = Server.Browser();
        (await browser.Post("/api/v1/session", new { key = old })).Is(HttpStatusCode.Created);

        var again = (string)(await Client.Post($"{location}:rotate", new { overlapHours = 0 })).Is(HttpStatusCode.OK).Json["key"]!;

        (await Me(old)).Is(HttpStatusCode.Unauthorized);
        (await Me(fresh)).Is(HttpStatusCode.Unauthorized);
        (await Me(again)).Is(HttpStatusCode.OK);
        (await browser.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await Client.Delete(location)).Is(HttpStatusCode.NoContent);
        (await Me(again)).Is(HttpStatusCode.Unauthorized);
        (await Client.Post($"{location}:rotate", new { })).Is(HttpStatusCode.Conflict);
        (await Client.Post($"{location}:rotate", new { overlapHours = 721 })).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/overlapHours");
    }

    [Test]
    public async Task Rotation_ByTwoAtOnce_LeavesOneNewKey()
    {
        var made = await Client.Create("api-keys", new { name = "rotated twice", role = "planner" });
        var rotate = $"{made.Headers.Location}:rotate";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Client.Post(rotate, new { overlapHours = 0 })));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.OK || a.Status == HttpStatusCode.Conflict);
        var keys = answers.Where(a => a.Status == HttpStatusCode.OK).Select(a => (string)a.Json["key"]!).ToArray();
        var working = await Task.WhenAll(keys.Select(async k => (await Me(k)).Status == HttpStatusCode.OK));
        working.Count(w => w).Should().Be(1);
    }

    private async Task<ApiAnswer> Me(string key)
    {
        using var client = Server.ClientWith(key);
        return await client.Get("/api/v1/me");
    }
}
