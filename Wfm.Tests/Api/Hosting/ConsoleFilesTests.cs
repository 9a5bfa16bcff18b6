using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Hosting;

/// <summary>Serves a made-up console, so that it is tested on a machine without Node.js too.</summary>
public sealed class ConsoleFilesTests
{
    private const string Script = "/console/assets/main-1a2b3c.js";

    private DirectoryInfo _folder = null!;
    private WfmServer _server = null!;
    private HttpClient _browser = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("wfm-console-");
        _folder.CreateSubdirectory("assets");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "<p>the page</p>");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "assets", "main-1a2b3c.js"), "the script");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "assets", "main-1a2b3c.js.br"), "packed");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "assets", "plain-1a2b3c.svg"), "<svg/>");
        _server = await WfmServer.Start(StoreKind.Sqlite, services: s => s.AddSingleton(new ConsoleFolder(_folder.FullName)));
        _browser = _server.Browser();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [TestCase("/", "/console/")]
    [TestCase("/console", "/console/")]
    [TestCase("/?hub=dub", "/console/?hub=dub")]
    public async Task Root_LeadsToTheConsole(string path, string expected)
    {
        var answer = await _browser.Get(path);

        answer.Status.Should().Be(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.Should().Be(expected);
    }

    [TestCase("/console/")]
    [TestCase("/console/rosters?hub=dub")]
    [TestCase("/console/a/page/that/only/the/page/knows")]
    public async Task Page_EveryPath_IsThePageAndAskedForAgain(string path)
    {
        var answer = (await _browser.Get(path)).Is(HttpStatusCode.OK);

        answer.Text.Should().Be("<p>the page</p>");
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("text/html");
        answer.Headers.CacheControl!.ToString().Should().Be("no-cache");
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'self'");
    }

    [Test]
    public async Task Asset_IsKeptForever()
    {
        var answer = (await _browser.Get(Script)).Is(HttpStatusCode.OK);

        answer.Text.Should().Be("the script");
        answer.ContentHeaders.ContentType!.MediaType.Should().Be("text/javascript");
        answer.Headers.CacheControl!.ToString().Should().Be("public, max-age=31536000, immutable");
    }

    [TestCase("gzip, deflate, br", "br", "packed")]
    [TestCase("br;q=0, *;q=0", null, "the script")]
    [TestCase("identity", null, "the script")]
    public async Task Asset_Packed_GoesToThoseWhoTakeIt(string accepted, string? encoding, string text)
    {
        var answer = await _browser.Call(HttpMethod.Get, Script, headers: ("Accept-Encoding", accepted));

        answer.Text.Should().Be(text);
        answer.ContentHeaders.ContentEncoding.SingleOrDefault().Should().Be(encoding);
        answer.Headers.Vary.Should().Contain("Accept-Encoding");
    }

    [TestCase("/console/assets/gone-9f8e7d.js")]
    [TestCase("/console/assets/")]
    [TestCase(Script + ".br")]
    [TestCase("/console/assets/..%2F..%2Fappsettings.json")]
    [TestCase("/console/assets/..%2Findex.html")]
    public async Task Asset_ThatIsNotThere_IsNotFoundAndNeverThePage(string path)
    {
        var answer = (await _browser.Get(path)).Is(HttpStatusCode.NotFound);

        answer.Text.Should().NotContain("the page").And.NotContain("Logging");
    }

    [Test]
    public async Task Head_SaysTheLengthWithoutTheFile()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/console/assets/plain-1a2b3c.svg");
        using var response = await _browser.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.Should().Be(6);
        response.Content.Headers.ContentType.Should().Be(new MediaTypeHeaderValue("image/svg+xml"));
    }

    [TestCase("POST", "/console/")]
    [TestCase("GET", "/consoles")]
    [TestCase("GET", "/api/v1/hubs")]
    public async Task Elsewhere_IsTheServersOwn(string method, string path) =>
        (await _browser.Call(new HttpMethod(method), path)).Is(HttpStatusCode.Unauthorized);

    [Test]
    public async Task Build_WithoutConsole_ServesTheApiAlone()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: s => s.AddSingleton(new ConsoleFolder("/nowhere")));
        using var anonymous = server.ClientWith(null);

        (await anonymous.Get("/console/")).Is(HttpStatusCode.Unauthorized);
        (await server.Client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
    }
}
