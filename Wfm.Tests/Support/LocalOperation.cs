using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Tests.Support;

/// <summary>A hub in any zone with opening hours, queues and rows of its own, made over HTTP under codes of its own.</summary>
internal sealed record LocalOperation(HttpClient Client, string Hub, DateTimeZone Zone)
{
    /// <summary>The same window on each of some days of the week.</summary>
    public static List<OpeningWindow> Daily(LocalTime from, LocalTime to, params IsoDayOfWeek[] days) =>
        [.. (days.Length > 0 ? days : [.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day)]).Select(day => new OpeningWindow(day, from, to))];

    /// <summary>Policy, hub and contract; no queues, people or templates yet.</summary>
    public static async Task<LocalOperation> Create(HttpClient client, string hub, string zone, List<OpeningWindow> opening)
    {
        var operation = new LocalOperation(client, hub, DateTimeZoneProviders.Tzdb[zone]);
        var like = new SmallOperation(client, hub);
        await operation.Post("labour-policies", like.Law());
        await operation.Post("hubs", like.HubRequest() with { TimeZone = zone, OpeningHours = opening });
        await operation.Post("contracts", new ContractRequest { Code = $"{hub}-full", Name = "Full time", MaximumWeeklyHours = 40, MaximumDaysPerWeek = 5 });
        return operation;
    }

    public Task AddQueue(QueueRequest queue) => Post("queues", queue);

    /// <summary>A chat of five minutes, answered in half a minute four times of five.</summary>
    public QueueRequest Chat(string code = "chat") => SmallOperation.Queue($"{Hub}-{code}", WorkKind.Immediate, "live") with
    {
        Goal = new QueueGoal { ServiceLevel = 0.8, ThresholdSeconds = 30, PatienceSeconds = 180 },
        AhtSeconds = 300,
    };

    /// <summary>Mail of five minutes, done within a day.</summary>
    public QueueRequest Mail(double turnaroundMinutes = 1440) => SmallOperation.Queue($"{Hub}-mail", WorkKind.Deferrable, "live") with
    {
        Goal = new QueueGoal { TurnaroundMinutes = turnaroundMinutes },
        AhtSeconds = 300,
    };

    /// <summary>People with eight-hour shifts that start at any half-hour from a time on.</summary>
    public async Task AddPeople(int count, LocalTime earliest, LocalTime latest)
    {
        await Post("shift-templates", new SmallOperation(Client, Hub).Template("day", earliest, latest));
        for (var i = 1; i <= count; i++)
        {
            await Post(
                "agents", new AgentRequest
                {
                    Code = $"{Hub}-{i:00}",
                    Name = $"Person {i}",
                    Hub = Hub,
                    Contract = $"{Hub}-full",
                    Skills = [new AgentSkillData("live", 1)],
                });
        }
    }

    /// <summary>One row an interval of each local day, by its offset time; daily ones by their date.</summary>
    /// <param name="offered">Contacts at a local time; null for no row.</param>
    /// <param name="end">Rows start before it; the end of the last day when left out.</param>
    public Task Import(
        string queue, int minutes, LocalDate from, int days, Func<LocalDateTime, double?> offered, Instant? end = null, double? lastBacklog = null)
    {
        var rows = new List<string>();
        var until = end ?? Zone.AtStartOfDay(from.PlusDays(days)).ToInstant();
        for (var date = from; date < from.PlusDays(days) && minutes == 1440; date = date.PlusDays(1))
        {
            if (offered(date.AtMidnight()) is { } value)
            {
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{LocalDatePattern.Iso.Format(date)},{queue},{Hub},{value}"));
            }
        }

        for (var at = Zone.AtStartOfDay(from).ToInstant(); at < until && minutes < 1440; at += Duration.FromMinutes(minutes))
        {
            var local = at.InZone(Zone);
            if (offered(local.LocalDateTime) is { } value)
            {
                rows.Add(
                    string.Create(CultureInfo.InvariantCulture, $"{OffsetDateTimePattern.Rfc3339.Format(local.ToOffsetDateTime())},{queue},{Hub},{value}"));
            }
        }

        var text = new StringBuilder("interval_start,queue,hub,offered,backlog\n");
        foreach (var (i, row) in rows.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{(i + 1 == rows.Count ? lastBacklog : null)}\n");
        }

        return ImportText(text.ToString(), minutes, rows.Count);
    }

    private async Task ImportText(string csv, int minutes, int rows)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var report = (await Client.Call(HttpMethod.Post, $"/api/v1/volumes:import?intervalMinutes={minutes}", content)).Is(HttpStatusCode.OK).Json;
        ((int)report["accepted"]!, (int)report["rejected"]!).Should().Be((rows, 0), report.ToJsonString());
    }

    public Task<JsonNode> Forecast(int horizonDays = 7) => Run("forecasts", new { hub = Hub, horizonDays, publish = true });

    public Task<JsonNode> Requirement() => Run("requirements", new { hub = Hub, paths = 20, riskLevels = new[] { 0.5 } });

    public Task<JsonNode> Roster(object? more = null) =>
        Run(
            "rosters",
            JsonNode.Parse(
                SmallOperation.Merge(
                    new JsonObject
                    {
                        ["hub"] = Hub,
                        ["days"] = 7,
                        ["maximumMoves"] = 3000,
                        ["riskLevel"] = 0.5,
                    },
                    more)
            )!);

    /// <summary>All intervals of a queue in a forecast, requirement or band, with the local times they start at.</summary>
    /// <param name="path">Such as <c>requirements/…/intervals</c>.</param>
    public async Task<List<(LocalDateTime Local, JsonNode Item)>> Intervals(string path, string queue)
    {
        var (items, after) = (new List<(LocalDateTime, JsonNode)>(), "");
        do
        {
            var page = (await Client.Get($"/api/v1/{path}?queue={queue}&limit=1000{after}")).Is(HttpStatusCode.OK).Json;
            items.AddRange(page["items"]!.AsArray().Select(i => (InstantPattern.ExtendedIso.Parse((string)i!["start"]!).Value.InZone(Zone).LocalDateTime, i)));
            after = page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        return items;
    }

    private async Task<JsonNode> Run(string resource, object request)
    {
        var job = await Client.Finish(await Client.Post($"/api/v1/{resource}", request));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        return (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
    }

    private async Task Post(string resource, object body) => (await Client.Post($"/api/v1/{resource}", body)).Is(HttpStatusCode.Created);
}
