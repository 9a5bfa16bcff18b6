using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Wfm.Benchmarks.Reading;

/// <summary>What wrk measured.</summary>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="Median">Half of the answers came sooner, in milliseconds.</param>
/// <param name="P99">99 of 100 answers came sooner, in milliseconds.</param>
internal sealed record WrkReading(double RequestsPerSecond, double Median, double P99)
{
    /// <summary>As cells of a table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RequestsPerSecond:N0} | {Median:F1} | {P99:F1}");
}

/// <summary>Reads an address over and over from many connections, with the program wrk.</summary>
internal static partial class Wrk
{
    private const int Connections = 64;

    public static async Task<WrkReading> Read(Uri address, string key, int seconds, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[]
        {
            "-t1", $"-c{Connections}", $"-d{seconds}s", "--timeout", "30s", "--latency", "-H", $"X-Api-Key: {key}", address.ToString(),
        })
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
            var said = await wrk.StandardOutput.ReadToEndAsync(cancellationToken);
            await wrk.WaitForExitAsync(cancellationToken);
            return said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"Not every answer was a success: {said}")
                : new WrkReading(
                    double.Parse(PerSecond().Match(said).Groups["value"].Value, CultureInfo.InvariantCulture), Milliseconds(said, "50"),
                    Milliseconds(said, "99"));
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("wrk is not installed; on Debian: apt-get install wrk", e);
        }
    }

    private static double Milliseconds(string said, string percentile)
    {
        var match = Percentile().Matches(said).Single(m => m.Groups["percentile"].Value == percentile);
        return double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture) * match.Groups["unit"].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            "s" => 1000,
            _ => 60_000,
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"^\s+(?<percentile>\d+)%\s+(?<value>[\d.]+)(?<unit>us|ms|s|m)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Percentile();
}
