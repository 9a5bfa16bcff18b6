using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.TimeOff;

/// <summary>A hub in Dublin whose people work 40 hours a week, eight on each day from Monday to Friday, and a type of leave, under codes of its
/// own.</summary>
internal sealed record LeaveOperation(HttpClient Client, string Code)
{
    /// <summary>Monday morning in Dublin, as the clock of the tests shows it at first.</summary>
    public static readonly Instant Now = Instant.FromUtc(2027, 3, 1, 9, 0);

    public string Annual => $"{Code}-annual";

    public static FakeClock Clock() => new(Now);

    public string Agent(int number) => $"{Code}-{number:000}";

    public string Path(int number, string what = "time-off-requests") => $"/api/v1/agents/{Agent(number)}/{what}";

    public static async Task<LeaveOperation> Create(HttpClient client, string code, int people, Func<LeaveTypeRequest, LeaveTypeRequest>? annual = null)
    {
        var operation = new LeaveOperation(client, code);
        await client.CreateGroups("live-en", "policy-en");
        await client.Create("hubs", SampleSetup.Hub(code));
        await client.Create(
            "contracts", new ContractRequest { Code = code, Name = code, MinimumWeeklyHours = 40, MaximumWeeklyHours = 40, MaximumDaysPerWeek = 5 });
        var type = new LeaveTypeRequest
        {
            Code = operation.Annual,
            Name = "Annual leave",
            Treatment = LeaveKind.Annual,
            Balance = operation.Annual,
            Terms = new BalanceTerms(),
        };
        await client.Create("leave-types", annual?.Invoke(type) ?? type);
        for (var i = 1; i <= people; i++)
        {
            await client.Create("agents", SampleSetup.Agent(operation.Agent(i), code, code));
        }

        return operation;
    }

    /// <summary>Opens a person's balance at the start of 2027.</summary>
    public async Task Open(int number, double hours, string? type = null) => (await Client.Post(Path(number, $"balances/{type ?? Annual}/entries"), new
    {
        kind = "opening",
        on = "2027-01-01",
        hours,
        reason = "From the old system.",
    })).Is(HttpStatusCode.Created);

    /// <summary>Asks for whole days and gives the request.</summary>
    public async Task<JsonNode> Ask(int number, string from, string? to = null, string? type = null, object? more = null)
    {
        var body = new JsonObject { ["type"] = type ?? Annual, ["from"] = from, ["to"] = to ?? from };
        return (await Client.Post(Path(number), SmallOperation.Merge(body, more))).Is(HttpStatusCode.Created).Json;
    }

    public Task<ApiAnswer> Do(JsonNode request, string what, object? body = null) =>
        Client.Post($"/api/v1/time-off-requests/{request["id"]}:{what}", body ?? new { });

    public async Task<JsonNode> Read(JsonNode request) => (await Client.Get($"/api/v1/time-off-requests/{request["id"]}")).Is(HttpStatusCode.OK).Json;

    public async Task<string> State(JsonNode request) => (string)(await Read(request))["state"]!;

    public async Task<JsonNode> Balance(int number, string on, string? type = null) =>
        (await Client.Get(Path(number, $"balances?on={on}&limit=1000"))).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
        .Single(b => (string?)b!["type"] == (type ?? Annual))!;

    public Task Allow(string suffix, object more) => Client.Create(
        "leave-allowances", JsonNode.Parse(SmallOperation.Merge(new JsonObject { ["code"] = $"{Code}-{suffix}", ["hub"] = Code }, more))!);
}
