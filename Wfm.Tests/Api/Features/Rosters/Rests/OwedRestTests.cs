using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.Rosters.Waivers;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Rosters.Rests;

/// <summary>
/// Rest owed for a rule that was broken under a waiver. Ann works on Tuesday from 14:00 to 22:00 and, once an edit has broken her eleven hours, on Wednesday
/// from 08:00 to 16:00, then on Thursday and Friday from 12:00 to 20:00. She is due eleven hours between shifts and two days off a week anyway.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class OwedRestTests(StoreKind kind)
{
    private WaiverBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await WaiverBench.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TearDown]
    public void SetClockBack() => _bench.Clock.Reset(Now);

    // The night after Wednesday gives 20 h − 11 h = 9 h, the weekend 52 h − 11 h − a day off due (the other is Monday) = 17 h.
    [TestCase(2, "planned", 2, 16)]
    [TestCase(12, "planned", 4, 20)]
    [TestCase(20, "missing", null, null)]
    public async Task List_AfterABreach_SaysWhatGivesTheRest(double hours, string state, int? day, int? hour)
    {
        var (hub, ann, waiver, crisis) = await Broken($"or-{state}-{hours}", hours, 6);

        var owed = (await Owed(hub)).Should().ContainSingle().Subject;

        ((string?)owed["agent"], (string?)owed["rule"], (string?)owed["waiver"], (string?)owed["crisis"]).Should()
            .Be((ann, Rest, (string?)waiver["id"], (string?)crisis["id"]));
        ((double)owed["restHours"]!, (string?)owed["restFrom"], (string?)owed["restBy"]).Should().Be((hours, Text(At(2, 16)), Day(6)));
        ((string?)owed["state"], (string?)owed["givenFrom"]).Should().Be((state, day is null ? null : Text(At(day.Value, hour!.Value))));
        if (state == "missing")
        {
            var finding = owed["finding"]!;
            ((string?)finding["rule"], (double)finding["amount"]!, (string?)finding["unit"], (bool)finding["hard"]!).Should()
                .Be(("compensatingRest", 180, "minutes", false), "17 of 20 hours");
            finding["limits"]!.ToJsonString().Should().Be("""{"hours":20,"days":5}""");
            ((string?)finding["text"]).Should().EndWith($"{Rest}: {Rest} by {House}.");
            ((string?)finding["source"]).Should().Be($"waiver {waiver["id"]}, approved by Aoife Byrne, head of operations; {House}");
        }
        else
        {
            owed["finding"].Should().BeNull();
        }
    }

    [Test]
    public async Task List_DaysNotPublishedYet_IsOpenAndLaterOverdue()
    {
        var (hub, _, _, _) = await Broken("or-open", 30, 13); // published are the seven days from the Monday
        var open = (await Owed(hub)).Single();
        ((string?)open["state"], (double)open["longestHours"]!, open["finding"]).Should().Be(("open", 17, null));

        await _bench.Roster(hub, [hub.Agent(1)], [.. Enumerable.Range(7, 7).Select(day => (hub.Agent(1), day, 12))], days: 7, from: 7);
        var missing = (await Owed(hub)).Single(); // the weekend lasts until Monday noon: 64 h − 11 h − the one day off due in it
        ((string?)missing["state"], (double)missing["longestHours"]!).Should().Be(("missing", 29));

        _bench.Clock.Reset(At(14, 0));
        var overdue = (await Owed(hub, "&state=overdue")).Single();
        ((double)overdue["finding"]!["amount"]!).Should().Be(60);
        (await Owed(hub, "&state=missing")).Should().BeEmpty();
    }

    [Test]
    public async Task List_RestThatIsOver_IsGiven()
    {
        var (hub, _, _, _) = await Broken("or-given", 12, 6);
        _bench.Clock.Reset(At(7, 0));

        var given = (await Owed(hub)).Single();

        ((string?)given["state"], (string?)given["givenTo"]).Should().Be(("given", Text(At(7, 0))));
    }

    [Test]
    public async Task Edit_ThatTakesTheRestAway_IsToldSo()
    {
        var (hub, ann, _, _) = await Broken("or-lost", 12, 6);
        var roster = Guid.Parse((string)(await Client.Get($"/api/v1/rosters?hub={hub.Hub}")).Json["items"]![0]!["id"]!);
        var shift = new { template = $"{hub.Hub}-early", start = "08:00:00", group = "live" };

        var taken = (await _bench.Edit(roster, "?check=true", new { kind = "assign", agent = ann, date = Day(5), shift })).Is(HttpStatusCode.OK).Json;

        var missed = taken["missed"]!.AsArray().Should().ContainSingle(m => (string?)m!["rule"] == "compensatingRest").Subject!;
        ((string?)missed["agent"], (double)missed["amount"]!, (bool)missed["hard"]!).Should().Be((ann, 180, false), "9 of 12 hours are left");
        var moved = (await _bench.Move(roster, ann, 4, 11, "?check=true")).Is(HttpStatusCode.OK).Json;
        moved["missed"]!.AsArray().Should().NotContain(m => (string?)m!["rule"] == "compensatingRest", "the weekend stays");
    }

    [Test]
    public async Task List_BreachTakenBack_OwesNothing()
    {
        var (hub, _, _, _) = await Broken("or-undone", 2, 6);
        var roster = (string)(await Client.Get($"/api/v1/rosters?hub={hub.Hub}")).Json["items"]![0]!["id"]!;

        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster}/edits/1:undo", new { }, "*")).Is(HttpStatusCode.OK);

        (await Owed(hub)).Should().BeEmpty();
    }

    [Test]
    public async Task List_BreachOfADraft_IsOwedOnceItIsPublished()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("or-draft");
        var roster = await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 2, 12)], isDraft: true);
        await _bench.Waive(hub.Hub);
        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        (await Owed(hub)).Should().BeEmpty("nobody works a draft");

        (await _bench.Publish(roster)).Is(HttpStatusCode.OK);

        (await Owed(hub)).Should().ContainSingle("the draft and its publication are one breach").Which["state"]!.ToString().Should().Be("planned");
    }

    [Test]
    public async Task List_WhatCannotBe_IsRefused()
    {
        (await Client.Get("/api/v1/owed-rests?hub=nowhere")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get("/api/v1/owed-rests")).Is(HttpStatusCode.BadRequest);
        (await Client.Get("/api/v1/owed-rests?hub=nowhere&state=lost")).Is(HttpStatusCode.BadRequest);
    }

    private async Task<(SmallOperation Hub, string Ann, JsonNode Waiver, JsonNode Crisis)> Broken(string code, double restHours, int restBy)
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis(code);
        var roster = await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 2, 12), (ann, 3, 12), (ann, 4, 12)], days: 7);
        var waiver = await _bench.Waive(hub.Hub, new { restHours, restBy = Day(restBy) });
        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        return (hub, ann, waiver, crisis);
    }

    private async Task<List<JsonNode>> Owed(SmallOperation hub, string query = "") =>
        [.. (await Client.Get($"/api/v1/owed-rests?hub={hub.Hub}{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(o => o!)];
}
