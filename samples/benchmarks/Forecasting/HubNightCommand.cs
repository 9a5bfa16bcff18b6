using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>The forecasts of a night as servers make them, from the store into the store: everything learned anew, then with a few series changed, then with
/// a day more of all.</summary>
internal static class HubNightCommand
{
    public static Command Create()
    {
        var series = new Option<int>("--series") { Description = "Number of series.", DefaultValueFactory = _ => 2_000 };
        var hubs = new Option<int>("--hubs") { Description = "Hubs they are spread over.", DefaultValueFactory = _ => 2 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of half-hours known.", DefaultValueFactory = _ => 8 };
        var changed = new Option<double>("--changed") { Description = "Share of series changed before the second night.", DefaultValueFactory = _ => 0.01 };
        var workers = new Option<int>("--workers")
        {
            Description = "Processes that work beside one that serves; 0 for one that does both. More than one needs PostgreSQL.",
        };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of a PostgreSQL where a database may be made; SQLite without it." };
        var command = new Command("hub-night", "Measures the forecasts of a night in servers of their own, and the nights after it.")
        {
            series, hubs, weeks, changed, workers, postgres,
        };
        workers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() > 1 && result.GetResult(postgres) is null)
            {
                result.AddError("Over SQLite one process works at a time; give --postgres for more.");
            }
        });
        command.SetAction((parsed, cancellationToken) => Run(
            new NightSeries(parsed.GetValue(series), parsed.GetValue(hubs), parsed.GetValue(weeks)), parsed.GetValue(changed), parsed.GetValue(workers),
            parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task Run(NightSeries series, double changed, int workers, string? postgres, CancellationToken cancellationToken)
    {
        await using var store = await BenchmarkStore.Create(postgres is null ? StoreKind.Sqlite : StoreKind.Postgres, postgres, cancellationToken);
        using var servers = await ServerGroup.Start(store.ConnectionString, workers, cancellationToken);
        using var client = new BenchmarkClient(servers.Address);
        await series.SetUp(client, cancellationToken);
        Console.WriteLine(
            $"{series.Count:N0} series at {series.Hubs} hubs, {series.Weeks} weeks of half-hours, {Environment.ProcessorCount} cores; at most {servers.Peaks}");
        var first = await Night(client, servers, "learned anew", series, null, cancellationToken);
        var some = Enumerable.Range(0, series.Count).Where(i => i % (int)Math.Round(1 / changed) == 0).ToList();
        await series.Import(client, some, series.Length - NightSeries.PerDay, series.Length, 1, cancellationToken);
        await Night(client, servers, $"{some.Count:N0} series changed", series, first, cancellationToken);
        await series.Import(client, Enumerable.Range(0, series.Count), series.Length, series.Length + NightSeries.PerDay, 0, cancellationToken);
        await Night(client, servers, "a day more of every series", series, first, cancellationToken);
    }

    private static async Task<TimeSpan> Night(
        BenchmarkClient client, ServerGroup servers, string what, NightSeries series, TimeSpan? first, CancellationToken cancellationToken)
    {
        var (watch, before) = (Stopwatch.StartNew(), servers.Processor);
        var jobs = new List<JsonObject>();
        for (var h = 0; h < series.Hubs; h++)
        {
            jobs.Add(await client.Post(
                "forecasts", new { hub = NightSeries.Hub(h), horizonDays = 28, incremental = true, publish = true }, cancellationToken));
        }

        foreach (var job in jobs)
        {
            await client.Finish(job, cancellationToken);
        }

        var (elapsed, used) = (watch.Elapsed, servers.Processor.Zip(before, (now, then) => now - then).ToList());
        var share = first is { } of ? string.Create(CultureInfo.InvariantCulture, $", {elapsed / of:P1} of the first night") : "";
        var spread = used.Count > 1 ? $" ({string.Join(" + ", used.Select(u => u.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)))} s)" : "";
        Console.WriteLine(
            $"{what}: {elapsed.TotalSeconds:F1} s{share}, {series.Count / elapsed.TotalSeconds / Environment.ProcessorCount:F1} series/s and core, "
                + $"{used.Sum(u => u.TotalMilliseconds) / series.Count:F1} ms of processor a series{spread}; at most {servers.Peaks} so far");
        return elapsed;
    }
}
