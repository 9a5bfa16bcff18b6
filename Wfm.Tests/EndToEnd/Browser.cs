using System.Diagnostics;

namespace Wfm.Tests.EndToEnd;

/// <summary>A headless Chromium that opens one page, lets its scripts run and gives back what a reader would see.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Options =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--enable-logging=stderr",
        "--window-size=1280,30000", // tall, for the page draws only what is in sight of a long list
        "--virtual-time-budget=15000", // milliseconds of the page's own time, not of ours
    ];

    /// <returns>The page as HTML after its scripts ran, and what the browser logged, the console of the page included.</returns>
    /// <exception cref="InvalidOperationException">There is no browser, or it did not end.</exception>
    public static async Task<(string Dom, string Log)> Open(Uri page, CancellationToken cancellationToken)
    {
        var profile = Directory.CreateTempSubdirectory("wfm-browser-").FullName;
        try
        {
            var start = new ProcessStartInfo(Program()) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in Options.Append($"--user-data-dir={profile}").Append("--dump-dom").Append(page.ToString()))
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
            try
            {
                var log = process.StandardError.ReadToEndAsync(cancellationToken);
                var dom = await process.StandardOutput.ReadToEndAsync(cancellationToken);
                await process.WaitForExitAsync(cancellationToken);
                return process.ExitCode == 0
                    ? (dom, await log)
                    : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}: {await log}");
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    private static string Program() =>
        (from name in Names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         let file = Path.Combine(folder, name)
         where File.Exists(file)
         select file).FirstOrDefault()
        ?? throw new InvalidOperationException($"None of {string.Join(", ", Names)} is on the path; on Debian: apt-get install chromium.");
}
