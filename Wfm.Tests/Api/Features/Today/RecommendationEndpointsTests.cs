using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Today;

/// <summary>Monday in Dublin at two in the afternoon: 13:00 in UTC. Chats come at five times the usual rate since eight; two people go home at half past
/// four, one is off.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RecommendationEndpointsTests(StoreKind kind)
{
    private const string Path = "/api/v1/today/recommendations";
    private static readonly Instant Now = Instant.FromUtc(2025, 7, 28, 13, 0);

    private readonly FakeClock _clock = new(Now);
    private WfmServer _server = null!;
    private SmallOperation _operation = null!;
    private Guid _roster;

    private HttpClient Client => _server.Client;

    [SetUp]
    public async Task Start()
    {
        _clock.Reset(Now);
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock));
        _operation = await SmallOperation.Create(Client, "floor");
        await _operation.Forecast();
        await _operation.Import(_operation.Rows(_operation.Chat, SmallOperation.CutOffDate, [.. Enumerable.Repeat(45.0, 12)]));
        _roster = await _operation.Put(
            _server, [.. Enumerable.Range(1, 3).Select(_operation.Agent)], [(_operation.Agent(1), 0, 8), (_operation.Agent(2), 0, 8)], isDraft: false, days: 7,
            from: 0);
    }

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Recommend_SurgeInTheAfternoon_RanksWhatHelpsAndAppliesAndUndoesIt()
    {
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;

        ((string?)set["rosterId"]).Should().Be(_roster.ToString());
        ((string)set["rule"]!).Should().Contain("same random numbers");
        var nothing = set["nothing"]!.AsArray().Single(q => (string)q!["queue"]! == _operation.Chat)!;
        var actions = set["actions"]!.AsArray();
        actions.Should().NotBeEmpty();
        actions.Select(a => (int)a!["number"]!).Should().Equal(Enumerable.Range(1, actions.Count));
        var best = actions[0]!;
        ((string)best["kind"]!).Should().BeOneOf("extendShift", "callIn", "moveBreak", "otherGroup");
        ((double)best["missingHours"]!).Should().BeNegative();
        var done = best["outcome"]!.AsArray().Single(q => (string)q!["queue"]! == _operation.Chat)!;
        ((double)done["abandoned"]! + (double)done["late"]!).Should().BeLessThanOrEqualTo((double)nothing["abandoned"]! + (double)nothing["late"]! + 1e-9);

        var applied = (await Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { reason = "Agreed." })).Is(HttpStatusCode.OK).Json;

        ((bool)applied["stored"]!).Should().BeTrue();
        applied["days"]!.AsArray().Should().HaveCount(best["days"]!.AsArray().Count);
        var history = (await Client.Get($"/api/v1/rosters/{_roster}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        ((string?)history.Single()!["cause"]).Should().Be("action");
        var after = (await Client.Get($"{Path}/{set["id"]}")).Is(HttpStatusCode.OK).Json;
        ((int?)after["applied"]).Should().Be(1);
        ((int?)after["edit"]).Should().Be((int)applied["number"]!);
        (await Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { })).Is(HttpStatusCode.Conflict);

        (await Client.Post($"{Path}/{set["id"]}/actions/1:undo", new { })).Is(HttpStatusCode.OK);

        (await Client.Get($"{Path}/{set["id"]}")).Json["applied"].Should().BeNull();
        (await Client.Post($"{Path}/{set["id"]}/actions/1:undo", new { })).Is(HttpStatusCode.Conflict);
        (await Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { })).Is(HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task Apply_RosterChangedSince_TellsWhatChanged()
    {
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;
        var edit = new { reason = "Ill.", operations = new[] { new { kind = "remove", agent = _operation.Agent(1), date = "2025-07-28" } } };
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{_roster}/edits", edit, "*")).Is(HttpStatusCode.OK);

        var answer = (await Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { })).Is(HttpStatusCode.PreconditionFailed);

        answer.Text.Should().Contain("Ill.");
    }

    [Test]
    public async Task Apply_TwoAtOnce_OneWins()
    {
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { })));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should()
            .OnlyContain(a => a.Status == HttpStatusCode.PreconditionFailed || a.Status == HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Apply_HalfAnHourLater_IsTooLate()
    {
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;
        _clock.AdvanceMinutes(31);

        (await Client.Post($"{Path}/{set["id"]}/actions/1:apply", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("Ask anew");
    }

    [Test]
    public async Task Recommend_InputThatCannotBe_IsToldSo()
    {
        (await Client.Post(Path, new { hub = "nowhere" })).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Post(Path, new { hub = "floor", riskLevel = 2 })).Is(HttpStatusCode.BadRequest);
        (await Client.Post(Path, new { hub = "floor", at = "2026-01-01T12:00:00Z" })).Is(HttpStatusCode.Conflict).Text.Should().Contain("published roster");
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;
        (await Client.Post($"{Path}/{set["id"]}/actions/99:apply", new { })).Is(HttpStatusCode.NotFound);
        (await Client.Post($"{Path}/{Guid.NewGuid()}/actions/1:apply", new { })).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Offer_OvertimeToTwo_TheFirstHasItAndTheOthersAreTold()
    {
        var (set, number) = await WithOvertime();
        var offer = (await Client.Post($"{Path}/{set["id"]}/actions/{number}:offer", new { places = 1, minutes = 20, reason = "Until five." }))
            .Is(HttpStatusCode.Created).Json;

        ((string?)offer["kind"], (string?)offer["state"], (int)offer["places"]!).Should().Be(("overtime", "open", 1));
        ((string?)offer["expiresAt"]).Should().Be("2025-07-28T13:20:00Z");
        var asked = offer["offered"]!.AsArray().Select(d => (string)d!["agent"]!).ToList();
        asked.Should().HaveCountGreaterThanOrEqualTo(2);
        var phones = await Task.WhenAll(asked.Select(As));
        foreach (var phone in phones)
        {
            var seen = (await phone.Get("/api/v1/me/open-shifts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Single()!;
            ((string?)seen["id"], (string?)seen["kind"], (int)seen["placesLeft"]!).Should().Be(((string?)offer["id"], "overtime", 1));
        }

        var answers = await Task.WhenAll(phones.Select(p => p.Post($"/api/v1/me/open-shifts/{offer["id"]}:take", new { })));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should().OnlyContain(a => a.Status == HttpStatusCode.Conflict && a.Text.Contains("somebody has it"));
        var taken = answers.Single(a => a.Status == HttpStatusCode.OK).Json;
        ((string?)taken["state"], (string?)taken["rule"]).Should().Be(("approved", "offer"));
        var after = (await Client.Get($"/api/v1/open-shifts/{offer["id"]}")).Is(HttpStatusCode.OK).Json;
        ((string?)after["state"], (int)after["taken"]!).Should().Be(("filled", 1));
        (await Client.Get($"/api/v1/rosters/{_roster}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle();
        foreach (var phone in phones)
        {
            (await phone.Get("/api/v1/me/open-shifts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty("it has closed by itself");
        }
    }

    [Test]
    public async Task Offer_NobodyTakesIt_ExpiresAndIsNoOneElses()
    {
        var (set, number) = await WithOvertime();
        var people = set["actions"]![number - 1]!["days"]!.AsArray().Select(d => (string)d!["agent"]!).Take(1).ToArray();
        var offer = (await Client.Post($"{Path}/{set["id"]}/actions/{number}:offer", new { people, minutes = 10 })).Is(HttpStatusCode.Created).Json;
        offer["offered"]!.AsArray().Select(d => (string)d!["agent"]!).Should().Equal(people);
        var other = await As(_operation.Agent(4));
        (await other.Post($"/api/v1/me/open-shifts/{offer["id"]}:take", new { })).Is(HttpStatusCode.NotFound);

        _clock.AdvanceMinutes(11);

        (await (await As(people[0])).Post($"/api/v1/me/open-shifts/{offer["id"]}:take", new { })).Is(HttpStatusCode.Conflict).Text.Should()
            .Contain("closed at");
        (await Client.Get($"/api/v1/open-shifts/{offer["id"]}")).Is(HttpStatusCode.OK).Json["state"]!.GetValue<string>().Should().Be("expired");
    }

    [Test]
    public async Task Offer_DayChangedMeanwhile_IsToldSo()
    {
        var (set, number) = await WithOvertime();
        var offer = (await Client.Post($"{Path}/{set["id"]}/actions/{number}:offer", new { })).Is(HttpStatusCode.Created).Json;
        var day = offer["offered"]![0]!;
        var agent = (string)day["agent"]!;
        day["before"].Should().NotBeNull("it is about a shift that grows");
        var operation = new { kind = "remove", agent, date = "2025-07-28" };
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{_roster}/edits", new { reason = "Ill.", operations = new[] { operation } }, "*"))
            .Is(HttpStatusCode.OK);

        (await (await As(agent)).Post($"/api/v1/me/open-shifts/{offer["id"]}:take", new { })).Is(HttpStatusCode.Conflict).Text.Should()
            .Contain("not what it was");
    }

    [Test]
    public async Task Offer_WhatCannotBe_IsToldSo()
    {
        var (set, number) = await WithOvertime();
        (await Client.Post($"{Path}/{set["id"]}/actions/{number}:offer", new { people = new[] { "nobody" } })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/people/0");
        (await Client.Post($"{Path}/{set["id"]}/actions/99:offer", new { })).Is(HttpStatusCode.NotFound);
        _clock.AdvanceMinutes(31);
        (await Client.Post($"{Path}/{set["id"]}/actions/{number}:offer", new { })).Is(HttpStatusCode.Conflict).Text.Should().Contain("Ask anew");
    }

    // Two whose shifts end could stay.
    private async Task<(JsonNode Set, int Number)> WithOvertime()
    {
        var set = (await Recommend()).Is(HttpStatusCode.Created).Json;
        var action = set["actions"]!.AsArray().First(a => (string?)a!["kind"] == "extendShift")!;
        return (set, (int)action["number"]!);
    }

    private async Task<HttpClient> As(string agent) => _server.ClientWith(
        (string)(await Client.Post("/api/v1/api-keys", new { name = $"phone of {agent}", role = "agent", agent })).Is(HttpStatusCode.Created).Json["key"]!);

    private Task<ApiAnswer> Recommend() => Client.Post(Path, new { hub = "floor" });
}
