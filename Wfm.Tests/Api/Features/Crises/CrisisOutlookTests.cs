using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Crises;

/// <summary>A Monday in Dublin at 13:00. Since 08:00 three times the usual reports come in, a law gives two hours for each, and nobody works them.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class CrisisOutlookTests(StoreKind kind)
{
    private static readonly Instant Now = Instant.FromUtc(2025, 7, 28, 12, 0);

    private readonly FakeClock _clock = new(Now);
    private WfmServer _server = null!;
    private SmallOperation _hub = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock));
        _hub = await SmallOperation.Create(Client, "co-a");
        var path = $"/api/v1/queues/{_hub.Review}";
        (await Client.Call(
            HttpMethod.Put, path, SmallOperation.Queue(_hub.Review, WorkKind.Deferrable, "review") with
            {
                Goal = new QueueGoal { TurnaroundMinutes = 120, LegalClock = true },
                AhtSeconds = 240,
            },
            (await Client.Get(path)).ETag)).Is(HttpStatusCode.OK);
        await _hub.Forecast();
        await _hub.Put(
            _server, [.. Enumerable.Range(1, 10).Select(_hub.Agent)], [.. Enumerable.Range(1, 6).Select(i => (_hub.Agent(i), i % 2, 8))], isDraft: false,
            days: 7, from: 0);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test, Order(1)]
    public async Task Outlook_NothingHasComeIn_IsThePriorAndSaysSo()
    {
        var crisis = await Declare(null);

        var queue = (await Outlook(crisis))["queues"]!.AsArray().Single()!;

        ((string?)queue["queue"], queue["asOf"], (double)queue["observed"]!).Should().Be(("co-a-review", null, 0));
        ((double)queue["factorNow"]!).Should().BeGreaterThan(1);
        await End(crisis);
    }

    [Test, Order(2)]
    public async Task Outlook_ThreeTimesTheUsual_LearnsItAndRefitsWithEveryImport()
    {
        var crisis = await Declare(null);
        await Import(hours: 2, factor: 3);
        var first = (await Outlook(crisis))["queues"]![0]!;
        await Import(hours: 5, factor: 3);
        var outlook = await Outlook(crisis);
        var queue = outlook["queues"]![0]!;

        ((string?)first["asOf"], (string?)queue["asOf"]).Should().Be(("2025-07-28T09:00:00Z", "2025-07-28T12:00:00Z"));
        ((double)queue["observed"]!).Should().BeGreaterThan((double)first["observed"]!);
        ((double)queue["factorNow"]!).Should().BeInRange(2, 4);
        var (early, late) = (first["ahead"]!, queue["ahead"]!);
        Width(late).Should().BeLessThan(Width(early), "more hours make it surer");
        new[] { "p10", "p50", "p90" }.Select(p => (double)late[p]!).Should().BeInAscendingOrder();
        ((double)late["mean"]!).Should().BeGreaterThan(1.5 * (double)late["usual"]!);
        queue["courses"]!.AsArray().Sum(c => (double)c!["probability"]!).Should().BeApproximately(1, 1e-9);

        var sums = outlook["sums"]!.AsArray();
        sums.Select(s => ((string?)s!["by"], (string?)s["name"])).Should().Equal(("all", ""), ("hub", "co-a"), ("language", "en"));
        sums.Should().OnlyContain(s => s!["hours"]!.AsArray().Count == 12);
        ((double)sums[0]!["ahead"]!["mean"]!).Should().BeApproximately((double)late["mean"]!, 0.02);
        await End(crisis);

        static double Width(JsonNode band) => (double)band["p90"]! - (double)band["p10"]!;
    }

    [Test, Order(3)]
    public async Task Outlook_NobodyOnTheQueue_TellsWhenTheLegalClockRunsOut()
    {
        var crisis = await Declare(null);
        await Import(hours: 5, factor: 3);

        var outlook = await Outlook(crisis);

        var clock = outlook["clocks"]!.AsArray().Single()!;
        ((bool)clock["isLegal"]!, (double)clock["turnaroundMinutes"]!, (double)clock["probability"]!).Should().Be((true, 120, 1));
        Instant.FromDateTimeOffset((DateTimeOffset)clock["earliest"]!).Should().BeInRange(Now + Duration.FromHours(2), Now + Duration.FromHours(2.5));
        outlook["notes"]!.AsArray().Select(n => (string?)n).Should().Contain(n => n!.Contains("Nobody told what is open", StringComparison.Ordinal));
        var services = outlook["services"]!.AsArray().ToDictionary(s => (string)s!["queue"]!, s => s!["figures"]!);
        ((double)services["co-a-review"]["probabilityClockKept"]!).Should().Be(0);
        services["co-a-chat"]["probabilityClockKept"].Should().BeNull("nobody promises a turnaround");
        await End(crisis);
    }

    [Test, Order(4)]
    public async Task Plan_WhatTheCrisisShows_KeepsTheClockAndSaysWhatItCosts()
    {
        var crisis = await Declare(null);
        await Import(hours: 5, factor: 3);

        var job = await Client.Finish(await Client.Post($"/api/v1/crises/{crisis["id"]}/plans", new { hours = 24 }));

        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        var plan = (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
        var surge = plan["surges"]!.AsArray().Single()!;
        ((string?)surge["group"], surge["hub"]).Should().Be(("review", null));
        ((double)surge["unmetHours"]!).Should().BeLessThan((double)surge["unmetBefore"]!);
        plan["hubs"]![0]!["moves"]!.AsArray().Should().NotBeEmpty();
        var effect = plan["effect"]!;
        ((int)effect["replications"]!).Should().BeGreaterThanOrEqualTo(40);
        var review = effect["queues"]!.AsArray().Single(q => (string?)q!["queue"] == "co-a-review")!;
        ((bool)review["isLegal"]!, (bool)review["isTouched"]!, (bool)review["isShared"]!).Should().Be((true, true, true));
        ((double)review["before"]!["probabilityClockKept"]!).Should().Be(0, "nobody works it");
        // The earliest deadline goes first: with too few people all are late, and the plan shows in what is left.
        ((double)review["after"]!["late"]!).Should().BeLessThanOrEqualTo((double)review["before"]!["late"]!);
        ((double)review["after"]!["left"]!).Should().BeLessThan((double)review["before"]!["left"]!);
        effect["queues"]!.AsArray().Where(q => (string?)q!["queue"] == "co-a-chat").All(q => !(bool)q!["isTouched"]! && !(bool)q["isShared"]!)
            .Should().BeTrue("where it is told, it lends people");
        await End(crisis);
    }

    [Test, Order(5)]
    public async Task Outlook_SizeIsTold_GoesByIt()
    {
        var crisis = await Declare(new { factor = 5.0, halfLifeHours = 1.0 });

        var queue = (await Outlook(crisis))["queues"]!.AsArray().Single()!;

        (queue["factorNow"], queue["courses"]).Should().Be((null, null));
        // Five hours after the start four times the usual are left halved five times: an eighth.
        ((double)queue["ahead"]!["mean"]!).Should().BeInRange(0.9 * (double)queue["ahead"]!["usual"]!, 1.3 * (double)queue["ahead"]!["usual"]!);
        await End(crisis);
    }

    [Test, Order(6)]
    public async Task Outlook_WhatCannotBe_IsToldSo()
    {
        var crisis = await Declare(null);
        (await Client.Get($"/api/v1/crises/{crisis["id"]}/outlook?hours=73")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get($"/api/v1/crises/{Guid.NewGuid()}/outlook")).Is(HttpStatusCode.NotFound);
        await End(crisis);

        var early = await Declare(null, "2025-07-20T00:00:00Z");
        (await Outlook(early))["notes"]!.AsArray().Select(n => (string?)n).Should()
            .Contain(n => n!.Contains("no published forecast from before", StringComparison.Ordinal));
        await End(early);
    }

    private async Task<JsonNode> Declare(object? expected, string since = "2025-07-28T07:00:00Z") => (await Client.Post("/api/v1/crises", new
    {
        name = "Attack",
        kind = "attack",
        severity = "S4",
        hubs = new[] { "co-a" },
        queues = new[] { "co-a-review" },
        from = since,
        expected,
    })).Is(HttpStatusCode.Created).Json;

    private async Task<JsonNode> Outlook(JsonNode crisis) =>
        (await Client.Get($"/api/v1/crises/{crisis["id"]}/outlook?hours=12")).Is(HttpStatusCode.OK).Json;

    private async Task End(JsonNode crisis) => (await Client.Call(
        HttpMethod.Post, $"/api/v1/crises/{crisis["id"]}:end", new { reason = "Over." }, "*")).Is(HttpStatusCode.OK);

    // About the usual of a Monday, 9 · 1.1 · (1 + 0.6 · sin), times a factor.
    private Task Import(int hours, double factor) => _hub.Import(_hub.Rows(
        _hub.Review, SmallOperation.CutOffDate,
        [.. Enumerable.Range(0, 2 * hours).Select(i => Math.Round(factor * 9.9 * (1 + (0.6 * Math.Sin(Math.PI * i / 23)))))]));
}
