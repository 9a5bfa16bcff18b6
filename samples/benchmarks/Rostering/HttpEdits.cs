using System.Diagnostics;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Benchmarks.Reading;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Rostering;

/// <summary>Edits of a published roster as somebody meets them who calls the server: one caller, the server in a process of its own.</summary>
internal sealed class HttpEdits(int people, int count, Random random)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    public async Task Run(string? postgres, CancellationToken cancellationToken)
    {
        await using var store = await BenchmarkStore.Create(postgres is null ? StoreKind.Sqlite : StoreKind.Postgres, postgres, cancellationToken);
        using var server = await ServerProcess.Start(store.ConnectionString, new Dictionary<string, string>(), cancellationToken);
        using var client = new BenchmarkClient(server.Address);
        var (roster, _) = await PublishedRoster.Create(client, cancellationToken, people);
        var shifts = await Shifts(client, roster, cancellationToken);
        Console.WriteLine($"edits over HTTP, {(postgres is null ? "SQLite" : "PostgreSQL")}: agents {people} days 28 shifts {shifts.Count}");
        var before = server.CurrentMegabytes;
        var watch = Stopwatch.StartNew();
        await Check(Move(Any()));
        Console.WriteLine($"opening {watch.Elapsed.TotalSeconds:0.00} s, memory of the server {before:0} MB before and {server.CurrentMegabytes:0} MB after");
        await Time("check move", () => Check(Move(Any())));
        await Time("check resize", () => Check(Resize(Any())));
        await Time("check swap", () => Check(Swap(Any(), Any())));
        await Time("fits", () => client.Get(Fits(roster, Any()), cancellationToken));
        await Time("why", () => client.Get($"{roster}/shifts/{(string?)Any()["id"]}/why", cancellationToken));
        Console.WriteLine($"memory of the server {server.CurrentMegabytes:0} MB at the end, {server.PeakMegabytes:0} MB at most, as the roster was made");

        JsonNode Any() => shifts[random.Next(shifts.Count)];

        Task Check(object operation) =>
            client.Post($"{roster}/edits?check=true", new { reason = "Benchmark.", operations = new[] { operation } }, cancellationToken);
    }

    /// <summary>All shifts of the roster, page by page.</summary>
    private static async Task<List<JsonNode>> Shifts(BenchmarkClient client, string roster, CancellationToken cancellationToken)
    {
        var shifts = new List<JsonNode>();
        for (string? after = ""; after is not null;)
        {
            var page = await client.Get($"{roster}/shifts?limit=1000{after}", cancellationToken);
            shifts.AddRange(page["items"]!.AsArray().Select(s => s!));
            after = (string?)page["next"] is { } next ? $"&after={Uri.EscapeDataString(next)}" : null;
        }

        return shifts;
    }

    private static object Move(JsonNode shift) =>
        new { kind = "move", agent = (string?)shift["agent"], date = (string?)shift["date"], start = Later(shift["start"]!, Duration.FromMinutes(30)) };

    private static object Resize(JsonNode shift) =>
        new { kind = "resize", agent = (string?)shift["agent"], date = (string?)shift["date"], end = Later(shift["end"]!, Duration.FromHours(1)) };

    // With oneself is no swap: it becomes a move.
    private static object Swap(JsonNode one, JsonNode other) => (string?)one["agent"] == (string?)other["agent"] ? Move(one)
        : new { kind = "swap", agent = (string?)one["agent"], date = (string?)one["date"], other = (string?)other["agent"] };

    private static string Fits(string roster, JsonNode shift)
    {
        var (start, end) = (Local(shift["start"]!), Local(shift["end"]!));
        return $"{roster}/fits?date={start:uuuu-MM-dd}&group={PublishedRoster.Group}&from={start:HH:mm}&to={end:HH:mm}";
    }

    private static ZonedDateTime Local(JsonNode instant) => InstantPattern.ExtendedIso.Parse((string)instant!).Value.InZone(Zone);

    private static string Later(JsonNode instant, Duration by) =>
        InstantPattern.ExtendedIso.Format(InstantPattern.ExtendedIso.Parse((string)instant!).Value + by);

    private async Task Time(string what, Func<Task> call)
    {
        for (var i = 0; i < EditsCommand.WarmUp; i++)
        {
            await call();
        }

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var watch = Stopwatch.StartNew();
            await call();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Console.WriteLine($"{what,-12} {EditsCommand.Line(times)}");
    }
}
