using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.Swaps;

/// <summary>A hub in Dublin on a Monday at midnight, with people who have keys of their own, and rosters put in as a solver would have made them.</summary>
internal sealed class SwapBench : IAsyncDisposable
{
    public static readonly LocalDate Monday = SmallOperation.CutOffDate;
    public static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(Monday).ToInstant();

    private readonly Dictionary<string, HttpClient> _keys = [];
    private int _people;

    private SwapBench(WfmServer server, SmallOperation operation) => (Server, Operation) = (server, operation);

    public WfmServer Server { get; }

    public SmallOperation Operation { get; }

    public HttpClient Client => Server.Client;

    public static async Task<SwapBench> Start(StoreKind kind, string hub)
    {
        var server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        var bench = new SwapBench(server, await SmallOperation.SetUp(server.Client, hub));
        await bench.Policy(new { maximumCostIncrease = 1_000_000 });
        return bench;
    }

    /// <summary>Sets the policy of the hub; what is not said is as it is for a hub without one.</summary>
    public async Task Policy(object policy) => (await Client.Put($"/api/v1/request-policies/{Operation.Hub}", policy, "*")).Is(HttpStatusCode.OK);

    /// <summary>New people of the hub, with skills in live and review unless told otherwise.</summary>
    public async Task<string[]> People(int count, params string[] groups)
    {
        var codes = Enumerable.Range(_people + 1, count).Select(Operation.Agent).ToArray();
        _people += count;
        foreach (var code in codes)
        {
            await Client.Create("agents", new AgentRequest
            {
                Code = code,
                Name = $"Name of {code}",
                Hub = Operation.Hub,
                Contract = $"{Operation.Hub}-full",
                Skills = [.. (groups.Length == 0 ? ["live", "review"] : groups).Select(g => new AgentSkillData(g, 1))],
            });
        }

        return codes;
    }

    /// <summary>A client with a key of a person.</summary>
    public async Task<HttpClient> As(string code)
    {
        if (!_keys.TryGetValue(code, out var client))
        {
            _keys[code] = client = Server.ClientWith(
                (string)(await Client.Create("api-keys", new { name = $"phone of {code}", role = "agent", agent = code })).Json["key"]!);
        }

        return client;
    }

    /// <summary>A roster of two weeks from the Monday for some people, with shifts of eight hours of live work.</summary>
    public Task<Guid> Roster(string[] people, (string Agent, int Day, int Hour)[] shifts, bool isDraft = false, int days = 14, int from = 0) =>
        Operation.Put(Server, people, shifts, isDraft, days, from);

    public static Instant At(int day, int hour) => MadeRosters.At(day, hour);

    public static string Day(int day) => LocalDatePattern.Iso.Format(Monday.PlusDays(day));

    public async Task<ApiAnswer> Ask(string code, object request) => await (await As(code)).Post("/api/v1/me/swaps", request);

    public async Task<JsonArray> Offers(string code) => (await (await As(code)).Get("/api/v1/me/offers")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

    public async Task<ApiAnswer> Accept(string code, JsonNode offer) => await (await As(code)).Call(
        HttpMethod.Post, $"/api/v1/me/offers/{offer["id"]}:accept", new { }, (string?)offer["etag"]);

    public async Task<ApiAnswer> Swap(JsonNode swap) => (await Client.Get($"/api/v1/swaps/{swap["id"]}")).Is(HttpStatusCode.OK);

    /// <summary>Local days on which a person works, by what people see.</summary>
    public async Task<string[]> Days(string code) =>
        [
            .. (await (await As(code)).Get($"/api/v1/me/shifts?from={Day(0)}&to={Day(28)}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
                .Select(s => (string)s!["date"]!),
        ];

    public async Task WithDb(Func<WfmDbContext, Task> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _keys.Values)
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
    }
}
