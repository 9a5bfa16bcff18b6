using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Benchmarks.Forecasting;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Reading;

/// <summary>A published roster read from 64 connections, in peace and while a night forecasts, beside a bare endpoint in a process of its own that returns the
/// same bytes.</summary>
internal static class ReadUnderNightCommand
{
    private const int Hubs = 2;
    private const int WeeksKnown = 8;

    public static Command Create()
    {
        var series = new Option<int>("--series") { Description = "Series of the night.", DefaultValueFactory = _ => 1_000 };
        var seconds = new Option<int>("--seconds") { Description = "Seconds of each reading.", DefaultValueFactory = _ => 8 };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of a PostgreSQL where a database may be made; SQLite without it." };
        var command = new Command("read-under-night", "Reads a published roster with wrk while a night runs, beside a bare endpoint.")
        {
            series, seconds, postgres,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            new NightSeries(parsed.GetValue(series), Hubs, WeeksKnown), parsed.GetValue(seconds), parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task Run(NightSeries series, int seconds, string? postgres, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, 64 connections, {seconds} s each, a night of {series.Count:N0} series");
        Console.WriteLine();
        Console.WriteLine(
            "| processes | while | what | bytes | requests/s | p50 ms | p99 ms | bare: requests/s | p50 ms | p99 ms | requests of bare | p99 of bare |");
        Console.WriteLine("|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var workers in new[] { 0, 1 })
        {
            await using var store = await BenchmarkStore.Create(postgres is null ? StoreKind.Sqlite : StoreKind.Postgres, postgres, cancellationToken);
            using var servers = await ServerGroup.Start(store.ConnectionString, workers, cancellationToken);
            using var client = new BenchmarkClient(servers.Address);
            var (figures, week) = await PublishedRoster.Create(client, cancellationToken);
            await series.SetUp(client, cancellationToken);
            var who = workers == 0 ? "all in one" : "api, worker";
            var comparison = new Comparison(client, servers.Address, seconds, who);
            await comparison.Read("warming up", "figures", figures, cancellationToken);
            await comparison.Read("nothing else", "figures", figures, cancellationToken);
            await comparison.Read("nothing else", "shifts of a week", week, cancellationToken);
            var nights = await Begin(client, cancellationToken);
            await comparison.Read("a night", "figures", figures, cancellationToken);
            await comparison.Read("a night", "shifts of a week", week, cancellationToken);
            foreach (var night in nights)
            {
                var job = await client.Get(night, cancellationToken);
                if ((string?)job["step"] != "forecast")
                {
                    Console.WriteLine($"The night was over before: {job["state"]}, {job["step"]}; ask for more --series.");
                }
            }
        }
    }

    /// <summary>Starts the nights and waits until they forecast.</summary>
    private static async Task<List<string>> Begin(BenchmarkClient client, CancellationToken cancellationToken)
    {
        var jobs = new List<string>();
        for (var h = 0; h < Hubs; h++)
        {
            var accepted = await client.Post("jobs/nightly", new { hub = NightSeries.Hub(h) }, cancellationToken);
            jobs.Add($"jobs/{(string?)accepted["id"]}");
        }

        foreach (var job in jobs)
        {
            JsonObject now;
            do
            {
                await Task.Delay(100, cancellationToken);
                now = await client.Get(job, cancellationToken);
            }
            while ((string?)now["step"] != "forecast");
        }

        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken); // what is learned across series comes first, on one core
        return jobs;
    }

    private sealed class Comparison(BenchmarkClient client, Uri address, int seconds, string who)
    {
        public async Task Read(string beside, string what, string resource, CancellationToken cancellationToken)
        {
            var (body, headers) = await client.GetBytes(resource, cancellationToken);
            var file = Path.GetTempFileName();
            try
            {
                await File.WriteAllBytesAsync(file, body, cancellationToken);
                using var bare = await ServerProcess.StartBare(file, headers, cancellationToken);
                var path = new Uri($"/api/v1/{resource}", UriKind.Relative);
                var plain = await Wrk.Read(new Uri(bare.Address, path), BenchmarkServer.Key, seconds, cancellationToken);
                var ours = await Wrk.Read(new Uri(address, path), BenchmarkServer.Key, seconds, cancellationToken);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {who} | {beside} | {what} | {body.Length:N0} | {ours} | {plain} | {ours.RequestsPerSecond / plain.RequestsPerSecond:P1} "
                        + $"| {ours.P99 / plain.P99:F1} |"));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
