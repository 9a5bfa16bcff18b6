using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;

namespace Wfm.Tests.Support;

/// <summary>A small set-up under the codes of the sample operation, made over HTTP.</summary>
internal static class SampleSetup
{
    public static HubRequest Hub(string code, string zone = "Europe/Dublin") => new() { Code = code, Name = code, TimeZone = zone, Country = "IE", Seats = 20 };

    public static ShiftTemplateRequest Template(string code, string hub) => new()
    {
        Code = code,
        Hub = hub,
        EarliestStart = new LocalTime(6, 0),
        LatestStart = new LocalTime(9, 30),
        LengthMinutes = 480,
        Breaks = [new BreakWindow("break", 15, 90, 120, true), new BreakWindow("meal", 30, 195, 225, false)],
    };

    public static ContractRequest Contract(string code) =>
        new()
        {
            Code = code,
            Name = code,
            MinimumWeeklyHours = 20,
            MaximumWeeklyHours = 40,
            MaximumDaysPerWeek = 5,
            CostPerHour = 20,
        };

    public static AgentRequest Agent(string code, string hub, string contract) => new()
    {
        Code = code,
        Name = "A Person",
        Hub = hub,
        Contract = contract,
        Skills = [new AgentSkillData("live-en", 1), new AgentSkillData("policy-en", 0.75)],
    };

    public static QueueRequest Queue(string code) => new()
    {
        Code = code,
        Name = code,
        Channel = "report",
        Kind = WorkKind.Deferrable,
        Language = "en",
        Severity = "S2",
        SkillGroup = "policy-en",
        Goal = new QueueGoal { TurnaroundMinutes = 60 },
    };

    public static LabourPolicyRequest Policy(string code, LocalDate validFrom) =>
        new()
        {
            Code = code,
            Name = code,
            ValidFrom = validFrom,
            Rules =
            [
                new LabourRuleData(
                    "minimumDailyRest", new Dictionary<string, double> { ["hours"] = 11 }, "Eleven hours of rest.", "Test", new LocalDate(2026, 11, 1)),
            ],
        };

    /// <summary>Posts and expects 201.</summary>
    public static async Task<ApiAnswer> Create(this HttpClient client, string resource, object body) =>
        (await client.Post($"/api/v1/{resource}", body)).Is(HttpStatusCode.Created);

    /// <summary>A queue for each skill group, where there is none yet: people can have only groups that some queue has.</summary>
    public static async Task CreateGroups(this HttpClient client, params string[] groups)
    {
        foreach (var group in groups)
        {
            var answer = await client.Post("/api/v1/queues", Queue($"queue-of-{group}") with { SkillGroup = group });
            answer.Status.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.Conflict);
        }
    }

    /// <summary>What the examples of the OpenAPI document refer to.</summary>
    public static async Task CreateSample(this HttpClient client)
    {
        await client.Create("labour-policies", Policy("ie-working-time-act", new LocalDate(1998, 3, 1)));
        await client.Create("hubs", Hub("dub") with { LabourPolicy = "ie-working-time-act" });
        await client.Create("hubs", Hub("aus", "America/Chicago"));
        await client.Create("shift-templates", Template("dub-day", "dub"));
        await client.Create("shift-templates", Template("dub-part", "dub"));
        await client.Create("contracts", Contract("dub-full"));
        await client.Create("contracts", Contract("dub-part"));
        await client.Create("queues", Queue("hate-speech-en"));
        await client.CreateGroups("live-en", "policy-en", "child-safety");
        await client.Create("agents", Agent("dub-001", "dub", "dub-full"));
        await client.Create("events", new EventRequest
        {
            Code = "holiday-public-aus-2024-11-11",
            Kind = "holiday-public",
            Name = "Veterans Day",
            Hub = "aus",
            LocalStart = new LocalDateTime(2024, 11, 11, 0, 0),
            LocalEnd = new LocalDateTime(2024, 11, 12, 0, 0),
        });
    }
}
