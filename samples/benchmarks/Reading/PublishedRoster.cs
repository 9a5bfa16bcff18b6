using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Benchmarks.Volumes;

namespace Wfm.Benchmarks.Reading;

/// <summary>A hub whose roster of four weeks is published, made over HTTP.</summary>
internal static class PublishedRoster
{
    private const int Days = 28;
    public const string Hub = "dub";
    public const string Group = "live";
    private static readonly LocalDate First = new(2026, 3, 2); // a Monday

    /// <returns>What follows <c>/api/v1/</c> for the roster's figures, and for the shifts of its second week.</returns>
    public static async Task<(string Figures, string Week)> Create(BenchmarkClient client, CancellationToken cancellationToken, int people = 100)
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
            "hubs",
            new { code = Hub, name = "Dublin", timeZone = "Europe/Dublin", country = "IE", nightlyAt = "23:59", labourPolicy = "rest", seats = people });
        await Post(
            "queues",
            new
            {
                code = "chat",
                name = "Chat",
                channel = "chat",
                language = "en",
                severity = "S1",
                skillGroup = Group,
                kind = "immediate",
                ahtSeconds = 420,
                goal = new { serviceLevel = 0.8, thresholdSeconds = 30, patienceSeconds = 180 },
            });
        await Post(
            "contracts",
            new { code = "full", name = "Full time", minimumWeeklyHours = 30, maximumWeeklyHours = 40, maximumDaysPerWeek = 5 });
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
                    breaks = new[]
                    {
                        new { kind = "break", lengthMinutes = 15, earliestAfterMinutes = 90, latestAfterMinutes = 120, paid = true },
                        new { kind = "meal", lengthMinutes = 30, earliestAfterMinutes = 195, latestAfterMinutes = 225, paid = false },
                        new { kind = "break", lengthMinutes = 15, earliestAfterMinutes = 345, latestAfterMinutes = 390, paid = true },
                    },
                });
        }

        for (var i = 1; i <= people; i++)
        {
            await Post(
                "agents",
                new
                {
                    code = $"dub-{i:000}",
                    name = $"Person {i}",
                    hub = Hub,
                    contract = "full",
                    skills = new[] { new { group = Group, proficiency = 1.0 } },
                });
        }

        await client.Import(Volumes(people), cancellationToken);
        await client.Finish(await Post("forecasts", new { hub = Hub, horizonDays = Days + 7, publish = true }), cancellationToken);
        await client.Finish(await Post("requirements", new { hub = Hub, paths = 50 }), cancellationToken);
        var made = await client.Finish(await Post("rosters", new { hub = Hub, days = Days, maximumMoves = 300_000 }), cancellationToken);
        var roster = ((string)made["result"]!)["/api/v1/".Length..];
        await Post($"{roster}:publish", new { });
        var monday = First.PlusWeeks(1);
        return (roster, $"{roster}/shifts?from={monday:uuuu-MM-dd}&to={monday.PlusDays(6):uuuu-MM-dd}&limit=1000");
    }

    /// <summary>Eight weeks of half-hours with the shape of a day.</summary>
    private static string Volumes(int people)
    {
        var csv = new StringBuilder("interval_start,queue,hub,offered\n");
        var (random, from) = (new Random(1), First.PlusWeeks(-8).AtMidnight().InUtc().ToInstant());
        for (var t = 0; t < 8 * 7 * 48; t++)
        {
            var slot = t % 48;
            var level = slot is >= 12 and < 44 ? 1.1 * people * (0.4 + Math.Sin(Math.PI * (slot - 12) / 32)) : 0;
            csv.Append(
                CultureInfo.InvariantCulture, $"{from + Duration.FromMinutes(30 * t)},chat,{Hub},{Math.Round(level * (0.9 + (0.2 * random.NextDouble())))}\n");
        }

        return csv.ToString();
    }
}
