using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Http;
using Wfm.Api.Pipeline;
using Wfm.Forecasting;
using Wfm.Scheduling;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Commands.Plan;

/// <summary><c>plan</c>: forecast, requirement and roster for a volume file of one's own, without a server or a store.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var volumes = new Option<FileInfo>("--volumes")
        {
            Description = "CSV (or NDJSON, packed with gzip or not): series_id,timestamp,count or interval_start,queue,hub,offered,…",
            Required = true,
        };
        var horizon = new Option<int>("--horizon-days") { Description = "Days to plan after the end of the data.", DefaultValueFactory = _ => 28 };
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Folder for forecast.csv, requirement.csv, roster.csv and report.md.",
            Required = true,
        };
        var zone = new Option<string>("--zone") { Description = "IANA zone of times without an offset, and of the team.", DefaultValueFactory = _ => "UTC" };
        var aht = new Option<double>("--aht-seconds") { Description = "Average handle time where the file has none.", DefaultValueFactory = _ => 300 };
        var level = new Option<double>("--service-level") { Description = "Share answered within the threshold.", DefaultValueFactory = _ => 0.8 };
        var threshold = new Option<double>("--threshold-seconds")
        {
            Description = "Longest wait that counts as answered in time.",
            DefaultValueFactory = _ => 20,
        };
        var turnaround = new Option<string[]>("--turnaround-minutes")
        {
            Description = "Makes work deferrable: all of it done within so many minutes (1440), or that of one queue (mail=1440); may be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };
        var shrinkage = new Option<double>("--shrinkage") { Description = "Paid time without work beside breaks, fraction.", DefaultValueFactory = _ => 0.2 };
        var agents = new Option<int?>("--agents") { Description = "People in the team of each series; left out, as many as the requirement needs." };
        var policy = new Option<string>("--policy")
        {
            Description = "Labour policy of the sample operation to roster by.",
            DefaultValueFactory = _ => "ie-working-time-act",
        };
        var seed = new Option<int>("--seed") { Description = "Seed of paths and search.", DefaultValueFactory = _ => 1 };
        var moves = new Option<long>("--moves")
        {
            Description = "Work limit of each hub's roster search.",
            DefaultValueFactory = _ => RosterDefaults.MaximumMoves,
        };
        var seconds = new Option<double?>("--seconds") { Description = "Time limit of each hub's roster search." };
        var threads = new Option<int>("--threads") { Description = "Independent searches that share the moves.", DefaultValueFactory = _ => 1 };
        var command = new Command("plan", "Plans a volume file: forecast, requirement and roster as CSV, and a short report.")
        {
            volumes, horizon, output, zone, aht, level, threshold, turnaround, shrinkage, agents, policy, seed, moves, seconds, threads,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    var request = new PlanRequest(
                        parsed.GetRequiredValue(volumes), parsed.GetValue(horizon), parsed.GetRequiredValue(output),
                        DateTimeZoneProviders.Tzdb.GetZoneOrNull(parsed.GetValue(zone)!)
                            ?? throw new FormatException($"There is no IANA zone '{parsed.GetValue(zone)}'."),
                        parsed.GetValue(aht), parsed.GetValue(level), parsed.GetValue(threshold), Turnarounds(parsed.GetValue(turnaround) ?? []),
                        parsed.GetValue(shrinkage), parsed.GetValue(agents), parsed.GetValue(policy)!,
                        Limits(parsed.GetValue(seed), parsed.GetValue(moves), parsed.GetValue(seconds), parsed.GetValue(threads)));
                    await Run(request, Console.Out, cancellationToken);
                    return 0;
                }
                catch (Exception e)
                    when (e
                            is FormatException
                                or ProblemException
                                or IOException
                                or InvalidDataException
                                or UnauthorizedAccessException
                                or ForecastDataException
                                or SchedulingDataException
                                or ArgumentException)
                {
                    await Console.Error.WriteLineAsync($"plan: {e.Message}");
                    return 2;
                }
            });
        return command;
    }

    internal static async Task Run(PlanRequest request, TextWriter output, CancellationToken cancellationToken)
    {
        request.Check();
        var watch = Stopwatch.StartNew();
        PlanVolumes volumes;
        await using (var stream = request.Volumes.OpenRead())
        {
            volumes = await PlanVolumes.Read(stream, request.Zone, SystemClock.Instance.GetCurrentInstant(), cancellationToken);
        }

        request.Out.Create();
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{volumes.Rows:N0} rows, {volumes.Series.Count} series, {volumes.RejectedRows:N0} rows left out"));
        foreach (var rejection in volumes.Rejected.Take(5))
        {
            await output.WriteLineAsync($"  line {rejection.Row}, {rejection.Field ?? "row"} '{rejection.Value}': {rejection.Reason}");
        }

        using var slots = new ComputeSlots();
        var run = new PlanRun(request, slots);
        var plans = await Task.WhenAll(volumes.Series.GroupBy(s => s.Hub).Select(hub => run.Plan(PlanHub.Of([.. hub], request), cancellationToken)));
        await PlanReport.Write(request, volumes, plans, watch, output, cancellationToken);
    }

    private static Dictionary<string, double> Turnarounds(string[] given)
    {
        var turnarounds = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var (queue, text) = one.LastIndexOf('=') is >= 0 and var at ? (one[..at], one[(at + 1)..]) : ("", one);
            turnarounds[queue] = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) ? minutes
                : throw new FormatException($"--turnaround-minutes takes minutes, or a queue and minutes such as mail=1440, it is {one}.");
        }

        return turnarounds;
    }

    private static SolveLimits Limits(int seed, long moves, double? seconds, int threads)
    {
        PlanRequest.Require(moves >= 0, "--moves must be at least 0", moves);
        PlanRequest.Require(seconds is null or (> 0 and < double.PositiveInfinity), "--seconds must be above 0", seconds);
        PlanRequest.Require(threads is >= 1 and <= 64, "--threads must lie between 1 and 64", threads);
        return new SolveLimits(seed, moves, threads) { Seconds = seconds };
    }
}
