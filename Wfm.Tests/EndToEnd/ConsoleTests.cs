using System.Diagnostics;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Persistence;
using Wfm.Tests.Architecture;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>The built console in a real browser: the files of <c>Wfm.Api/Ui/e2e</c>, each against a server of its own.</summary>
/// <remarks>With <c>WFM_SHOTS</c> set to a folder the pictures of every page are kept there.</remarks>
public sealed class ConsoleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [OneTimeSetUp]
    public void IsBuilt() => Directory.Exists(Path.Combine(AppContext.BaseDirectory, "ui")).Should()
        .BeTrue("the console is built with the API where Node.js 20.19 or later is; on Debian: apt-get install nodejs npm");

    [Test]
    public async Task Bytes_Compressed_AreWithinTheirBudgets()
    {
        var built = Repository.PathOf("Wfm.Api", "obj", "ui"); // beside the program lie assets of earlier builds too
        var page = await File.ReadAllTextAsync(Path.Combine(built, "index.html"));
        var packed = new DirectoryInfo(Path.Combine(built, "assets")).EnumerateFiles("*.br")
            .ToLookup(f => page.Contains(Path.GetFileNameWithoutExtension(f.Name)), f => f.Length);

        packed[true].Sum().Should().BeInRange(50_000, 190_000, "this is what a first visit loads");
        packed[false].Max().Should().BeLessThan(15_000, "this is what one page adds");
    }

    [Test]
    public async Task SignIn_ByKeyAndByLink()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite); // by the clock of the machine: the browser drops a cookie that is too old
        await Pass("signin", server.Client.BaseAddress!, null);
    }

    [TestCase("demo")]
    [TestCase("look")]
    public async Task Pages_OverTheDemo(string spec)
    {
        var now = DemoRun.Today.At(new LocalTime(9, 0)).InUtc().ToInstant();
        await using var server = await ServerOverDemo.Start(new FakeClock(now));
        await Pass(spec, server.Client.BaseAddress!, now);
    }

    private static async Task Pass(string spec, Uri server, Instant? now)
    {
        var start = new ProcessStartInfo("npm") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.WorkingDirectory = Repository.PathOf("Wfm.Api", "Ui");
        foreach (var argument in new[] { "run", "--silent", "e2e", "--", spec })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["WFM_URL"] = server.GetLeftPart(UriPartial.Authority);
        start.Environment["WFM_KEY"] = WfmServer.AdminKey;
        start.Environment["WFM_NOW"] = now?.ToString();
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            process.ExitCode.Should().Be(0, $"{spec}.spec.ts passes: {output}{await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
