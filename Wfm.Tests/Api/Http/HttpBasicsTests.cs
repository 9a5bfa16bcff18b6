using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Http;

/// <summary>What holds for every request: headers, limits, bodies that are no JSON.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class HttpBasicsTests(StoreKind kind) : ApiFixture(kind)
{
    [Test]
    public async Task Answers_OfTheApi_CarrySecureHeaders()
    {
        foreach (var path in new[] { "/api/v1/hubs", "/api/v1/hubs/nowhere", "/api/v1/nothing-here" })
        {
            var answer = await Client.Get(path);
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'");
            answer.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
            answer.Headers.Contains("Server").Should().BeFalse();
        }

        (await Client.Get("/api/v1/agents")).Headers.CacheControl!.NoStore.Should().BeTrue();
        (await Client.Get("/api/v1/agents/no-such")).Headers.CacheControl!.NoStore.Should().BeTrue();
        (await Client.Get("/api/v1/hubs")).Headers.CacheControl!.NoCache.Should().BeTrue();
    }

    [Test]
    public async Task Documentation_Page_RunsUnderItsPolicy()
    {
        var page = await Client.Get("/swagger/index.html");

        page.Status.Should().Be(HttpStatusCode.OK);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.Should().Contain("default-src 'self'").And.NotContain("script-src").And.NotContain("unsafe-eval");
        page.Text.Should().NotMatchRegex("<script(?![^>]*src=)"); // no script in the page itself, which the policy would stop
        foreach (var asset in new[] { "swagger-ui-bundle.js", "index.js", "swagger-ui.css" })
        {
            (await Client.Get($"/swagger/{asset}")).Status.Should().Be(HttpStatusCode.OK);
        }
    }

    [TestCase("{", "/")]
    [TestCase("", null)]
    [TestCase("null", null)]
    [TestCase("[]", "/")]
    [TestCase("""{"code":"x","seats":"many"}""", "/seats")]
    [TestCase("""{"code":"x","seats":99999999999}""", "/seats")]
    [TestCase("""{"code":"x","colour":"blue"}""", "/colour")]
    [TestCase(
        """{"code":"x","openingHours":[{"day":"monday","from":"08:00","to":"09:00"},{"day":"mon","from":"08:00","to":"09:00"}]}""", "/openingHours/1/day")]
    [TestCase("""{"code":"x","openingHours":[{"day":"monday","from":"08:00"}]}""", "/openingHours/0/to")]
    [TestCase("""{"code":"x","openingHours":[{"day":"monday","from":"08:00","to":"25:00"}]}""", "/openingHours/0/to")]
    [TestCase("""{"code":null}""", "/code")]
    [TestCase("""{"code":"x","seats":1,"seats":2}""", "/seats")]
    public async Task Body_NotReadable_Is400WithTheFieldAndWithoutOurTypes(string body, string? field)
    {
        var answer = (await Client.Post("/api/v1/hubs", body)).Is(HttpStatusCode.BadRequest);

        answer.ErrorFields.Should().Equal(field is null ? [] : [field]);
        answer.Text.Should().NotContain("Wfm.").And.NotContain("System.").And.NotContain("NodaTime");
    }

    [Test]
    public async Task Body_WrongEnumValue_NamesTheRightOnes()
    {
        (await Client.Post("/api/v1/queues", """{"code":"x","kind":"later"}""")).Is(HttpStatusCode.BadRequest).ErrorOf("/kind")
            .Should().Contain("'later'").And.Contain("immediate, deferrable");
    }

    [Test]
    public async Task Body_NotJson_Is415()
    {
        using var text = new StringContent("code=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await Client.Post("/api/v1/hubs", text)).Is(HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task Text_WithNul_IsRefusedOrStoredButNeverBreaks()
    {
        var answer = await Client.Post("/api/v1/hubs", SampleSetup.Hub("http-nul") with { Name = "a\0b" });
        ((int)answer.Status).Should().BeOneOf(201, 400);
        (await Client.Get("/api/v1/agents?hub=%00")).Status.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Body_TooLarge_Is413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/hubs");
        request.Headers.ExpectContinue = true; // the answer comes before the body is sent
        request.Content = new StringContent(Huge(), Encoding.UTF8, "application/json");

        using var response = await Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should().Contain("10485760");
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Test]
    public async Task Body_SmallButHugeUnpacked_Is413()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Huge()));
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        (await Client.Post("/api/v1/hubs", content)).Is(HttpStatusCode.RequestEntityTooLarge);
    }

    [Test]
    public async Task Body_Packed_IsRead()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(SampleSetup.Hub("http-gzip"), RequestJson.Options));
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");

        (await Client.Post("/api/v1/hubs", content)).Is(HttpStatusCode.Created);
    }

    [Test]
    public async Task Requests_MoreThanAllowed_Are429PerKeyWithRetryAfter()
    {
        var store = await TestStore.Create(Kind);
        await using var app = WfmHost.Create([], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Wfm:Store"] = store.ConnectionString,
                ["Wfm:BootstrapKey"] = WfmServer.AdminKey,
                ["Wfm:RequestsPerMinute"] = "4",
                ["Wfm:Role"] = "api",
            });
        });
        await app.StartAsync();
        using var client = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
        (string, string) admin = ("X-Api-Key", WfmServer.AdminKey);
        var made = await client.Call(HttpMethod.Post, "/api/v1/api-keys", new { name = "other", role = "planner" }, null, admin);
        (string, string) other = ("X-Api-Key", (string)made.Is(HttpStatusCode.Created).Json["key"]!);

        for (var i = 0; i < 3; i++)
        {
            (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, admin)).Is(HttpStatusCode.OK);
        }

        var refused = (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, admin)).Is(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BeGreaterThan(TimeSpan.Zero);
        (await client.Call(HttpMethod.Get, "/api/v1/me", null, null, other)).Is(HttpStatusCode.OK); // a bucket per key
        (await client.Get("/health/live")).Status.Should().Be(HttpStatusCode.OK);
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
    }

    private static string Huge() => $$"""{"code":"{{new string('x', 10_500_000)}}"}""";
}
