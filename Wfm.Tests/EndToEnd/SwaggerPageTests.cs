using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>The page where a newcomer meets the API, in a real browser: its scripts must run under the security headers we send.</summary>
public sealed class SwaggerPageTests
{
    private string _dom = "";
    private string _log = "";

    [OneTimeSetUp]
    public async Task Open()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)); // a hung browser fails the test and not the run
        (_dom, _log) = await Browser.Open(new Uri(server.Client.BaseAddress!, "/swagger/index.html"), limit.Token);
    }

    [TestCase("Forecasts the queues of a hub")]
    [TestCase("Rosters a hub in a job")]
    [TestCase("/api/v1/volumes")]
    [TestCase("Authorize")]
    public void Page_AfterItsScriptsRan_Lists(string text) => _dom.Should().Contain(text);

    [Test]
    public void Page_AfterItsScriptsRan_ListsEveryGroupWithOperations()
    {
        Occurrences(_dom, "class=\"opblock-tag\"").Should().BeGreaterThan(8);
        Occurrences(_dom, "class=\"opblock opblock-").Should().BeGreaterThan(100);
    }

    [Test]
    public void Page_AfterItsScriptsRan_ShowsNoError()
    {
        _dom.Should().NotContain("errors-wrapper").And.NotContain("Failed to load API definition").And.NotContain("Resolver error");
        _dom.Should().NotContain("class=\"loading-container\"");
    }

    [Test]
    public void Console_OfThePage_HasNothingBlockedOrThrown() => _log.Should()
        .NotContain("Content Security Policy").And.NotContain("Content-Security-Policy").And.NotContain("Uncaught").And.NotContain("Failed to load resource");

    [Test]
    public async Task Log_OfAPageThatThrows_SaysSo()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (dom, log) = await Browser.Open(new Uri("data:text/html,<p>before</p><script>throw new Error('boom')</script>"), limit.Token);

        dom.Should().Contain("<p>before</p>");
        log.Should().Contain("Uncaught Error: boom"); // so the test above can fail
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
