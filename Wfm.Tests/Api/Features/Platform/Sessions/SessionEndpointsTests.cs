using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Sessions;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Platform.Sessions;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class SessionEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("session-hub"));
        await Client.Create("hubs", SampleSetup.Hub("session-other"));
        await Client.Create("contracts", SampleSetup.Contract("session-full"));
        await Client.Create("agents", SampleSetup.Agent("session-01", "session-hub", "session-full") with { Skills = [] });
        await Client.Create("agents", SampleSetup.Agent("session-02", "session-other", "session-full") with { Skills = [] });
    }

    [Test]
    public async Task SignIn_WithAKey_SetsACookieThatIsTheKeyUntilSignedOut()
    {
        var (key, id, _) = await Key(new { name = "session planner", role = "planner", hubs = new[] { "session-hub" } });
        using var browser = Server.Browser();

        var begun = (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created);

        var cookie = begun.Headers.GetValues("Set-Cookie").Single();
        cookie.Should().StartWith("wfm-session=").And.Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/")
            .And.NotContain("secure", "the test speaks plain HTTP").And.NotContain(key);
        begun.Text.Should().NotContain(key).And.NotContain(cookie.Split('=', ';')[1]);
        begun.Headers.CacheControl!.NoStore.Should().BeTrue();
        var told = (await browser.Get("/api/v1/session")).Is(HttpStatusCode.OK).Json;
        told["me"]!.ToJsonString().Should().Be((await browser.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json.ToJsonString());
        ((string?)told["me"]!["id"]).Should().Be(id);
        told["me"]!["roles"]!.ToJsonString().Should().Be("""["planner"]""");
        told["me"]!["hubs"]!.ToJsonString().Should().Be("""["session-hub"]""");
        ((string?)told["session"]!["way"]).Should().Be("key");
        ((bool)told["session"]!["current"]!).Should().BeTrue();
        (Told(told["session"]!["expiresAt"]) - Told(told["session"]!["createdAt"])).Should().Be(Duration.FromHours(12));
        (await browser.Get("/api/v1/rosters?hub=session-hub")).Is(HttpStatusCode.OK);
        (await browser.Get("/api/v1/rosters?hub=session-other")).Is(HttpStatusCode.Forbidden);
        (await browser.Get("/api/v1/api-keys")).Is(HttpStatusCode.Forbidden);

        (await browser.Delete("/api/v1/session")).Is(HttpStatusCode.NoContent).Headers.GetValues("Set-Cookie").Single().Should().Contain("expires=Thu, 01 Jan 1970");
        (await browser.Call(HttpMethod.Get, "/api/v1/session", null, null, ("Cookie", cookie.Split(';')[0]))).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Store_HoldsNoCookieAndNoCode()
    {
        var (key, id, _) = await Key(new { name = "session hash", role = "planner" });
        using var browser = Server.Browser();
        var cookie = (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created).Headers.GetValues("Set-Cookie").Single().Split('=', ';')[1];
        await using var scope = Server.Services.CreateAsyncScope();
        var owner = Guid.Parse(id);

        var stored = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Sessions.AsNoTracking().SingleAsync(s => s.KeyId == owner);

        stored.Hash.Should().Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(cookie)));
        cookie.Should().HaveLength(64, "256 random bits are 64 hexadecimal digits");
    }

    [TestCase("cross-site")]
    [TestCase("same-site")]
    [TestCase("none")]
    [TestCase(null)]
    public async Task Change_ByCookieFromElsewhere_IsRefusedAndSaysWhy(string? from)
    {
        var (key, _, _) = await Key(new { name = "session forged", role = "admin" });
        using var browser = Server.Browser();
        var cookie = (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var forged = Server.Browser(from);
        var hub = SampleSetup.Hub($"session-forged-{from ?? "nothing"}");

        var refused = (await forged.Call(HttpMethod.Post, "/api/v1/hubs", hub, null, ("Cookie", cookie))).Is(HttpStatusCode.Forbidden);

        refused.Text.Should().Contain("Sec-Fetch-Site");
        (await forged.Call(HttpMethod.Get, "/api/v1/hubs", null, null, ("Cookie", cookie))).Is(HttpStatusCode.OK);
        (await forged.Call(HttpMethod.Post, "/api/v1/hubs", hub, null, ("Cookie", cookie), ("X-Api-Key", key))).Is(HttpStatusCode.Created);
    }

    [Test]
    public async Task SignIn_FromAPageOfAnotherOrigin_IsRefused()
    {
        using var forged = Server.Browser("cross-site");
        (await forged.Post("/api/v1/session", new { key = WfmServer.AdminKey })).Is(HttpStatusCode.Forbidden).Text.Should().Contain("cross-site");
    }

    [TestCase("""{"key":"wfm_wrong"}""", HttpStatusCode.Unauthorized)]
    [TestCase("""{"code":"wrong"}""", HttpStatusCode.Unauthorized)]
    [TestCase("""{}""", HttpStatusCode.UnprocessableEntity)]
    [TestCase("""{"key":"a","code":"b"}""", HttpStatusCode.UnprocessableEntity)]
    [TestCase("""{"password":"b"}""", HttpStatusCode.BadRequest)]
    public async Task SignIn_WithSomethingElse_IsRefused(string body, HttpStatusCode status)
    {
        using var browser = Server.Browser();
        (await browser.Post("/api/v1/session", body)).Is(status).Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Test]
    public async Task Link_Opened_SignsInOnceAndGoesToTheConsole()
    {
        var (key, id, _) = await Key(new { name = "session link", role = "planner" });
        using var caller = Server.ClientWith(key);
        var made = (await caller.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Created);
        made.Headers.CacheControl!.NoStore.Should().BeTrue();
        var path = (string)made.Json["path"]!;
        path.Should().Be($"/console/sign-in/{made.Json["code"]}");
        using var browser = Server.Browser("none");

        var opened = await browser.Get(path);

        opened.Status.Should().Be(HttpStatusCode.Redirect);
        opened.Headers.Location!.ToString().Should().Be("/console/");
        opened.Headers.CacheControl!.NoStore.Should().BeTrue();
        var told = (await browser.Get("/api/v1/session")).Is(HttpStatusCode.OK).Json;
        ((string?)told["me"]!["id"]).Should().Be(id);
        ((string?)told["session"]!["way"]).Should().Be("link");
        using var replay = Server.Browser("none");
        var again = await replay.Get(path);
        again.Status.Should().Be(HttpStatusCode.Gone);
        again.Text.Should().Contain("used already");
        again.Headers.Contains("Set-Cookie").Should().BeFalse();
        (await replay.Post("/api/v1/session", new { code = made.Json["code"] })).Is(HttpStatusCode.Unauthorized);
        (await Ours(browser).Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Conflict).Text.Should().Contain("twelve hours");
    }

    [Test]
    public async Task Code_FromManyAtOnce_SignsOneIn()
    {
        var code = (string)(await Client.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Created).Json["code"]!;
        using var browser = Server.Browser();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.Post("/api/v1/session", new { code })));

        answers.Count(a => a.Status == HttpStatusCode.Created).Should().Be(1);
        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created || a.Status == HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task CodeAndSession_WhoseTimeIsUp_SignNobodyIn()
    {
        var (key, id, _) = await Key(new { name = "session old", role = "planner" });
        using var caller = Server.ClientWith(key);
        var code = (string)(await caller.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Created).Json["code"]!;
        using var browser = Server.Browser();
        (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created);
        await using var scope = Server.Services.CreateAsyncScope();
        var (db, owner) = (scope.ServiceProvider.GetRequiredService<WfmDbContext>(), Guid.Parse(id));
        var now = scope.ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant();

        await db.SignInCodes.Where(c => c.KeyId == owner).ExecuteUpdateAsync(c => c.SetProperty(x => x.ExpiresAt, now));
        await db.Sessions.Where(s => s.KeyId == owner).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, now));

        (await browser.Post("/api/v1/session", new { code })).Is(HttpStatusCode.Unauthorized);
        (await browser.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized).Headers.GetValues("Set-Cookie").Should().ContainSingle();
    }

    [Test]
    public async Task Session_OfAKeyThatExpiresSooner_EndsWithIt()
    {
        var soon = SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(1);
        var (key, _, _) = await Key(new { name = "session short", role = "planner", expiresAt = soon });
        using var browser = Server.Browser();

        var begun = (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created).Json;

        Told(begun["session"]!["expiresAt"]).Should().BeLessThan(soon + Duration.FromSeconds(1));
    }

    [Test]
    public async Task RevokedKey_EndsItsSessions()
    {
        var (key, _, location) = await Key(new { name = "session revoked", role = "planner" });
        using var caller = Server.ClientWith(key);
        var code = (string)(await caller.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Created).Json["code"]!;
        using var browser = Server.Browser();
        (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created);

        (await Client.Delete(location)).Is(HttpStatusCode.NoContent);

        (await browser.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Unauthorized);
        (await browser.Post("/api/v1/session", new { code })).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Sessions_OfAnAgent_AreOnesOwnAndReachNothingElse()
    {
        var (mine, _, _) = await Key(new { name = "session phone", role = "agent", agent = "session-01" });
        var (theirs, _, _) = await Key(new { name = "session other phone", role = "agent", agent = "session-02" });
        using var browser = Server.Browser();
        using var other = Server.Browser();
        (await browser.Post("/api/v1/session", new { key = mine })).Is(HttpStatusCode.Created);
        var foreign = (await other.Post("/api/v1/session", new { key = theirs })).Is(HttpStatusCode.Created).Json["session"]!["id"];

        var told = (await browser.Get("/api/v1/session")).Is(HttpStatusCode.OK).Json;
        var listed = (await browser.Get("/api/v1/sessions?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        ((string?)told["me"]!["agent"]!["code"]).Should().Be("session-01");
        told["me"]!["permissions"]!.ToJsonString().Should().Be("""["readSelf","useMe"]""");
        listed.Should().ContainSingle();
        ((string?)listed[0]!["agent"]).Should().Be("session-01");
        (await browser.Delete($"/api/v1/sessions/{foreign}")).Is(HttpStatusCode.NotFound);
        (await browser.Get("/api/v1/me/shifts")).Is(HttpStatusCode.OK);
        (await browser.Get("/api/v1/hubs")).Is(HttpStatusCode.Forbidden);
        (await browser.Delete($"/api/v1/sessions/{listed[0]!["id"]}")).Is(HttpStatusCode.NoContent);
        (await browser.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        (await other.Get("/api/v1/me")).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task Sessions_OfOthers_AreSeenAndEndedByThoseWhoManageKeysOfTheirHubs()
    {
        var (key, _, _) = await Key(new { name = "session watched", role = "planner", hubs = new[] { "session-hub" } });
        var (far, _, _) = await Key(new { name = "session far", role = "planner", hubs = new[] { "session-other" } });
        using var browser = Server.Browser();
        using var distant = Server.Browser();
        var watched = (await browser.Post("/api/v1/session", new { key })).Is(HttpStatusCode.Created).Json["session"]!["id"];
        var unseen = (await distant.Post("/api/v1/session", new { key = far })).Is(HttpStatusCode.Created).Json["session"]!["id"];
        using var admin = Server.ClientWith((await Key(new { name = "session hub admin", role = "admin", hubs = new[] { "session-hub" } })).Key);

        var seen = (await admin.Get("/api/v1/sessions?active=true&limit=1000")).Is(HttpStatusCode.OK).Text;

        seen.Should().Contain(watched!.ToString()).And.NotContain(unseen!.ToString());
        (await admin.Delete($"/api/v1/sessions/{unseen}")).Is(HttpStatusCode.Forbidden);
        (await admin.Delete($"/api/v1/sessions/{watched}")).Is(HttpStatusCode.NoContent);
        (await browser.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
        var ended = (await Client.Get("/api/v1/sessions?active=false&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Single(s => (string?)s!["id"] == (string?)watched);
        ((string?)ended!["revokedBy"]).Should().Be("session hub admin");
    }

    [Test]
    public async Task Key_ThatAsksByItself_IsNoSession()
    {
        var told = (await Client.Get("/api/v1/session")).Is(HttpStatusCode.OK).Json;
        told["session"].Should().BeNull();
        ((string?)told["me"]!["name"]).Should().Be("bootstrap");
        (await Client.Delete("/api/v1/session")).Is(HttpStatusCode.Conflict);
    }

    private static HttpClient Ours(HttpClient browser)
    {
        browser.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return browser;
    }

    private static Instant Told(System.Text.Json.Nodes.JsonNode? instant) => NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)instant!).Value;

    private async Task<(string Key, string Id, string Location)> Key(object request)
    {
        var made = await Client.Create("api-keys", request);
        return ((string)made.Json["key"]!, (string)made.Json["details"]!["id"]!, made.Headers.Location!.ToString());
    }
}
