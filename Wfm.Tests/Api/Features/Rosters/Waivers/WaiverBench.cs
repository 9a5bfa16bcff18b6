using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Waivers;

/// <summary>Hubs on a Monday at midnight whose rules are of every authority, and rosters put in as a solver would have made them.</summary>
internal sealed class WaiverBench : IAsyncDisposable
{
    public const string House = "House rules, 4";
    public const string Act = "Act on rest, section 11";
    public const string Rest = "minimumDailyRest";

    public static readonly LocalDate Monday = SmallOperation.CutOffDate;
    public static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(Monday).ToInstant();

    private static readonly LocalDate Read = new(2025, 1, 1);

    private WaiverBench(WfmServer server, FakeClock clock) => (Server, Clock) = (server, clock);

    public WfmServer Server { get; }

    public FakeClock Clock { get; }

    public HttpClient Client => Server.Client;

    public static async Task<WaiverBench> Start(StoreKind kind)
    {
        var clock = new FakeClock(Now);
        return new WaiverBench(await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(clock)), clock);
    }

    /// <summary>A hub of its own: eleven hours of rest by the house and eight by law, at most three days in a row and 45 hours a week by the house, at most ten
    /// hours a day by agreement, at most a spread of twelve hours for the health of people, and a limit on harmful content.</summary>
    public async Task<SmallOperation> Hub(string hub)
    {
        var rules = new List<LabourRuleData>
        {
            Rule(Rest, House, RuleAuthority.Organisation, ("hours", 11)),
            Rule(Rest, Act, RuleAuthority.Statute, ("hours", 8)),
            Rule("maximumConsecutiveDays", House, RuleAuthority.Organisation, ("days", 3)),
            Rule("maximumWeekends", "Act on weekends", RuleAuthority.Statute, ("weekends", 50)),
            Rule("maximumDailyHours", "Agreement with the works council", RuleAuthority.Agreement, ("hours", 10)),
            Rule("maximumSpread", "Wellbeing board", RuleAuthority.Wellbeing, ("hours", 12)),
            Rule("maximumExposure", House, RuleAuthority.Organisation, ("minutes", 600), ("days", 1), ("minimumExposureClass", 3)),
        };
        return await SmallOperation.SetUp(Client, hub, new LabourPolicyRequest
        {
            Code = $"{hub}-law",
            Name = "Rules of every authority",
            ValidFrom = Read,
            Rules = rules,
        });
    }

    private static LabourRuleData Rule(string kind, string source, RuleAuthority authority, params (string Name, double Value)[] numbers) =>
        new(kind, numbers.ToDictionary(n => n.Name, n => n.Value), $"{kind} by {source}.", source, Read, Authority: authority);

    /// <summary>A hub with two people and the crisis that is declared there.</summary>
    public async Task<(SmallOperation Hub, string Ann, string Bob, JsonNode Crisis)> InCrisis(string hub)
    {
        var operation = await Hub(hub);
        await operation.AddPeople(2);
        return (operation, operation.Agent(1), operation.Agent(2), await Declare(hub));
    }

    public async Task<JsonNode> Declare(params string[] hubs) => (await Client.Post("/api/v1/crises", Crisis(hubs))).Is(HttpStatusCode.Created).Json;

    public static object Crisis(params string[] hubs) => new { name = "An attack", kind = "violent-attack", severity = "S4", hubs };

    public async Task<ApiAnswer> End(JsonNode crisis) => await Client.Call(
        HttpMethod.Post, $"/api/v1/crises/{crisis["id"]}:end", new { reason = "It is over." }, "*");

    /// <summary>Two hours less rest for a week, unless told otherwise.</summary>
    public static JsonObject Request(string hub, object? more = null) => JsonNode.Parse(SmallOperation.Merge(
        new JsonObject
        {
            ["hub"] = hub,
            ["rule"] = Rest,
            ["maximumAmount"] = 120,
            ["from"] = Day(0),
            ["to"] = Day(6),
            ["expiresAt"] = Text(At(5, 0)),
            ["approvedBy"] = "Aoife Byrne, head of operations",
            ["reason"] = "Nobody else reads the reports.",
            ["restHours"] = 2,
            ["restBy"] = Day(20),
        },
        more))!.AsObject();

    public async Task<JsonNode> Waive(string hub, object? more = null) =>
        (await Client.Post("/api/v1/waivers", Request(hub, more))).Is(HttpStatusCode.Created).Json;

    public async Task<ApiAnswer> Revoke(JsonNode waiver) => await Client.Call(
        HttpMethod.Post, $"/api/v1/waivers/{waiver["id"]}:revoke", new { reason = "Not needed." }, "*");

    public async Task<JsonNode> Crisis(JsonNode crisis) => (await Client.Get($"/api/v1/crises/{crisis["id"]}")).Is(HttpStatusCode.OK).Json;

    public async Task<JsonNode> Waiver(JsonNode waiver) => (await Client.Get($"/api/v1/waivers/{waiver["id"]}")).Is(HttpStatusCode.OK).Json;

    /// <summary>What is in the record of a crisis, the last first.</summary>
    public async Task<List<JsonNode>> Record(JsonNode crisis) =>
        [.. (await Client.Get($"/api/v1/crises/{crisis["id"]}/waiver-uses")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(u => u!)];

    public async Task<List<JsonNode>> Violations(Guid roster) =>
        [.. (await Client.Get($"/api/v1/rosters/{roster}/violations")).Is(HttpStatusCode.OK).Json.AsArray().Select(v => v!)];

    /// <summary>A published roster of two weeks in which a person ends at ten in the evening of Tuesday and begins at noon of Wednesday.</summary>
    public Task<Guid> LateThenNoon(SmallOperation hub, string agent) => Roster(hub, [agent], [(agent, 1, 14), (agent, 2, 12)]);

    /// <summary>A roster for some people, with shifts of eight hours of live work.</summary>
    public Task<Guid> Roster(
        SmallOperation operation, string[] people, (string Agent, int Day, int Hour)[] shifts, bool isDraft = false, int days = 14, int from = 0) =>
        operation.Put(Server, people, shifts, isDraft, days, from);

    /// <summary>Lets a shift begin at another hour of its day; ten hours of rest when Wednesday begins at eight.</summary>
    public Task<ApiAnswer> Move(Guid roster, string agent, int day, int hour, string query = "") => Edit(
        roster, query, new { kind = "move", agent, date = Day(day), start = Text(At(day, hour)) });

    public Task<ApiAnswer> Edit(Guid roster, string query, params object[] operations) => Client.Call(
        HttpMethod.Post, $"/api/v1/rosters/{roster}/edits{query}", new { reason = "The crisis.", operations }, "*");

    public Task<ApiAnswer> Publish(Guid roster) => Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster}:publish");

    public static Instant At(int day, int hour) => MadeRosters.At(day, hour);

    public static string Day(int day) => LocalDatePattern.Iso.Format(Monday.PlusDays(day));

    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
