using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Commands.Month;
using Wfm.Api.Commands.Replay;
using Wfm.Api.Features.Today.Replay;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Commands.Replay;

/// <summary>A Monday in Dublin, told to a server step by step.</summary>
public sealed class HubReplayTests
{
    private static readonly Instant Midnight = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    private static Instant At(double hour) => Midnight + Duration.FromHours(hour);

    /// <summary>Ten chats and four reviews each open half-hour, three hours of a night's reviews open; half of those there at nine fall ill.</summary>
    private static ReplayWorld World(string hub, int seed = 3)
    {
        int[] Open(int contacts) => [.. Enumerable.Range(0, 48).Select(i => i is >= 16 and < 40 ? contacts : 0)];
        var planned = new PlannedHub(hub, SmallOperation.Zone, new OpenHours([]), 0.1, 0.05);
        return new ReplayWorld(
            planned,
            GridSpan.Between(IntervalGrid.Of(30, SmallOperation.Zone), Midnight, At(24)),
            [
                new ReplayQueue(
                    new PlannedQueue($"{hub}-chat", "live")
                    {
                        Immediate = new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Duration.FromMinutes(3)),
                    },
                    Open(10), [], 420, HandleTime.Exponential),
                new ReplayQueue(
                    new PlannedQueue($"{hub}-review", "review") { Deferrable = new DeferrableGoal(Duration.FromDays(1), 1) },
                    Open(4), [new OpenContacts(12, Duration.FromHours(4), Duration.FromHours(7))], 240, HandleTime.Exponential),
            ],
            seed)
        {
            WaveAt = At(9),
            WaveShare = 0.5,
            CrisisAt = At(10),
        };
    }

    [Test]
    public async Task Advance_UpToHalfPastTen_LeavesADayThatIsAlive()
    {
        var clock = new FakeClock(At(7));
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: s => s.AddSingleton<IClock>(clock));
        var operation = await Staffed(server, "alive");
        using var api = new MonthClient(server.Client.BaseAddress!, WfmServer.AdminKey);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var replay = new HubReplay(api, World("alive"), isLive: true, output);

        for (var hour = 8.0; hour <= 10.5; hour += 0.25)
        {
            clock.Reset(At(hour));
            await replay.Advance(At(hour), CancellationToken.None);
        }

        var today = await Today(server, "alive", At(10.5));
        var chat = Queue(today, "alive-chat");
        ((double)chat["volume"]!["observed"]!).Should().Be(50, "ten in each of five half-hours since eight");
        ((string?)chat["volume"]!["asOf"]).Should().Be(At(10.5).ToString());
        ((int)chat["service"]!["answered"]!).Should().BeInRange(1, 50);
        var backlog = Queue(today, "alive-review")["backlog"]!;
        ((int)backlog["contacts"]!).Should().Be(12 + 20, "nobody reviews, and four came in each of five half-hours");
        ((double)backlog["oldestAgeMinutes"]!).Should().BeInRange(17.3 * 60, 17.5 * 60, "seven hours old at midnight, and ten and a half since");
        today["inputs"]!.AsArray().Should().OnlyContain(i => !(bool)i!["isStale"]!);

        var people = today["people"]!.AsArray();
        var ill = people.Where(p => (bool)p!["isAbsent"]!).Select(p => (string)p!["agent"]!).ToList();
        output.ToString().Should().Contain("09:00 ").And.Contain("are ill").And.Contain("10:00 a crisis is declared");
        people.Where(p => p!["state"] is not null).Select(p => (string)p!["state"]!["state"]!).Should().Contain(["handling", "off"]);
        replay.Leave.Should().NotBeEmpty().And.HaveCountLessThan(operation.People);
        ill.Should().BeSubsetOf(replay.Leave.Select(l => l.Agent));
        (await server.Client.Get("/api/v1/crises?hub=alive")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task Advance_TheSameDayInOneStep_TellsNothingNew()
    {
        var clock = new FakeClock(At(12));
        await using var server = await WfmServer.Start(StoreKind.Sqlite, services: s => s.AddSingleton<IClock>(clock));
        await Staffed(server, "again");
        using var api = new MonthClient(server.Client.BaseAddress!, WfmServer.AdminKey);
        var stepped = new HubReplay(api, World("again"), isLive: true, TextWriter.Null);
        foreach (var hour in new[] { 8.25, 9, 9.1, 10.5, 11.75, 12 }) await stepped.Advance(At(hour), CancellationToken.None);
        var before = await Today(server, "again", At(12));

        await new HubReplay(api, World("again") with { CrisisAt = null }, isLive: true, TextWriter.Null).Advance(At(12), CancellationToken.None);

        (await Today(server, "again", At(12))).ToJsonString().Should().Be(before.ToJsonString(), "the day is the same in whatever steps it is told");
    }

    [Test]
    public void Work_OfASeed_IsTheSameDay()
    {
        var (one, again, other) = (World("same"), World("same"), World("same", seed: 4));
        bool[] Missed(ReplayWorld world) => [.. Enumerable.Range(0, 200).Select(i => world.Misses($"p{i}", SmallOperation.CutOffDate))];

        Missed(one).Should().Equal(Missed(again)).And.NotEqual(Missed(other));
        Missed(one).Count(m => m).Should().BeInRange(3, 20, "one shift in twenty is missed: ten of 200, give or take two deviations of three");
    }

    [Test]
    public async Task Replay_OnAServerOfTheWorldsClock_IsNotFound()
    {
        await using var server = await WfmServer.Start(StoreKind.Sqlite);

        (await server.Client.Get("/api/v1/today/replay")).Is(HttpStatusCode.NotFound).Text.Should().Contain("--replay");
    }

    [Test]
    public async Task Replay_OnADemosClock_StandsStillWhenAsked()
    {
        var clock = new ReplayClock(At(8), TimeProvider.System);
        await using var server = await WfmServer.Start(
            StoreKind.Sqlite, services: s => s.AddSingleton(clock).AddSingleton<IClock>(clock));

        var paused = (await server.Client.Put("/api/v1/today/replay", new { isPaused = true }, null)).Is(HttpStatusCode.OK).Json;

        ((bool)paused["isPaused"]!).Should().BeTrue();
        var read = (await server.Client.Get("/api/v1/today/replay")).Is(HttpStatusCode.OK).Json;
        read.ToJsonString().Should().Be(paused.ToJsonString());
        (await server.Client.Put("/api/v1/today/replay", new { speed = 1e6 }, null)).Is(HttpStatusCode.BadRequest);
    }

    private sealed record Staff(int People);

    /// <summary>Ten people on chats from eight to four; a forecast of the day.</summary>
    private static async Task<Staff> Staffed(WfmServer server, string hub)
    {
        var operation = await SmallOperation.Create(server.Client, hub);
        await operation.Forecast();
        string[] agents = [.. Enumerable.Range(1, SmallOperation.People).Select(operation.Agent)];
        await operation.Put(server, agents, [.. agents.Select(a => (a, 0, 8))], isDraft: false, days: 7, from: 0);
        return new Staff(agents.Length);
    }

    private static async Task<JsonNode> Today(WfmServer server, string hub, Instant at) =>
        (await server.Client.Get($"/api/v1/today?hub={hub}&at={at}")).Is(HttpStatusCode.OK).Json;

    private static JsonNode Queue(JsonNode today, string queue) => today["queues"]!.AsArray().Single(q => (string)q!["queue"]! == queue)!;
}
