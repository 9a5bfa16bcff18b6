using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Crises;

/// <summary>A hub in Dublin on a Monday at six in the morning: one person works today, two work tomorrow and are called in today for a crisis.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class StandDownTests(StoreKind kind)
{
    private static readonly Instant Morning = Instant.FromUtc(2025, 7, 28, 5, 0);
    private static readonly Instant Night = Instant.FromUtc(2025, 7, 28, 21, 0);

    private readonly FakeClock _clock = new(Morning);
    private WfmServer _server = null!;
    private SmallOperation _hub = null!;
    private string _crisis = "";

    private HttpClient Client => _server.Client;

    [SetUp]
    public async Task Start()
    {
        _clock.Reset(Morning);
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock));
        _hub = await SmallOperation.Create(Client, "sd");
        await _hub.Put(
            _server, [.. Enumerable.Range(1, 3).Select(_hub.Agent)],
            [(_hub.Agent(1), 0, 8), (_hub.Agent(2), 1, 11), (_hub.Agent(3), 1, 11)], isDraft: false, days: 7, from: 0);
        var declared = await Client.Post("/api/v1/crises", new { name = "Attack", kind = "attack", severity = "S4", hubs = new[] { "sd" } });
        _crisis = (string)declared.Is(HttpStatusCode.Created).Json["id"]!;
    }

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task StandDown_BeforeAnythingBegan_GivesTheDaysBackInOrder()
    {
        var people = await Mobilise();
        var end = $"/api/v1/crises/{_crisis}:end";
        (await Client.Call(HttpMethod.Post, end, new { reason = "Over." }, "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("shifts ahead");
        (await Client.Post($"{Steps}/1:release", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("is not stood down");

        var crisis = (await StandDown(steps: 2)).Is(HttpStatusCode.OK).Json;

        ((string?)crisis["state"]).Should().Be("closing");
        var steps = crisis["standDown"]!["steps"]!.AsArray();
        steps.SelectMany(s => s!["people"]!.AsArray()).Select(p => (string)p!["agent"]!).Should().BeEquivalentTo(people);
        if (steps.Count > 1)
        {
            (await Client.Post($"{Steps}/2:release", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("comes before");
        }

        foreach (var step in steps)
        {
            var released = (await Client.Post($"{Steps}/{step!["number"]}:release", new { })).Is(HttpStatusCode.OK).Json;
            released["people"]!.AsArray().Should().OnlyContain(p => p!["notes"]!.AsArray().Count == 0 && (double)p["restOwed"]! == 0);
            (await Client.Post($"{Steps}/{step["number"]}:release", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("was done at");
        }

        (await StandDown(steps: 1)).Is(HttpStatusCode.Conflict).Text.Should().Contain("on their way");
        (await Client.Call(HttpMethod.Post, end, new { reason = "Over." }, "*")).Is(HttpStatusCode.OK);
        var record = (await Client.Get($"/api/v1/crises/{_crisis}/record")).Is(HttpStatusCode.OK).Json;
        var hub = record["hubs"]!.AsArray().Single()!;
        ((int)hub["people"]!, (int)hub["days"]!).Should().Be((people.Count, (int)hub["givenBack"]!), "everything was given back");
        ((double)hub["extraHours"]!).Should().Be(0);
        (hub["exposure"] is null).Should().Be(people.Count < 5, "of fewer than five people nothing is told");
        var decided = record["decisions"]!.AsArray().Select(d => (string)d!["what"]!).ToList();
        foreach (var what in new[] { "Declared", "Planned", "Put plan", "Stood down", "Ended" })
        {
            decided.Should().Contain(w => w.StartsWith(what, StringComparison.Ordinal));
        }

        record["decisions"]!.AsArray().Should().OnlyContain(d => (string?)d!["by"] == "bootstrap");
    }

    [Test]
    public async Task StandDown_AfterTheCrisisWorked_PutsTheRestInTheRosterOrSaysWhatStandsAgainstIt()
    {
        var people = await Mobilise();
        _clock.Reset(Night);

        var crisis = (await StandDown(steps: 1)).Is(HttpStatusCode.OK).Json;

        var planned = crisis["standDown"]!["steps"]!.AsArray().Single()!["people"]!.AsArray();
        planned.Select(p => (string)p!["agent"]!).Should().BeEquivalentTo(people);
        planned.Should().OnlyContain(p => (double)p!["restHours"]! == Math.Max(0, (double)p["extraHours"]!)).And.Contain(p => (double)p!["extraHours"]! > 0);

        var released = (await Client.Post($"{Steps}/1:release", new { })).Is(HttpStatusCode.OK).Json["people"]!.AsArray();

        foreach (var person in released)
        {
            var rest = person!["rest"]!.AsArray();
            (rest.Sum(r => (double)r!["hours"]!) + (double)person["restOwed"]!).Should().BeGreaterThanOrEqualTo((double)person["restHours"]! - 0.01);
            ((double)person["restHours"]! == 0 || rest.Count > 0 || person["notes"]!.AsArray().Count > 0).Should().BeTrue("it is given, or the rule is told");
            rest.All(r => string.CompareOrdinal((string?)r!["date"], "2025-07-28") > 0).Should().BeTrue("today is over");
        }
    }

    [Test]
    public async Task Release_TwoAtOnce_OneDoesIt()
    {
        await Mobilise();
        (await StandDown(steps: 1)).Is(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Client.Post($"{Steps}/1:release", new { })));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should().OnlyContain(a => a.Status == HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Record_AsCsv_HasTheDecisionsWithTimeAndPerson()
    {
        await Mobilise();

        var csv = (await Client.Get($"/api/v1/crises/{_crisis}/record?format=csv")).Is(HttpStatusCode.OK).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        csv[0].Should().Be("at,by,what,reason,hub,agent");
        csv.Skip(1).Should().OnlyContain(l => l.StartsWith("2025-07-28T05:00:00Z,bootstrap,", StringComparison.Ordinal));
        csv.Single(l => l.Contains("Put plan", StringComparison.Ordinal)).Should().EndWith(",sd,");
        (await Client.Get($"/api/v1/crises/{Guid.NewGuid()}/record")).Is(HttpStatusCode.NotFound);
    }

    private string Steps => $"/api/v1/crises/{_crisis}/stand-down/steps";

    private async Task<ApiAnswer> StandDown(int steps) =>
        await Client.Call(HttpMethod.Post, $"/api/v1/crises/{_crisis}:stand-down", new { steps, reason = "It falls." }, "*");

    // Three heads more from ten to six, local; who is asked has said yes.
    private async Task<List<string>> Mobilise()
    {
        var job = await Client.Finish((await Client.Post($"/api/v1/crises/{_crisis}/plans", new
        {
            from = "2025-07-28T08:00:00Z",
            hours = 8,
            surges = new[] { new { group = "live", heads = Enumerable.Repeat(3.0, 8).ToArray(), urgency = 20 } },
        })).Is(HttpStatusCode.Accepted));
        var plan = (string)job["result"]!;
        var asked = (await Client.Get(plan)).Is(HttpStatusCode.OK).Json["hubs"]![0]!["moves"]!.AsArray();
        asked.Should().NotBeEmpty();
        (await Client.Post($"{plan}/hubs/sd:apply", new { reason = "Agreed." })).Is(HttpStatusCode.OK);
        return [.. asked.Select(m => (string)m!["day"]!["agent"]!).Distinct()];
    }
}
