using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Adherence;

/// <summary>A hub in Dublin on a Saturday noon, with people, their published shifts of the week before and keys of their own.</summary>
internal sealed class AdherenceBench : IAsyncDisposable
{
    public const string Import = "/api/v1/agent-states:import";
    public const string Header = "agent,state,start\n";
    public static readonly LocalDate Monday = SmallOperation.CutOffDate;
    public static readonly Instant Now = Instant.FromUtc(2025, 8, 2, 11, 0);

    private readonly Dictionary<string, HttpClient> _keys = [];

    private AdherenceBench(WfmServer server, SmallOperation operation, FakeClock clock) => (Server, Operation, Clock) = (server, operation, clock);

    public WfmServer Server { get; }

    public SmallOperation Operation { get; }

    public FakeClock Clock { get; }

    public HttpClient Client => Server.Client;

    public string Hub => Operation.Hub;

    public static async Task<AdherenceBench> Start(StoreKind kind, string hub, int people)
    {
        var clock = new FakeClock(Now);
        var server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(clock));
        var bench = new AdherenceBench(server, await SmallOperation.SetUp(server.Client, hub), clock);
        await bench.Operation.AddPeople(people);
        return bench;
    }

    public string Agent(int number) => Operation.Agent(number);

    public static string Day(int day) => LocalDatePattern.Iso.Format(Monday.PlusDays(day));

    /// <summary>A moment of a day after the Monday on the clock of Dublin, such as 09:00; 25:00 is one o'clock of the next day.</summary>
    public static Instant At(int day, string time)
    {
        var parts = time.Split(':').Select(int.Parse).ToArray();
        return Monday.PlusDays(day).AtMidnight().PlusHours(parts[0]).PlusMinutes(parts[1]).PlusSeconds(parts.ElementAtOrDefault(2))
            .InZoneLeniently(SmallOperation.Zone).ToInstant();
    }

    /// <summary>Publishes a roster of two weeks with these shifts.</summary>
    /// <param name="shifts">Day, agent and plan, such as "09:00 work, 11:00 break, 11:15 work, 17:00".</param>
    public async Task Roster(params (int Day, string Agent, string Plan)[] shifts)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var ids = await db.Agents.Where(a => a.Hub!.Code == Hub).ToDictionaryAsync(a => a.Code, a => a.Id);
        var hub = await db.Hubs.SingleAsync(h => h.Code == Hub);
        var roster = new Roster
        {
            HubId = hub.Id,
            Start = Monday,
            Days = 14,
            Revision = 1,
            RiskLevel = 0.8,
            State = PublicationState.Published,
            PublishedAt = Now,
            IntervalMinutes = 30,
            Summary = new RosterSummary { StopReason = "workLimit" },
            CreatedAt = Now,
        };
        roster.People.AddRange(ids.Values.Select(id => new RosterPerson { RosterId = roster.Id, AgentId = id }));
        roster.Shifts.AddRange(shifts.Select(s => Shift(roster.Id, ids[s.Agent], s.Day, s.Plan)));
        await db.Save(roster);
    }

    /// <summary>Rows of a day of a person, such as "00:00 off, 09:00 available".</summary>
    public static IEnumerable<string> Rows(string agent, int day, string states) => states.Split(',').Select(s => s.Trim().Split(' '))
        .Select(s => $"{agent},{s[1]},{InstantPattern.ExtendedIso.Format(At(day, s[0]))}");

    public async Task<JsonNode> Send(IEnumerable<string> rows, string query = "", string header = Header) =>
        (await Client.Post(Import + query, Csv(header + string.Join('\n', rows) + "\n"))).Is(HttpStatusCode.OK).Json;

    public static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    public async Task<JsonNode> Person(string agent, int day) =>
        (await Client.Get($"/api/v1/adherence/people/{agent}?date={Day(day)}")).Is(HttpStatusCode.OK).Json;

    /// <summary>Everything that is told of the hub in the week.</summary>
    public async Task<string> Told(int people, int days = 5)
    {
        var text = new StringBuilder((await Client.Get($"/api/v1/adherence/hub-days?hub={Hub}&from={Day(0)}&to={Day(days - 1)}")).Is(HttpStatusCode.OK).Text);
        for (var day = 0; day < days; day++)
        {
            for (var person = 1; person <= people; person++)
            {
                text.AppendLine((await Person(Agent(person), day)).ToJsonString());
            }
        }

        return text.ToString();
    }

    public async Task Forget()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await db.AgentStates.ExecuteDeleteAsync();
        await db.AgentStateFeeds.ExecuteDeleteAsync();
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

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _keys.Values)
        {
            client.Dispose();
        }

        await Server.DisposeAsync();
    }

    private Shift Shift(Guid roster, Guid agent, int day, string plan)
    {
        var marks = plan.Split(',').Select(s => s.Trim().Split(' ')).ToArray();
        ShiftActivityData[] parts =
        [
            .. marks.SkipLast(1).Select((m, i) => new ShiftActivityData(m[1], m[1] == "work" ? "live" : null, At(day, m[0]), At(day, marks[i + 1][0]))),
        ];
        return new Shift
        {
            RosterId = roster,
            AgentId = agent,
            Date = Monday.PlusDays(day),
            Template = $"{Hub}-early",
            Start = parts[0].Start,
            End = parts[^1].End,
            PaidMinutes = (int)parts.Where(p => p.Kind != "meal").Sum(p => (p.End - p.Start).TotalMinutes),
            Activities = [.. parts],
        };
    }
}
