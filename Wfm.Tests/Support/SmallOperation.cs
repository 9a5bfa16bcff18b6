using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;

namespace Wfm.Tests.Support;

/// <summary>A hub in Dublin with a chat and a review queue, ten people and eight weeks of half-hours, made over HTTP under codes of its own.</summary>
internal sealed record SmallOperation(HttpClient Client, string Hub)
{
    public const int People = 10;
    private const string Header = "interval_start,queue,hub,offered,handled,handle_time_seconds\n";
    private static readonly LocalDate Read = new(2025, 1, 1);

    /// <summary>Monday; the history is the eight weeks before.</summary>
    public static readonly LocalDate CutOffDate = new(2025, 7, 28);
    public static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    public DateTimeZone TimeZone { get; init; } = Zone;

    public string Chat => $"{Hub}-chat";

    public string Review => $"{Hub}-review";

    public string Policy => $"{Hub}-law";

    public string Agent(int number) => $"{Hub}-{number:00}";

    /// <summary>The usual operation: set up, people in, volumes in.</summary>
    public static async Task<SmallOperation> Create(HttpClient client, string hub)
    {
        var operation = await SetUp(client, hub);
        await operation.AddPeople();
        await operation.ImportHistory();
        return operation;
    }

    /// <summary>The same with a published forecast and a requirement, to be rostered.</summary>
    public static async Task<SmallOperation> Staffed(HttpClient client, string hub)
    {
        var operation = await Create(client, hub);
        await operation.Forecast();
        await operation.Requirement();
        return operation;
    }

    /// <summary>Policy, hub, queues, contract and templates; nobody and no volumes yet.</summary>
    public static async Task<SmallOperation> SetUp(
        HttpClient client, string hub, LabourPolicyRequest? policy = null, bool withPolicy = true, DateTimeZone? zone = null)
    {
        var operation = new SmallOperation(client, hub) { TimeZone = zone ?? Zone };
        await operation.Post("labour-policies", policy ?? operation.Law());
        await operation.Post("hubs", operation.HubRequest(withPolicy));
        await operation.Post("queues", Queue(operation.Chat, WorkKind.Immediate, "live") with
        {
            Goal = new QueueGoal { ServiceLevel = 0.8, ThresholdSeconds = 30, PatienceSeconds = 180 },
            AhtSeconds = 420,
            MinimumHeads = 1,
        });
        await operation.Post(
            "queues", Queue(operation.Review, WorkKind.Deferrable, "review") with
            {
                Goal = new QueueGoal { TurnaroundMinutes = 1440 },
                AhtSeconds = 240,
            });
        await operation.Post(
            "contracts", new ContractRequest
            {
                Code = $"{hub}-full",
                Name = "Full time",
                MinimumWeeklyHours = 30,
                MaximumWeeklyHours = 40,
                MaximumDaysPerWeek = 5,
            });
        await operation.Post("shift-templates", operation.Template("early", new LocalTime(8, 0), new LocalTime(9, 0)));
        await operation.Post("shift-templates", operation.Template("late", new LocalTime(11, 0), new LocalTime(12, 0)));
        return operation;
    }

    public LabourPolicyRequest Law(double restHours = 11) =>
        new()
        {
            Code = Policy,
            Name = "Ireland: Organisation of Working Time Act 1997",
            Country = "IE",
            ValidFrom = new LocalDate(1998, 3, 1),
            Rules =
            [
                new(
                    "minimumDailyRest", new Dictionary<string, double> { ["hours"] = restHours }, "Consecutive hours of rest in each period of 24.",
                    "Organisation of Working Time Act 1997, section 11", Read),
                new(
                    "maximumWeeklyHours", new Dictionary<string, double> { ["hours"] = 48 }, "At most 48 hours a week.",
                    "Organisation of Working Time Act 1997, section 15", Read),
                new(
                    "maximumConsecutiveDays", new Dictionary<string, double> { ["days"] = 6 }, "At most six days in a row.",
                    "Organisation of Working Time Act 1997, section 13", Read),
            ],
        };

    public HubRequest HubRequest(bool withPolicy = true) => new()
    {
        Code = Hub,
        Name = "Dublin",
        TimeZone = TimeZone.Id,
        Country = "IE",
        LabourPolicy = withPolicy ? Policy : null,
        Seats = 20,
        OpeningHours = [.. Enumerable.Range(1, 7).Select(day => new OpeningWindow((IsoDayOfWeek)day, new LocalTime(8, 0), new LocalTime(20, 0)))],
        PlannedShrinkage = 0.1,
        UnplannedShrinkage = 0.05,
    };

    public ShiftTemplateRequest Template(string code, LocalTime from, LocalTime to, int minutes = 480) => new()
    {
        Code = $"{Hub}-{code}",
        Hub = Hub,
        EarliestStart = from,
        LatestStart = to,
        LengthMinutes = minutes,
        Breaks = [new BreakWindow("break", 15, 90, 120, true), new BreakWindow("meal", 30, 195, 225, false), new BreakWindow("break", 15, 345, 390, true)],
    };

    public static QueueRequest Queue(string code, WorkKind kind, string group) => new()
    {
        Code = code,
        Name = code,
        Channel = kind == WorkKind.Immediate ? "chat" : "report",
        Kind = kind,
        Language = "en",
        Severity = "S1",
        SkillGroup = group,
    };

    public async Task AddPeople(int count = People, int from = 1)
    {
        for (var i = from; i <= count; i++)
        {
            await Post("agents", new AgentRequest
            {
                Code = Agent(i),
                Name = $"Person {i}",
                Hub = Hub,
                Contract = $"{Hub}-full",
                Skills = [new AgentSkillData("live", 1), new AgentSkillData("review", 1)],
            });
        }
    }

    /// <summary>Eight weeks of both queues up to <see cref="CutOffDate"/>.</summary>
    public async Task ImportHistory()
    {
        await Import(Volumes(Chat, 6, 11, CutOffDate.PlusWeeks(-8), 56));
        await Import(Volumes(Review, 9, 12, CutOffDate.PlusWeeks(-8), 56));
    }

    /// <summary>Open half-hours with the shape of a day and a week, and noise of the size of a Poisson count's.</summary>
    public string Volumes(string queue, double level, int seed, LocalDate from, int days)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Header);
        for (var day = 0; day < days; day++)
        {
            var date = from.PlusDays(day);
            var ofWeek = date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? 0.6 : 1.1;
            for (var slot = 0; slot < 24; slot++)
            {
                var expected = level * ofWeek * (1 + (0.6 * Math.Sin(Math.PI * slot / 23)));
                var offered = Math.Max(
                    0, Math.Round(expected + (Math.Sqrt(expected) * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2)));
                text.Append(CultureInfo.InvariantCulture, $"{Start(date, slot)},{queue},{Hub},{offered},{offered},{offered * 300}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A few rows of a queue in the first half-hours of a day.</summary>
    public string Rows(string queue, LocalDate date, params double[] offered) =>
        Header + string.Concat(offered.Select((value, slot) => string.Create(CultureInfo.InvariantCulture, $"{Start(date, slot)},{queue},{Hub},{value},,\n")));

    public async Task Import(string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var report = (await Client.Call(HttpMethod.Post, "/api/v1/volumes:import", content)).Is(HttpStatusCode.OK);
        ((int)report.Json["rejected"]!).Should().Be(0, report.Text);
    }

    public Task<JsonNode> Forecast(object? more = null) => Run("forecasts", new JsonObject { ["hub"] = Hub, ["horizonDays"] = 21, ["publish"] = true }, more);

    public Task<JsonNode> Requirement(object? more = null) => Run("requirements", new JsonObject { ["hub"] = Hub, ["paths"] = 50 }, more);

    /// <summary>Two weeks from the cut-off, searched briefly.</summary>
    public Task<JsonNode> Roster(object? more = null) =>
        Run("rosters", new JsonObject { ["hub"] = Hub, ["start"] = LocalDatePattern.Iso.Format(CutOffDate), ["days"] = 14, ["maximumMoves"] = 20_000 }, more);

    /// <summary>Posts the request and gives what the job made; a job that does not succeed fails the test.</summary>
    private async Task<JsonNode> Run(string resource, JsonObject request, object? more)
    {
        var job = await Client.Finish(await Client.Post($"/api/v1/{resource}", Merge(request, more)));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        return (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
    }

    /// <summary>The request with other or additional fields.</summary>
    public static string Merge(JsonObject request, object? more)
    {
        foreach (var (name, value) in more is null ? [] : System.Text.Json.JsonSerializer.SerializeToNode(more, Wfm.Api.Json.WfmJson.Options)!.AsObject())
        {
            request[name] = value?.DeepClone();
        }

        return request.ToJsonString();
    }

    private async Task Post(string resource, object body) => (await Client.Post($"/api/v1/{resource}", body)).Is(HttpStatusCode.Created);

    private string Start(LocalDate date, int slot) =>
        InstantPattern.ExtendedIso.Format((date + new LocalTime(8, 0)).PlusMinutes(30 * slot).InZoneStrictly(TimeZone).ToInstant());
}

internal static class JobCalls
{
    /// <summary>Follows the job of a 202 answer to its end.</summary>
    public static async Task<JsonNode> Finish(this HttpClient client, ApiAnswer accepted)
    {
        accepted.Is(HttpStatusCode.Accepted);
        accepted.Headers.Location!.ToString().Should().EndWith((string)accepted.Json["job"]!);
        return await client.Finish((string)accepted.Json["job"]!);
    }

    /// <summary>Follows a job to its end; the stream of its events closes with it.</summary>
    public static async Task<JsonNode> Finish(this HttpClient client, string job)
    {
        (await client.Get($"{job}/events")).Is(HttpStatusCode.OK);
        return (await client.Get(job)).Is(HttpStatusCode.OK).Json;
    }
}
