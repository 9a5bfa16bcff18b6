using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>The forecasts of a night as a server makes them, from the store into the store: everything learned anew, then with a few series changed, then with
/// a day more of all.</summary>
internal static class HubNightCommand
{
    private const int PerDay = 48;
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 0, 0);

    public static Command Create()
    {
        var series = new Option<int>("--series") { Description = "Number of series.", DefaultValueFactory = _ => 2_000 };
        var hubs = new Option<int>("--hubs") { Description = "Hubs they are spread over.", DefaultValueFactory = _ => 2 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of half-hours known.", DefaultValueFactory = _ => 8 };
        var changed = new Option<double>("--changed") { Description = "Share of series changed before the second night.", DefaultValueFactory = _ => 0.01 };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of a PostgreSQL where a database may be made; SQLite without it." };
        var command = new Command("hub-night", "Measures the forecasts of a night in a server of its own, and the nights after it.")
        {
            series, hubs, weeks, changed, postgres,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            parsed.GetValue(series), parsed.GetValue(hubs), parsed.GetValue(weeks), parsed.GetValue(changed), parsed.GetValue(postgres), cancellationToken));
        return command;
    }

    private static async Task Run(int series, int hubs, int weeks, double changed, string? postgres, CancellationToken cancellationToken)
    {
        await using var store = await BenchmarkStore.Create(postgres is null ? StoreKind.Sqlite : StoreKind.Postgres, postgres, cancellationToken);
        using var server = await ServerProcess.Start(store.ConnectionString, new Dictionary<string, string>(), cancellationToken);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("X-Api-Key", BenchmarkServer.Key);
        var each = series / hubs;
        for (var h = 0; h < hubs; h++)
        {
            await Send(
                client, "hubs", new { code = $"hub-{h}", name = $"Hub {h}", timeZone = "Europe/Dublin", country = "IE", nightlyAt = "23:59" },
                cancellationToken);
        }

        for (var q = 0; q < each; q++)
        {
            await Send(
                client, "queues",
                new
                {
                    code = $"queue-{q}",
                    name = $"Queue {q}",
                    channel = "ticket",
                    language = "en",
                    severity = "S1",
                    skillGroup = $"group-{q % 20}",
                    kind = "deferrable",
                    goal = new { turnaroundMinutes = 1440 },
                },
                cancellationToken);
        }

        var length = weeks * 7 * PerDay;
        await Import(client, Enumerable.Range(0, series), 0, length, 0, each, cancellationToken);
        Console.WriteLine(
            $"{series:N0} series at {hubs} hubs, {weeks} weeks of half-hours, {Environment.ProcessorCount} cores; server at most {server.PeakMegabytes:N0} MB");
        var first = await Night(client, server, "learned anew", series, hubs, null, cancellationToken);
        var some = Enumerable.Range(0, series).Where(i => i % (int)Math.Round(1 / changed) == 0).ToList();
        await Import(client, some, length - PerDay, length, 1, each, cancellationToken);
        await Night(client, server, $"{some.Count:N0} series changed", series, hubs, first, cancellationToken);
        await Import(client, Enumerable.Range(0, series), length, length + PerDay, 0, each, cancellationToken);
        await Night(client, server, "a day more of every series", series, hubs, first, cancellationToken);
    }

    private static async Task<TimeSpan> Night(
        HttpClient client, ServerProcess server, string what, int series, int hubs, TimeSpan? first, CancellationToken cancellationToken)
    {
        var (watch, processor) = (Stopwatch.StartNew(), server.Processor);
        var jobs = new List<string>();
        for (var h = 0; h < hubs; h++)
        {
            var accepted = await Send(client, "forecasts", new { hub = $"hub-{h}", horizonDays = 28, incremental = true, publish = true }, cancellationToken);
            jobs.Add((string?)accepted["job"] ?? throw new InvalidOperationException("No job."));
        }

        foreach (var job in jobs)
        {
            while (true)
            {
                var state = await client.GetFromJsonAsync<JsonObject>(new Uri(job, UriKind.Relative), cancellationToken);
                if ((string?)state?["state"] == "succeeded")
                {
                    break;
                }

                if ((string?)state?["state"] is "failed" or "cancelled")
                {
                    throw new InvalidOperationException($"The night ended badly: {state}");
                }

                await Task.Delay(100, cancellationToken);
            }
        }

        var (elapsed, used) = (watch.Elapsed, server.Processor - processor);
        var share = first is { } of ? string.Create(CultureInfo.InvariantCulture, $", {elapsed / of:P1} of the first night") : "";
        Console.WriteLine(
            $"{what}: {elapsed.TotalSeconds:F1} s{share}, {series / elapsed.TotalSeconds / Environment.ProcessorCount:F1} series/s and core, "
                + $"{used.TotalMilliseconds / series:F1} ms of the server's processor a series; at most {server.PeakMegabytes:N0} MB so far");
        return elapsed;
    }

    private static async Task<JsonObject> Send(HttpClient client, string resource, object body, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync(new Uri($"/api/v1/{resource}", UriKind.Relative), body, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!.AsObject()
            : throw new InvalidOperationException($"{resource} answered {(int)response.StatusCode}: {text}");
    }

    private static async Task Import(
        HttpClient client, IEnumerable<int> series, int from, int to, int correction, int each, CancellationToken cancellationToken)
    {
        foreach (var part in series.Chunk(200))
        {
            var csv = new StringBuilder("interval_start,queue,hub,offered\n");
            foreach (var i in part)
            {
                var y = NightsCommand.Volumes(i, to);
                for (var t = from; t < to; t++)
                {
                    csv.Append(CultureInfo.InvariantCulture, $"{Start + Duration.FromMinutes(30 * t)},queue-{i % each},hub-{i / each},{y[t] + correction}\n");
                }
            }

            using var content = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
            using var response = await client.PostAsync(new Uri("/api/v1/volumes:import", UriKind.Relative), content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode || JsonNode.Parse(text)?["rejected"]?.GetValue<long>() != 0)
            {
                throw new InvalidOperationException($"The import answered {(int)response.StatusCode}: {text[..Math.Min(500, text.Length)]}");
            }
        }
    }
}
