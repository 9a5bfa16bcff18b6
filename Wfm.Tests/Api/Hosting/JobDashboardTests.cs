using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

/// <summary>Who may do what on the page of the job engine.</summary>
public sealed class JobDashboardTests() : ApiFixture(StoreKind.Sqlite)
{
    private const string Look = "/jobs/jobs/failed";
    private const string Change = "/jobs/jobs/failed/requeue";

    [Test]
    public async Task Page_WithoutAKey_AsksTheBrowserForOne()
    {
        using var anonymous = Server.ClientWith(null);

        var answer = (await anonymous.Get("/jobs")).Is(HttpStatusCode.Unauthorized);

        answer.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Basic");
        (await anonymous.Get("/api/v1/hubs")).Is(HttpStatusCode.Unauthorized).Headers.WwwAuthenticate.Should().NotContain(h => h.Scheme == "Basic");
        (await anonymous.Call(HttpMethod.Post, Change, Nothing)).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Page_WithTheKeyAsPassword_IsShownAndKeptNowhere()
    {
        using var browser = Browser(WfmServer.AdminKey);
        using var wrong = Browser("wfm_wrong");

        var page = await browser.Get("/jobs");

        page.Status.Should().Be(HttpStatusCode.OK);
        page.Text.Should().Contain("Wfm jobs");
        page.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await browser.Get("/jobs/no-such-page")).Is(HttpStatusCode.NotFound);
        (await browser.Get("/api/v1/hubs")).Is(HttpStatusCode.Unauthorized); // the API takes keys in headers only
        (await wrong.Get("/jobs")).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Keys_OfEveryKind_LookOrChangeAsTheirRolesAllow()
    {
        await Client.Create("hubs", SampleSetup.Hub("dash-hub"));

        await Expect(await Key("admin"), HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity); // it names no job
        await Expect(await Key("planner"), HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity);
        await Expect(await Key("hub-manager", "dash-hub"), HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await Expect(await Key("integration"), HttpStatusCode.OK, HttpStatusCode.Forbidden);
        await Expect(await Key("admin", "dash-hub"), HttpStatusCode.Forbidden, HttpStatusCode.Forbidden);
        await Expect(await Key("admin", revoked: true), HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Change_FromAForeignPage_IsRefused()
    {
        async Task<HttpStatusCode> From(string origin) => (await Client.Call(HttpMethod.Post, Change, Nothing, null, ("Origin", origin))).Status;

        (await From("https://elsewhere.example")).Should().Be(HttpStatusCode.Forbidden);
        (await From("null")).Should().Be(HttpStatusCode.Forbidden);
        (await From(Client.BaseAddress!.GetLeftPart(UriPartial.Authority))).Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    private static FormUrlEncodedContent Nothing => new([]);

    private async Task Expect(string key, HttpStatusCode look, HttpStatusCode change)
    {
        using var client = Server.ClientWith(key);
        (await client.Get(Look)).Status.Should().Be(look);
        (await client.Call(HttpMethod.Post, "/jobs/stats", Nothing)).Status.Should().Be(look);
        (await client.Call(HttpMethod.Post, Change, Nothing)).Status.Should().Be(change);
    }

    private async Task<string> Key(string role, string? hub = null, bool revoked = false)
    {
        var hubs = hub is null ? Array.Empty<string>() : [hub];
        var made = (await Client.Create("api-keys", new { name = $"dash {role} {hub} {revoked}", role, hubs })).Json;
        if (revoked)
        {
            (await Client.Delete($"/api/v1/api-keys/{made["details"]!["id"]}")).Is(HttpStatusCode.NoContent);
        }

        return (string)made["key"]!;
    }

    private HttpClient Browser(string key)
    {
        var client = Server.ClientWith(null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{key}")));
        return client;
    }
}
