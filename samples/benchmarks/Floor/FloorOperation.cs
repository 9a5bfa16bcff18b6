using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Floor;

/// <summary>A hub of six queues with a published roster, half a day of which has come, made over HTTP; snapshots of it as a caller meets them.</summary>
internal sealed class FloorOperation(int people, int seed)
{
    private const int Queues = 6;
    private const string Hub = "dub";
    private static readonly LocalDate First = new(2026, 3, 2); // a Monday
    private static readonly LocalDate Day = First.PlusDays(8);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
    private readonly Random _random = new(seed);

    public async Task Run(int count, string? postgres, CancellationToken cancellationToken)
    {
        await using var store = await BenchmarkStore.Create(postgres is null ? StoreKind.Sqlite : StoreKind.Postgres, postgres, cancellationToken);
        using var server = await ServerProcess.Start(store.ConnectionString, new Dictionary<string, string>(), cancellationToken);
        using var client = new BenchmarkClient(server.Address);
        await Create(client, cancellationToken);
        Console.WriteLine($"today over HTTP, {(postgres is null ? "SQLite" : "PostgreSQL")}: agents {people} queues {Queues}");
        var noon = Day.At(new LocalTime(12, 0)).InZoneStrictly(Zone).ToInstant();
        var watch = Stopwatch.StartNew();
        var answer = await Snapshot(0);
        Console.WriteLine($"first {watch.Elapsed.TotalMilliseconds:0} ms, contacts simulated {answer["contacts"]}, people {answer["people"]!.AsArray().Count}");
        foreach (var queue in answer["queues"]!.AsArray())
        {
            var projected = queue!["service"]!["projected"];
            Console.WriteLine(
                $"  {queue["queue"]} share {(double?)projected?["share"]:0.000} ± {(double?)projected?["halfWidth"]:0.000} p(goal) "
                    + $"{(double?)projected?["probabilityGoalMet"]:0.00} replications {projected?["replications"]} {projected?["stop"]}");
        }

        for (var i = 0; i < 5; i++) await Snapshot(1 + i);
        await Time("snapshot", i => 10 + i); // another minute each: nothing of the projection before can be used
        await Time("same minute", _ => 10);
        Console.WriteLine($"memory of the server {server.CurrentMegabytes:0} MB, {server.PeakMegabytes:0} MB at most");

        async Task Time(string what, Func<int, int> minute)
        {
            var (times, processor) = (new double[count], server.Processor);
            for (var i = 0; i < count; i++)
            {
                watch.Restart();
                await Snapshot(minute(i));
                times[i] = watch.Elapsed.TotalMilliseconds;
            }

            var spent = (server.Processor - processor).TotalMilliseconds / count;
            Console.WriteLine($"{what,-12} {TodayCommand.Line(times)}, processor time of the server {spent:0} ms each");
        }

        Task<JsonObject> Snapshot(int minute) =>
            client.Get($"today?hub={Hub}&at={InstantPattern.ExtendedIso.Format(noon + Duration.FromMinutes(minute % 120))}", cancellationToken);
    }

    private async Task Create(BenchmarkClient client, CancellationToken cancellationToken)
    {
        Task<JsonObject> Post(string resource, object body) => client.Post(resource, body, cancellationToken);
        await Post(
            "labour-policies",
            new
            {
                code = "rest",
                name = "Daily rest",
                country = "IE",
                validFrom = "1998-03-01",
                rules = new[]
                {
                    new
                    {
                        kind = "minimumDailyRest",
                        parameters = new { hours = 11 },
                        text = "Consecutive hours of rest in each period of 24.",
                        source = "Organisation of Working Time Act 1997, section 11",
                        asOf = "2026-01-01",
                    },
                },
            });
        await Post(
            "hubs", new { code = Hub, name = "Dublin", timeZone = Zone.Id, country = "IE", nightlyAt = "23:59", labourPolicy = "rest", seats = people });
        for (var q = 0; q < Queues; q++)
        {
            object goal = IsLive(q) ? new { serviceLevel = 0.8, thresholdSeconds = 30, patienceSeconds = 180 }
                : new { turnaroundMinutes = 240, turnaroundFraction = 0.95 };
            await Post(
                "queues",
                new
                {
                    code = $"q{q}",
                    name = $"Queue {q}",
                    channel = IsLive(q) ? "chat" : "ticket",
                    language = "en",
                    severity = "S1",
                    skillGroup = $"g{q}",
                    kind = IsLive(q) ? "immediate" : "deferrable",
                    ahtSeconds = Aht(q),
                    goal,
                });
        }

        await Post("contracts", new { code = "full", name = "Full time", minimumWeeklyHours = 30, maximumWeeklyHours = 40, maximumDaysPerWeek = 5 });
        foreach (var (code, from, to) in new[] { ("early", "06:00", "09:00"), ("late", "11:00", "14:00") })
        {
            await Post(
                "shift-templates",
                new
                {
                    code,
                    hub = Hub,
                    earliestStart = from,
                    latestStart = to,
                    lengthMinutes = 480,
                    breaks = new[] { new { kind = "meal", lengthMinutes = 30, earliestAfterMinutes = 195, latestAfterMinutes = 225, paid = false } },
                });
        }

        for (var i = 1; i <= people; i++)
        {
            await Post(
                "agents",
                new
                {
                    code = $"dub-{i:0000}",
                    name = $"Person {i}",
                    hub = Hub,
                    contract = "full",
                    skills = new[] { new { group = $"g{i % Queues}", proficiency = 1.0 }, new { group = $"g{(i + 1) % Queues}", proficiency = 0.9 } },
                });
        }

        await client.Import(Volumes(First.PlusWeeks(-8), 56, 48), cancellationToken);
        await client.Finish(await Post("forecasts", new { hub = Hub, horizonDays = 21, publish = true }), cancellationToken);
        await client.Finish(await Post("requirements", new { hub = Hub, paths = 50 }), cancellationToken);
        var made = await client.Finish(await Post("rosters", new { hub = Hub, days = 14, maximumMoves = 600_000 }), cancellationToken);
        await Post($"{((string)made["result"]!)["/api/v1/".Length..]}:publish", new { });
        await client.Import(Volumes(First, 8, 48) + Volumes(Day, 1, 24)[Header.Length..], cancellationToken);
        await client.Post("served:import", Served(), cancellationToken);
        await client.Post("backlog:import", Backlog(), cancellationToken);
    }

    private const string Header = "interval_start,queue,hub,offered\n";

    private static bool IsLive(int q) => q < 3;

    private static int Aht(int q) => IsLive(q) ? 300 : 420;

    /// <summary>Heads busy in a half-hour of the day: a hill from six to ten.</summary>
    private double Busy(int slot) => slot is >= 12 and < 44 ? people * 0.36 / Queues * (0.5 + Math.Sin(Math.PI * (slot - 12) / 32)) : 0;

    private string Volumes(LocalDate from, int days, int slots)
    {
        var csv = new StringBuilder(Header);
        for (var q = 0; q < Queues; q++)
        {
            for (var t = 0; t < 48 * (days - 1) + slots; t++)
            {
                var level = Busy(t % 48) * 1800 / Aht(q);
                csv.Append(CultureInfo.InvariantCulture, $"{Start(from, t)},q{q},{Hub},{Math.Round(level * (0.85 + (0.3 * _random.NextDouble())))}\n");
            }
        }

        return csv.ToString();
    }

    private object[] Served() =>
    [
        .. from q in Enumerable.Range(0, Queues)
        from slot in Enumerable.Range(12, 12)
        let answered = (int)(Busy(slot) * 1700 / Aht(q))
        select new { hub = Hub, queue = $"q{q}", intervalStart = Start(Day, slot), answered, answeredInTime = (int)(0.85 * answered) },
    ];

    private object[] Backlog() =>
    [
        .. from q in Enumerable.Range(3, 3)
        from age in Enumerable.Range(0, 4)
        select new
        {
            hub = Hub,
            queue = $"q{q}",
            at = InstantPattern.ExtendedIso.Format(Day.At(new LocalTime(11, 55)).InZoneStrictly(Zone).ToInstant()),
            youngestMinutes = 30 * age,
            oldestMinutes = 30 * (age + 1),
            contacts = people / 12 * (4 - age),
        },
    ];

    private static string Start(LocalDate from, int slot) =>
        InstantPattern.ExtendedIso.Format(Zone.AtStartOfDay(from).ToInstant() + Duration.FromMinutes(30 * slot));
}
