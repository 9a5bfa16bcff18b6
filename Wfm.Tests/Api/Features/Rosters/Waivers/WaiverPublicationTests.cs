using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.Rosters.Waivers.WaiverBench;

namespace Wfm.Tests.Api.Features.Rosters.Waivers;

/// <summary>What stands under a waiver when rosters are published: it comes into force under one that holds then, and says so as long as it stands.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class WaiverPublicationTests(StoreKind kind)
{
    private WaiverBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await WaiverBench.Start(kind);

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Publish_DraftEditedUnderAWaiver_IsInForceUnderIt()
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis("wp-draft");
        var waiver = await _bench.Waive(hub.Hub);
        var draft = await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 2, 12)], isDraft: true);
        (await _bench.Move(draft, ann, 2, 8)).Is(HttpStatusCode.OK);

        Rests(await _bench.Violations(draft)).Should().Equal((string?)waiver["id"]);
        (await _bench.Publish(draft)).Is(HttpStatusCode.OK);

        Rests(await _bench.Violations(draft)).Should().Equal((string?)waiver["id"]);
        (await _bench.Record(crisis)).Select(u => ((string?)u["roster"], (int?)u["edit"], (string?)u["waiver"])).Should()
            .Equal((draft.ToString(), null, (string?)waiver["id"]), (draft.ToString(), 1, (string?)waiver["id"]));
        ((int)(await _bench.Waiver(waiver))["uses"]!).Should().Be(2);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Publish_DraftEditedUnderAWaiverThatHoldsNoMore_IsRefusedUntilThereIsAnother(bool isRevoked)
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis($"wp-late-{(isRevoked ? "revoked" : "ended")}");
        var waiver = await _bench.Waive(hub.Hub);
        var draft = await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 2, 12)], isDraft: true);
        (await _bench.Move(draft, ann, 2, 8)).Is(HttpStatusCode.OK);
        (isRevoked ? await _bench.Revoke(waiver) : await _bench.End(crisis)).Is(HttpStatusCode.OK);

        var refused = (await _bench.Publish(draft)).Is(HttpStatusCode.Conflict);

        var violation = refused.Json["violations"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)violation["rule"], (string?)violation["agent"], (string?)violation["waiver"]).Should().Be((Rest, ann, null));
        ((string?)violation["message"]).Should().Contain(House).And.Contain((string?)waiver["id"])
            .And.Contain(isRevoked ? "was revoked" : "ended with the crisis");

        if (!isRevoked)
        {
            await _bench.Declare(hub.Hub);
        }

        var another = await _bench.Waive(hub.Hub);
        (await _bench.Publish(draft)).Is(HttpStatusCode.OK);
        (await Last(hub)).Should().Be((string?)another["id"]);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Publish_BreachAcrossTheEdge_NeedsAWaiver(bool isWaived)
    {
        var (hub, ann, _, crisis) = await _bench.InCrisis($"wp-edge-{isWaived}".ToLowerInvariant());
        await _bench.Roster(hub, [ann], [(ann, 6, 14)], days: 7);
        var next = await _bench.Roster(hub, [ann], [(ann, 7, 8)], isDraft: true, days: 7, from: 7); // as if made before the week was in force
        var waiver = isWaived ? await _bench.Waive(hub.Hub, new { from = Day(6), to = Day(7) }) : null;

        var answer = await _bench.Publish(next);

        answer.Is(isWaived ? HttpStatusCode.OK : HttpStatusCode.Conflict);
        Rests(await _bench.Violations(next)).Should().Equal((string?)waiver?["id"]);
        (await _bench.Record(crisis)).Select(u => ((string?)u["from"], (string?)u["to"], (double)u["amount"]!, (int?)u["edit"])).Should()
            .Equal(isWaived ? [(Day(6), Day(7), 60.0, (int?)null)] : []);
    }

    [Test]
    public async Task Publish_RosterThatTakesOverAShiftUnderAWaiver_IsNotRefusedAndSaysSo()
    {
        var (hub, ann, bob, crisis) = await _bench.InCrisis("wp-over");
        var waiver = await _bench.Waive(hub.Hub);
        var roster = await _bench.LateThenNoon(hub, ann);
        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        (await _bench.End(crisis)).Is(HttpStatusCode.OK);

        // The days as they stand, with somebody more; and the week from the Wednesday on, across whose edge the breach lies.
        var whole = await _bench.Roster(hub, [ann, bob], [(ann, 1, 14), (ann, 2, 8), (bob, 3, 8)], isDraft: true);
        var rest = await _bench.Roster(hub, [ann], [(ann, 2, 8)], isDraft: true, days: 7, from: 2);

        foreach (var draft in new[] { whole, rest })
        {
            Rests(await _bench.Violations(draft)).Should().Equal([(string?)waiver["id"]], "the planner sees it before publishing");
            (await _bench.Publish(draft)).Is(HttpStatusCode.OK);
            Rests(await _bench.Violations(draft)).Should().Equal([(string?)waiver["id"]], "and everybody afterwards");
        }

        (await _bench.Record(crisis)).Should().ContainSingle("publishing what stands already breaks nothing anew");
    }

    [Test]
    public async Task Publish_RosterThatBreaksItFurther_IsRefused()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("wp-further");
        await _bench.Waive(hub.Hub, new { maximumAmount = 60.0 });
        var roster = await _bench.LateThenNoon(hub, ann);
        (await _bench.Move(roster, ann, 2, 8)).Is(HttpStatusCode.OK);
        var further = await _bench.Roster(hub, [ann], [(ann, 2, 7)], isDraft: true, days: 7, from: 2);

        (await _bench.Publish(further)).Is(HttpStatusCode.Conflict).Json["violations"]![0]!["message"]!.ToString().Should()
            .Contain("allows 60 minutes, the breach is 120 minutes");
    }

    [Test]
    public async Task Publish_ALawBehindAWaivedRuleOfTheSameKind_IsRefused()
    {
        var (hub, ann, _, _) = await _bench.InCrisis("wp-law");
        await _bench.Waive(hub.Hub, new { maximumAmount = 600, restHours = 10 });
        await _bench.Roster(hub, [ann], [(ann, 1, 14), (ann, 2, 7)]); // two hours short of the house's eleven, in force
        var short1 = await _bench.Roster(hub, [ann], [(ann, 2, 5)], isDraft: true, days: 7, from: 2); // four short of them, one short of the law's eight

        var violations = (await _bench.Publish(short1)).Is(HttpStatusCode.Conflict).Json["violations"]!.AsArray();

        violations.Should().ContainSingle().Which!["message"]!.ToString().Should().Contain(Act);
    }

    private static List<string?> Rests(IEnumerable<JsonNode> violations) =>
        [.. violations.Where(v => (string?)v["rule"] == Rest).Select(v => (string?)v["waiver"])];

    private async Task<string?> Last(SmallOperation hub)
    {
        var crises = (await _bench.Client.Get($"/api/v1/crises?hub={hub.Hub}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        var uses = new List<JsonNode>();
        foreach (var crisis in crises)
        {
            uses.AddRange(await _bench.Record(crisis!));
        }

        return uses.OrderByDescending(u => (string?)u["id"], StringComparer.Ordinal).Select(u => (string?)u["waiver"]).First();
    }
}
