using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.Activities;

/// <summary>Trainings and meetings over HTTP: planned, placed, moved, lost with their shifts and placed again, cancelled.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ActivityEndpointsTests(StoreKind kind)
{
    private const int People = 4;
    private static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Place_InADraft_ProposesThenStoresOneEdit()
    {
        var operation = await Plan("ac-place");
        var roster = await operation.Roster(new { days = 7 });
        var activity = await Create(operation, Body(operation, "alone"));

        var proposal = (await Client.Post($"/api/v1/rosters/{roster["id"]}/activities:place?check=true", new { })).Is(HttpStatusCode.OK).Json;

        ((bool)proposal["stored"]!).Should().BeFalse();
        ((int)proposal["placed"]!).Should().Be(People, proposal.ToJsonString());
        (await State(activity)).Should().Be("planned");

        var placed = (await Client.Post($"/api/v1/rosters/{roster["id"]}/activities:place", new { reason = "Week of trainings" })).Is(HttpStatusCode.OK).Json;

        ((bool)placed["stored"]!).Should().BeTrue();
        placed["effect"]!["broken"]!.AsArray().Should().BeEmpty();
        var now = await Get(activity);
        ((string?)now["state"]).Should().Be("placed");
        now["sessions"]!.AsArray().Should().HaveCount(People).And.OnlyContain(s => !(bool)s!["inForce"]!);
        (await Segments(roster, "training")).Should().HaveCount(People);
        var edits = (await Client.Get($"/api/v1/rosters/{roster["id"]}/edits")).Json["items"]!.AsArray();
        edits.Should().ContainSingle();
        ((string?)edits[0]!["cause"]).Should().Be("activity");
        ((string?)edits[0]!["reason"]).Should().Be("Week of trainings");
        var again = (await Client.Post($"/api/v1/rosters/{roster["id"]}/activities:place", new { })).Is(HttpStatusCode.OK).Json;
        ((int)again["placed"]!).Should().Be(0, "nobody waits any more");
    }

    [Test]
    public async Task Roster_MadeWithWaitingActivities_HasThemFromTheStart()
    {
        var operation = await Plan("ac-draft");
        var activity = await Create(operation, Body(operation, "together"));

        var roster = await operation.Roster(new { days = 7 });

        (await Segments(roster, "training")).Should().NotBeEmpty();
        var now = await Get(activity);
        ((string?)now["state"]).Should().Be("placed", now.ToJsonString());
        var coverage = (await Client.Get($"/api/v1/rosters/{roster["id"]}/coverage")).Is(HttpStatusCode.OK).Json;
        coverage.AsArray().Should().NotBeEmpty();
        (await Publish(roster)).Is(HttpStatusCode.OK);
        now = await Get(activity);
        now["sessions"]!.AsArray().Should().OnlyContain(s => (bool)s!["inForce"]!);
        var fortnight = await operation.Roster(new { days = 14, seed = 2 });
        (await Segments(fortnight, "training")).Should().Equal(await Segments(roster, "training"), "published days keep their segments, and nobody waits");
    }

    [Test]
    public async Task TimeOff_OnAPlacedDay_PutsThePersonBackAndTheNextPlacementFindsAnother()
    {
        var operation = await Plan("ac-lost");
        var activity = await Create(operation, Body(operation, "alone"));
        var roster = await operation.Roster(new { days = 7 });
        (await Publish(roster)).Is(HttpStatusCode.OK);
        var session = (await Get(activity))["sessions"]!.AsArray()[0]!;
        var agent = (string)session["agents"]!.AsArray().Single()!;
        var day = ((string)session["localStart"]!)[..10];
        var next = LocalDatePattern.Iso.Format(LocalDatePattern.Iso.Parse(day).Value.PlusDays(1));

        (await Client.Post($"/api/v1/agents/{agent}/time-off", new { type = "sick", localStart = $"{day}T00:00", localEnd = $"{next}T00:00" }))
            .Is(HttpStatusCode.Created);

        var now = await Get(activity);
        ((string?)now["state"]).Should().Be("planned");
        now["missing"]!.AsArray().Should().ContainSingle(m => (string?)m!["agent"] == agent && (string?)m["code"] == "lost");
        var open = (await Client.Get($"/api/v1/activities?hub={operation.Hub}&state=planned")).Json["items"]!.AsArray();
        open.Should().ContainSingle(a => (string?)a!["id"] == (string?)now["id"]);
        var placed = (await Client.Post($"/api/v1/rosters/{roster["id"]}/activities:place", new { })).Is(HttpStatusCode.OK).Json;
        ((int)placed["placed"]! + (int)placed["missing"]!).Should().Be(1, "one waits, and has a place or a reason");
    }

    [Test]
    public async Task Move_ToAnotherTimeAndToTheBest_MovesTheSegment()
    {
        var operation = await Plan("ac-move");
        var activity = await Create(operation, Body(operation, "together") with { Agents = [operation.Agent(1)] });
        var roster = await operation.Roster(new { days = 7 });
        var before = (await Get(activity))["sessions"]!.AsArray().Single()!;
        var paid = await Paid(roster);

        var best = (await Client.Post($"{activity}:move?check=true", new { })).Is(HttpStatusCode.OK).Json;
        ((string?)best["activities"]![0]!["sessions"]![0]!["start"]).Should().Be((string?)before["start"], "it lies best where it lies");
        var refused = (await Client.Post($"{activity}:move", new { localStart = ((string)before["localStart"]!)[..10] + "T03:00:00" }))
            .Is(HttpStatusCode.UnprocessableEntity);
        refused.ErrorOf("/start").Should().Contain(operation.Agent(1));
        (await Client.Post($"{activity}:move", new { localStart = "2024-01-01T10:00:00" })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/localStart").Should().Contain("in the past");

        var shift = (await Shifts(roster)).Single(s => s["activities"]!.AsArray().Any(a => (string?)a!["kind"] == "training"));
        var other = shift["activities"]!.AsArray().Where(a => (string?)a!["kind"] == "work").Select(a => (Start: Time(a!, "start"), End: Time(a!, "end")))
            .First(w => w.End - w.Start >= Duration.FromMinutes(60)).Start;
        (await Client.Post($"{activity}:move", new { start = InstantPattern.ExtendedIso.Format(other) })).Is(HttpStatusCode.OK);

        (await Segments(roster, "training")).Should().ContainSingle().Which.Should().Contain(InstantPattern.ExtendedIso.Format(other));
        (await Paid(roster)).Should().Be(paid, "the work is given back");
        ((string?)(await Get(activity))["state"]).Should().Be("placed");
    }

    [Test]
    public async Task Cancel_PlacedActivity_GivesTheWorkBack()
    {
        var operation = await Plan("ac-cancel");
        var plain = await operation.Roster(new { days = 7 });
        var activity = await Create(operation, Body(operation, "alone"));
        (await Client.Post($"/api/v1/rosters/{plain["id"]}/activities:place", new { })).Is(HttpStatusCode.OK);

        var cancelled = (await Client.Post($"{activity}:cancel", new { reason = "Trainer ill" })).Is(HttpStatusCode.OK).Json;

        ((string?)cancelled["state"]).Should().Be("cancelled");
        (await Segments(plain, "training")).Should().BeEmpty();
        (await Client.Post($"{activity}:move", new { })).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Attendance_PlacedAndMissing_HasARowForEverybody()
    {
        var operation = await Plan("ac-attend");
        var activity = await Create(operation, Body(operation, "alone"));
        (await Client.Get($"{activity}/attendance")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Should().HaveCount(People).And.OnlyContain(r => (string?)r!["code"] == "notTried" && !(bool)r["expected"]!);

        await operation.Roster(new { days = 7 });

        (await Client.Get($"{activity}/attendance")).Json["items"]!.AsArray().Select(r => (string?)r!["agent"]).Should()
            .Equal(Enumerable.Range(1, People).Select(operation.Agent));
    }

    [Test]
    public async Task Create_WhatCannotBe_NamesItAll()
    {
        var operation = await Plan("ac-bad");
        await SmallOperation.SetUp(Client, "ac-other");
        var body = Body(operation, "alone") with
        {
            Code = "jogging",
            Minutes = 600,
            Agents = [operation.Agent(1), operation.Agent(1), "nobody"],
            Coach = operation.Agent(1),
            From = "2024-01-01",
            To = "2024-01-07",
            TimeTo = "08:30:00",
        };

        var answer = (await Client.Post("/api/v1/activities", body)).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorOf("/code").Should().Contain("no activity code 'jogging'");
        answer.ErrorOf("/minutes").Should().Contain("longer than any shift");
        answer.ErrorOf("/timeTo").Should().Contain("are 30 minutes");
        answer.ErrorOf("/to").Should().Contain("in the past");
        answer.ErrorOf("/agents/1").Should().Contain("twice");
        answer.ErrorOf("/agents/2").Should().Contain("'nobody'");
        answer.ErrorOf("/coach").Should().Contain("take part");
        (await Client.Post("/api/v1/activities", Body(operation, "alone") with { Hub = "ac-other" })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/agents/0").Should().Contain("is of hub 'ac-bad'");
        (await Client.Post("/api/v1/activities", Body(operation, "alone") with { Code = "meal" })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/code").Should().Contain("activities do not");
        (await Client.Post("/api/v1/activities", Body(operation, "groups"))).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/groupSize").Should()
            .Contain("needed for groups");
    }

    [Test]
    public async Task Segment_OfAnUnknownCode_IsRefused()
    {
        var operation = await Plan("ac-code");
        var roster = await operation.Roster(new { days = 7 });
        var shift = (await Shifts(roster))[0];
        var edit = new
        {
            reason = "x",
            operations = new[]
            {
                new { kind = "segment", agent = (string?)shift["agent"], date = (string?)shift["date"], activity = "jogging", start = (string?)shift["start"],
                    end = InstantPattern.ExtendedIso.Format(Time(shift, "start") + Duration.FromMinutes(60)) },
            },
        };
        (await Client.Post($"/api/v1/rosters/{roster["id"]}/edits?check=true", edit)).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/operations/0/activity")
            .Should().Contain("no activity code 'jogging'");
    }

    [Test]
    public async Task DeleteCode_OfAnActivityAndAShift_IsRefused()
    {
        var operation = await Plan("ac-use");
        (await Client.Post("/api/v1/activity-codes", new { code = "ac-use-course", name = "Course", kind = "training", countsAsWorkingTime = true }))
            .Is(HttpStatusCode.Created);
        await Create(operation, Body(operation, "alone") with { Code = "ac-use-course" });
        await operation.Roster(new { days = 7 });

        var answer = (await Client.Delete("/api/v1/activity-codes/ac-use-course", "*")).Is(HttpStatusCode.Conflict);

        answer.Text.Should().Contain("activities").And.Contain("shifts").And.Contain("active");
    }

    private static Request Body(SmallOperation operation, string grouping) => new(
        "training", "New policy", 60, operation.Hub, [.. Enumerable.Range(1, People).Select(operation.Agent)], grouping, null, "2025-07-28", "2025-08-03",
        "08:00:00", "20:00:00");

    private async Task<SmallOperation> Plan(string hub)
    {
        var operation = await SmallOperation.SetUp(Client, hub);
        await operation.AddPeople(People);
        await operation.ImportHistory();
        await operation.Forecast();
        await operation.Requirement();
        return operation;
    }

    private async Task<string> Create(SmallOperation operation, Request body) =>
        (await Client.Post("/api/v1/activities", body with { Hub = operation.Hub })).Is(HttpStatusCode.Created).Headers.Location!.ToString();

    private async Task<JsonNode> Get(string activity) => (await Client.Get(activity)).Is(HttpStatusCode.OK).Json;

    private async Task<string?> State(string activity) => (string?)(await Get(activity))["state"];

    private async Task<ApiAnswer> Publish(JsonNode roster) => await Client.Post($"/api/v1/rosters/{roster["id"]}:publish", new { });

    private async Task<List<JsonNode>> Shifts(JsonNode roster) =>
        [.. (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(s => s!)];

    private async Task<int> Paid(JsonNode roster) => (await Shifts(roster)).Sum(s => (int)s["paidMinutes"]!);

    private async Task<List<string>> Segments(JsonNode roster, string code) =>
    [
        .. (await Shifts(roster)).SelectMany(s => s["activities"]!.AsArray().Where(a => (string?)a!["kind"] == code)
            .Select(a => $"{s["agent"]} {InstantPattern.ExtendedIso.Format(Time(a!, "start"))}")),
    ];

    private static Instant Time(JsonNode node, string name) => InstantPattern.ExtendedIso.Parse((string)node[name]!).Value;

    private sealed record Request(
        string Code, string Title, int Minutes, string Hub, string[] Agents, string Grouping, string? Coach, string From, string To, string TimeFrom,
        string TimeTo);
}
