using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Crises;

/// <summary>Two hubs in Dublin on a Monday at six in the morning: each has one person at work from eight, and two who are off.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class CrisisPlanTests(StoreKind kind)
{
    private static readonly Instant Now = Instant.FromUtc(2025, 7, 28, 5, 0);

    private readonly FakeClock _clock = new(Now);
    private readonly Dictionary<string, Guid> _rosters = [];
    private WfmServer _server = null!;
    private SmallOperation[] _hubs = [];
    private string _crisis = "";

    private HttpClient Client => _server.Client;

    [SetUp]
    public async Task Start()
    {
        _clock.Reset(Now);
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock));
        _hubs = [await SmallOperation.Create(Client, "cp-a"), await SmallOperation.Create(Client, "cp-b")];
        foreach (var hub in _hubs)
        {
            _rosters[hub.Hub] = await hub.Put(
                _server, [.. Enumerable.Range(1, 3).Select(hub.Agent)], [(hub.Agent(1), 0, 8)], isDraft: false, days: 7, from: 0);
        }

        var declared = await Client.Post(
            "/api/v1/crises", new { name = "Attack", kind = "attack", severity = "S4", hubs = new[] { "cp-a", "cp-b" } });
        _crisis = (string)declared.Is(HttpStatusCode.Created).Json["id"]!;
    }

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Plan_TwoHubs_AsksPeopleAndIsAppliedAtEach()
    {
        var plan = await Plan();

        var surge = plan["surges"]!.AsArray().Single()!;
        ((double)surge["hours"]!).Should().Be(36, "three heads for twelve hours");
        ((double)surge["unmetHours"]!).Should().BeLessThan((double)surge["unmetBefore"]!);
        surge["heads"]!.AsArray().Should().HaveCount(12);
        var hubs = plan["hubs"]!.AsArray();
        hubs.Select(h => (string)h!["hub"]!).Should().Equal("cp-a", "cp-b");
        hubs.Sum(h => (double)h!["shares"]![0]!["headHours"]!).Should().BeApproximately(36 - (double)surge["unmetHours"]!, 1e-6);
        var asked = hubs.SelectMany(h => h!["moves"]!.AsArray()).ToList();
        asked.Should().NotBeEmpty().And.OnlyContain(m => ((string)m!["why"]!).Length > 0);
        ((int)plan["peopleChanged"]!).Should().Be(asked.Select(m => (string)m!["day"]!["agent"]!).Distinct().Count());

        var hub = hubs.First(h => h!["moves"]!.AsArray().Count > 0)!;
        var (code, people) = ((string)hub["hub"]!, hub["moves"]!.AsArray().Select(m => (string)m!["day"]!["agent"]!).Distinct().ToList());
        var answer = (await Client.Post($"{Path(plan)}/people/{people[0]}:answer", new { accepted = false })).Is(HttpStatusCode.OK).Json;
        answer["nextInLine"]!.AsArray().Select(n => (string)n!["agent"]!).Should().NotContain(people);

        if (people.Count == 1)
        {
            (await Client.Post($"{Path(plan)}/hubs/{code}:apply", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("said no");
            (await Client.Post($"{Path(plan)}/people/{people[0]}:answer", new { accepted = true })).Is(HttpStatusCode.OK);
        }

        var effect = (await Client.Post($"{Path(plan)}/hubs/{code}:apply", new { reason = "Agreed." })).Is(HttpStatusCode.OK).Json;

        ((bool)effect["allowed"]!).Should().BeTrue();
        effect["broken"]!.AsArray().Should().BeEmpty();
        effect["days"]!.AsArray().Select(d => (string)d!["agent"]!).Distinct().Should().BeEquivalentTo(people.Count == 1 ? people : people.Skip(1));
        var read = (await Client.Get(Path(plan))).Is(HttpStatusCode.OK).Json;
        ((string?)read["applied"]!.AsArray().Single()!["hub"]).Should().Be(code);
        (await Client.Post($"{Path(plan)}/hubs/{code}:apply", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("is in force");
        (await Client.Post($"{Path(plan)}/people/{people[0]}:answer", new { accepted = true })).Is(HttpStatusCode.Conflict);
        (await Client.Get($"/api/v1/rosters/{_rosters[code]}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task Apply_RosterChangedSince_TellsWhatChanged()
    {
        var plan = await Plan();
        var hub = (string)plan["hubs"]!.AsArray().First(h => h!["moves"]!.AsArray().Count > 0)!["hub"]!;
        var operation = _hubs.Single(h => h.Hub == hub);
        var edit = new { reason = "Ill.", operations = new[] { new { kind = "remove", agent = operation.Agent(1), date = "2025-07-28" } } };
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{_rosters[hub]}/edits", edit, "*")).Is(HttpStatusCode.OK);

        (await Client.Post($"{Path(plan)}/hubs/{hub}:apply", new { })).Is(HttpStatusCode.PreconditionFailed).Text.Should().Contain("Ill.");
    }

    [Test]
    public async Task Plan_AsAMultiple_IsOfWhatRostersExpect()
    {
        var nothing = await Ask(new { hours = 6, surges = new[] { new { group = "live", factor = 2.0 } } });
        ((string?)nothing["state"]).Should().Be("failed", "the rosters were put in without a requirement");
        ((string)nothing["error"]!).Should().Contain("expect no work of 'live'");

        var hub = _hubs[0];
        await hub.Import(hub.Volumes(hub.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await hub.Forecast(new { horizonDays = 8 });
        await hub.Requirement(new { paths = 20 });
        var roster = await hub.Roster(new { days = 7, maximumMoves = 1_000, replan = true });
        (await Client.Post($"/api/v1/rosters/{roster["id"]}:publish", new { })).Is(HttpStatusCode.OK);

        var (twice, thrice) = (await Hours(2), await Hours(3));

        twice.Should().BePositive();
        thrice.Should().BeApproximately(2 * twice, 1e-9, "once and twice as much on top");
    }

    [Test]
    public async Task Plan_WhatCannotBe_IsToldSo()
    {
        (await Post(new { surges = new[] { new { group = "klingon", factor = 2.0 } } })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/surges/0/group");
        (await Post(new { surges = new[] { new { group = "live" } } })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/surges/0");
        (await Post(new { hours = 2, surges = new[] { new { group = "live", heads = new[] { 1.0 } } } })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields
            .Should().Equal("/surges/0/heads");
        (await Post(new { from = "2025-07-28T04:00:00Z", surges = new[] { new { group = "live", factor = 2.0 } } })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/from");
        (await Client.Get($"/api/v1/crises/{_crisis}/plans/{Guid.NewGuid()}")).Is(HttpStatusCode.NotFound);

        var crisis = await Client.Get($"/api/v1/crises/{_crisis}");
        (await Client.Call(HttpMethod.Post, $"/api/v1/crises/{_crisis}:end", new { reason = "Over." }, crisis.ETag)).Is(HttpStatusCode.OK);
        (await Post(new { surges = new[] { new { group = "live", factor = 2.0 } } })).Is(HttpStatusCode.Conflict).Text.Should().Contain("was ended");
    }

    private async Task<double> Hours(double factor)
    {
        var job = await Ask(new { hours = 12, surges = new[] { new { group = "live", factor } } });
        return (double)(await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json["surges"]![0]!["hours"]!;
    }

    private string Path(JsonNode plan) => $"/api/v1/crises/{_crisis}/plans/{plan["id"]}";

    private Task<ApiAnswer> Post(object request) => Client.Post($"/api/v1/crises/{_crisis}/plans", request);

    private async Task<JsonNode> Ask(object request) => await Client.Finish((await Post(request)).Is(HttpStatusCode.Accepted));

    // From seven to seven in the evening, local: three heads more.
    private async Task<JsonNode> Plan()
    {
        var job = await Ask(new
        {
            from = "2025-07-28T06:00:00Z",
            hours = 12,
            surges = new[] { new { group = "live", heads = Enumerable.Repeat(3.0, 12).ToArray(), urgency = 4 } },
        });
        var plan = (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
        (await Client.Get($"/api/v1/crises/{_crisis}/plans")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle();
        return plan;
    }
}
