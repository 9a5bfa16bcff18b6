using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Tokens;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Security.Tokens;

/// <summary>Tokens of an issuer that the test hosts: what is taken, and what groups may do.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class TokenTests(StoreKind kind)
{
    private TokenIssuer _issuer = null!;
    private WfmServer _server = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _issuer = await TokenIssuer.Start();
        _server = await WfmServer.Start(kind, settings: new()
        {
            ["Wfm:Oidc:Authority"] = _issuer.Address,
            ["Wfm:Oidc:Audience"] = "wfm",
            ["Wfm:Oidc:Roles:0:Group"] = "planners",
            ["Wfm:Oidc:Roles:0:Role"] = "planner",
            ["Wfm:Oidc:Roles:1:Group"] = "managers",
            ["Wfm:Oidc:Roles:1:Role"] = "hub-manager",
            ["Wfm:Oidc:Roles:2:Group"] = "dublin",
            ["Wfm:Oidc:Roles:2:Role"] = "hub-manager",
            ["Wfm:Oidc:Roles:2:Hubs:0"] = "token-hub",
            ["Wfm:Oidc:Roles:3:Group"] = "everybody",
            ["Wfm:Oidc:Roles:3:Role"] = "agent",
            ["Wfm:Oidc:Roles:4:Group"] = "readers",
            ["Wfm:Oidc:Roles:4:Role"] = "token-readers",
            ["Wfm:Oidc:Roles:5:Group"] = "admins",
            ["Wfm:Oidc:Roles:5:Role"] = "admin",
        });
        await _server.Client.Create("hubs", SampleSetup.Hub("token-hub"));
        await _server.Client.Create("hubs", SampleSetup.Hub("token-other"));
        await _server.Client.Create("contracts", SampleSetup.Contract("token-full"));
        await _server.Client.Create("agents", SampleSetup.Agent("token-01", "token-hub", "token-full") with { Skills = [] });
        await _server.Client.Create("roles", new { code = "token-readers", name = "Readers", permissions = new[] { "readVolumes" } });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Test]
    public async Task Groups_OfAToken_AreRoles()
    {
        using var client = With(_issuer.Token("p-1", ["planners", "strangers"], claims: ("preferred_username", "sam@example.org")));

        var me = (await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json;

        ((string?)me["name"]).Should().Be("sam@example.org");
        me["roles"]!.ToJsonString().Should().Be("""["planner"]""");
        me["hubs"]!.AsArray().Should().BeEmpty();
        ((string?)me["id"]).Should().Be(TokenIdentity.IdOf(_issuer.Address, "p-1").ToString());
        (await client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
        (await client.Get("/api/v1/api-keys")).Is(HttpStatusCode.Forbidden);
        (await client.Post("/api/v1/hubs", SampleSetup.Hub("token-made"))).Is(HttpStatusCode.Created);
    }

    [Test]
    public async Task SeveralGroups_HaveThePermissionsOfAll_AtTheHubsTheyName()
    {
        using var client = With(_issuer.Token("m-1", ["readers", "dublin"]));

        var me = (await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json;

        me["roles"]!.ToJsonString().Should().Be("""["hub-manager","token-readers"]""");
        me["hubs"]!.ToJsonString().Should().Be("""["token-hub"]""");
        (await client.Get("/api/v1/rosters?hub=token-hub")).Is(HttpStatusCode.OK);
        (await client.Get("/api/v1/rosters?hub=token-other")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task HubsClaim_LimitsAToken_AndAManagerOfNoHubTouchesNone()
    {
        using var one = With(_issuer.Token("m-2", ["managers"], claims: ("wfm_hubs", new[] { "token-other" })));
        (await one.Get("/api/v1/rosters?hub=token-other")).Is(HttpStatusCode.OK);
        (await one.Get("/api/v1/rosters?hub=token-hub")).Is(HttpStatusCode.Forbidden);

        using var none = With(_issuer.Token("m-3", ["managers"]));
        (await none.Get("/api/v1/rosters?hub=token-hub")).Is(HttpStatusCode.Forbidden);
        (await none.Get("/api/v1/rosters?hub=token-other")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Agent_OfAToken_SeesItselfOnly()
    {
        using var client = With(_issuer.Token("a-1", ["everybody"], claims: ("wfm_agent", "token-01")));

        ((string?)(await client.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json["agent"]!["code"]).Should().Be("token-01");
        (await client.Get("/api/v1/me/shifts")).Is(HttpStatusCode.OK);
        (await client.Get("/api/v1/agents/token-01")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task CustomRole_OfAToken_CountsAsItIsNow()
    {
        using var client = With(_issuer.Token("r-1", ["readers"]));
        (await client.Get("/api/v1/volumes/quality?hub=token-hub")).Status.Should().NotBe(HttpStatusCode.Forbidden);
        (await client.Get("/api/v1/hubs")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Token_WithoutAGroupThatHasARole_MayDoNothing()
    {
        using var client = With(_issuer.Token("n-1", ["strangers"]));
        (await client.Get("/api/v1/hubs")).Is(HttpStatusCode.Forbidden);
        (await client.Get("/api/v1/me")).Is(HttpStatusCode.Forbidden);
        using var browser = _server.Browser();
        (await browser.Post("/api/v1/session", new { token = _issuer.Token("n-1", ["strangers"]) })).Is(HttpStatusCode.Forbidden);
    }

    [TestCase("audience")]
    [TestCase("issuer")]
    [TestCase("expired")]
    [TestCase("another key")]
    [TestCase("public key as secret")]
    [TestCase("unsigned")]
    [TestCase("changed")]
    [TestCase("nonsense")]
    public async Task Token_ThatIsNotTheIssuersForUs_IsRefused(string fault)
    {
        using var stranger = RSA.Create(2048);
        var groups = new[] { "admins" };
        var token = fault switch
        {
            "audience" => _issuer.Token("x", groups, audience: "another"),
            "issuer" => _issuer.Token("x", groups, issuer: "https://elsewhere.example"),
            "expired" => _issuer.Token("x", groups, seconds: -120),
            "another key" => _issuer.Token("x", groups, by: new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "first" }, "RS256")),
            "public key as secret" => _issuer.Token(
                "x", groups, by: new SigningCredentials(new SymmetricSecurityKey(_issuer.PublicKey) { KeyId = "first" }, "HS256")),
            "unsigned" => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{_issuer.Token("x", groups).Split('.')[1]}.",
            "changed" => string.Join('.', _issuer.Token("x").Split('.') is var t ? [t[0], _issuer.Token("x", groups).Split('.')[1], t[2]] : []),
            _ => "a.b.c",
        };
        using var client = With(token);

        (await client.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);

        using var browser = _server.Browser();
        (await browser.Post("/api/v1/session", new { token })).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Token_InASession_IsTheSamePersonForItsTime()
    {
        using var browser = _server.Browser();

        var begun = (await browser.Post("/api/v1/session", new { token = _issuer.Token("s-1", ["dublin"], claims: ("preferred_username", "kim")) }))
            .Is(HttpStatusCode.Created).Json;

        ((string?)begun["session"]!["way"]).Should().Be("token");
        var told = (await browser.Get("/api/v1/session")).Is(HttpStatusCode.OK).Json;
        ((string?)told["me"]!["name"]).Should().Be("kim");
        told["me"]!["hubs"]!.ToJsonString().Should().Be("""["token-hub"]""");
        (await browser.Get("/api/v1/rosters?hub=token-other")).Is(HttpStatusCode.Forbidden);
        (await browser.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Conflict);
        var listed = (await _server.Client.Get("/api/v1/sessions?active=true")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Single(s => (string?)s!["name"] == "kim");
        (await _server.Client.Delete($"/api/v1/sessions/{listed!["id"]}")).Is(HttpStatusCode.NoContent);
        (await browser.Get("/api/v1/session")).Is(HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task Key_OfTheServer_WorksBesideTokens() => (await _server.Client.Get("/api/v1/me")).Is(HttpStatusCode.OK);

    [Test]
    public async Task Issuer_ThatChangesItsKey_IsAskedForTheNewOne()
    {
        await using var issuer = await TokenIssuer.Start();
        await using var server = await WfmServer.Start(kind, settings: new()
        {
            ["Wfm:Oidc:Authority"] = issuer.Address,
            ["Wfm:Oidc:Audience"] = "wfm",
            ["Wfm:Oidc:Roles:0:Group"] = "planners",
            ["Wfm:Oidc:Roles:0:Role"] = "planner",
        });
        using var client = server.ClientWith(null);
        (await Me()).Is(HttpStatusCode.OK);

        issuer.ChangeKey();
        var answer = await Me();
        for (var wait = 0; answer.Status != HttpStatusCode.OK && wait < 100; wait++) // the keys are fetched behind the first request that names a new one
        {
            await Task.Delay(50);
            answer = await Me();
        }

        answer.Is(HttpStatusCode.OK);

        Task<ApiAnswer> Me() =>
            client.Call(HttpMethod.Get, "/api/v1/me", null, null, ("Authorization", $"Bearer {issuer.Token("k-1", ["planners"])}"));
    }

    [Test]
    public async Task Issuer_ThatDoesNotAnswer_Is503AndNoOneElsesFault()
    {
        var gone = await TokenIssuer.Start();
        var address = gone.Address;
        var token = gone.Token("x", ["admins"]);
        await gone.DisposeAsync();
        await using var server = await WfmServer.Start(kind, settings: new() { ["Wfm:Oidc:Authority"] = address, ["Wfm:Oidc:Audience"] = "wfm" });
        using var client = server.ClientWith(null);

        (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, ("Authorization", $"Bearer {token}"))).Is(HttpStatusCode.ServiceUnavailable);
        (await server.Client.Get("/api/v1/me")).Is(HttpStatusCode.OK);
    }

    [TestCase("http://elsewhere.example", "wfm")]
    [TestCase("nowhere", "wfm")]
    [TestCase("https://issuer.example", "")]
    public void Settings_ThatWouldTakeAnybodysTokens_AreRefused(string authority, string audience) =>
        FluentActions.Invoking(() => new OidcSettings { Authority = authority, Audience = audience }.Checked()).Should().Throw<StoreRefusedException>();

    private HttpClient With(string token)
    {
        var client = _server.ClientWith(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return client;
    }
}
