using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Repair;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterRepairEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Wednesday = SmallOperation.CutOffDate.PlusDays(2);
    private PlannedOperation _planned = null!;
    private JsonNode _repaired = null!;
    private JsonNode _own = null!;

    private string Own => $"rp-own-{Kind.ToString().ToLowerInvariant()}";

    private string Original => $"/api/v1/rosters/{_planned.Roster["id"]}";

    private string Repaired => $"/api/v1/rosters/{_repaired["id"]}";

    private JsonObject Absence => new() { ["agent"] = _planned.Operation.Agent(1), ["start"] = Midnight(Wednesday), ["end"] = Midnight(Wednesday.PlusDays(5)) };

    protected override async Task Prepare()
    {
        _planned = await PlannedOperations.Get(Kind, Client);
        _repaired = await Repair(new JsonObject { ["absences"] = new JsonArray(Absence) });
        _own = await (await SmallOperation.Staffed(Client, Own)).Roster();
    }

    [Test]
    public async Task Repair_Absence_MakesALegalDraftWithoutTheAbsent()
    {
        ((string?)_repaired["state"]).Should().Be("draft");
        ((int)_repaired["revision"]!).Should().BeGreaterThan((int)_planned.Roster["revision"]!);
        (await Client.Get($"{Repaired}/violations")).Json.AsArray().Should().NotContain(v => (bool)v!["hard"]!);
        var shifts = await Shifts(Repaired);
        shifts.Should().NotContain(s => (string?)s!["agent"] == _planned.Operation.Agent(1) && Date(s) >= Wednesday && Date(s) < Wednesday.PlusDays(5));
        shifts.Should().HaveCount((int)_repaired["summary"]!["shifts"]!);
    }

    [Test]
    public async Task Changes_OfARepair_AreItsWholeDifferenceAndLinkTheOriginal()
    {
        var changes = (await Client.Get($"{Repaired}/changes")).Is(HttpStatusCode.OK).Json;

        changes["originalId"]!.ToString().Should().Be(_planned.Roster["id"]!.ToString());
        var days = changes["changes"]!.AsArray();
        days.Where(d => (string?)d!["reason"] == "absence").Should().NotBeEmpty()
            .And.OnlyContain(d => (string?)d!["agent"] == _planned.Operation.Agent(1) && d["to"] == null && (bool)d["involved"]!);
        days.Should().OnlyContain(d => !string.IsNullOrEmpty((string?)d!["why"]) && Date(d) >= Wednesday.PlusDays(-1));
        ((int)changes["summary"]!["peopleChanged"]!).Should().Be(days.Select(d => (string?)d!["agent"]).Distinct().Count());
        ((double)changes["summary"]!["after"]!["coverage"]!).Should()
            .BeGreaterThan((double)changes["summary"]!["unrepaired"]!["coverage"]! - 0.02, "presence comes first, then coverage");
        var compared = (await Client.Get($"{Original}/compare?with={_repaired["id"]}")).Is(HttpStatusCode.OK).Json["changes"]!.AsArray();
        compared.Select(Key).Should().BeEquivalentTo(days.Select(Key));
    }

    [Test]
    public async Task Repair_From_LeavesTheDaysBefore()
    {
        var before = (await Shifts(Original)).Where(s => Date(s) < Wednesday.PlusDays(-1)).Select(Print).ToList();

        before.Should().NotBeEmpty();
        (await Shifts(Repaired)).Where(s => Date(s) < Wednesday.PlusDays(-1)).Select(Print).Should().BeEquivalentTo(before);
    }

    [Test]
    public async Task Repair_SameRequest_IsTheSameRepair()
    {
        var again = await Repair(new JsonObject { ["absences"] = new JsonArray(Absence) });

        (await Shifts($"/api/v1/rosters/{again["id"]}")).Select(Print).Should().BeEquivalentTo((await Shifts(Repaired)).Select(Print));
    }

    [Test]
    public async Task Repair_NothingChanged_ChangesNothing()
    {
        var same = await Repair([]);

        (await Client.Get($"/api/v1/rosters/{same["id"]}/changes")).Json["changes"]!.AsArray().Should().BeEmpty();
        ((double)same["summary"]!["penalty"]!).Should().BeApproximately((double)_planned.Roster["summary"]!["penalty"]!, 1e-6);
    }

    [Test]
    public async Task Repair_SurgeAndRequirement_AreTakenIn()
    {
        var surge = new JsonObject { ["group"] = "live", ["start"] = Midnight(Wednesday), ["end"] = Midnight(Wednesday.PlusDays(1)), ["factor"] = 1.5 };
        var result = await Repair(new JsonObject { ["surges"] = new JsonArray(surge), ["requirementId"] = _planned.Requirement["id"]!.ToString() });

        var summary = (await Client.Get($"/api/v1/rosters/{result["id"]}/changes")).Json["summary"]!;
        ((double)summary["after"]!["requiredHours"]!).Should().BeGreaterThan((double)summary["before"]!["requiredHours"]!);
    }

    [Test]
    public async Task Repair_NewAgent_IsTheOnlyOneWhoseDaysChange()
    {
        var operation = new SmallOperation(Client, Own);
        (
            await Client.Post(
                "/api/v1/agents", new AgentRequest
                {
                    Code = operation.Agent(11),
                    Name = "Newcomer",
                    Hub = Own,
                    Contract = $"{Own}-full",
                    Skills = [new AgentSkillData("live", 1)],
                })
        ).Is(HttpStatusCode.Created);

        var repaired = await Repair(new JsonObject { ["newAgents"] = new JsonArray(operation.Agent(11)) }, _own);

        var changes = (await Client.Get($"/api/v1/rosters/{repaired["id"]}/changes")).Json["changes"]!.AsArray();
        changes.Count(c => (string?)c!["agent"] == operation.Agent(11) && (string?)c["kind"] == "added").Should()
            .BeGreaterThan(4, "thirty hours a week are due");
    }

    [Test]
    public async Task Repair_PersonWhoHasLeft_GivesTheShiftsToOthers()
    {
        var operation = new SmallOperation(Client, Own);
        var leaver = (await Client.Get($"/api/v1/agents/{operation.Agent(3)}")).Is(HttpStatusCode.OK);
        var body = leaver.Json.AsObject();
        foreach (var name in body.Select(p => p.Key).Where(k => k is "id" or "etag" or "version" or "updatedAt").ToList())
        {
            body.Remove(name);
        }

        body["active"] = false;
        (await Client.Put($"/api/v1/agents/{operation.Agent(3)}", body.ToJsonString(), leaver.ETag)).Is(HttpStatusCode.OK);

        var repaired = await Repair([], _own);

        (await Shifts($"/api/v1/rosters/{repaired["id"]}")).Should()
            .OnlyContain(s => (string?)s!["agent"] != operation.Agent(3) || Date(s) < Wednesday.PlusDays(-1));
    }

    [Test]
    public async Task Repair_StricterPolicyVersionInsideThePeriod_HoldsFromItsFirstDay()
    {
        var operation = new SmallOperation(Client, Own);
        var secondWeek = SmallOperation.CutOffDate.PlusDays(7);
        (await Client.Post("/api/v1/labour-policies", operation.Law(restHours: 24) with { ValidFrom = secondWeek })).Is(HttpStatusCode.Created);

        var repaired = await Repair(
            new JsonObject
            {
                ["labourPolicy"] = new JsonObject { ["code"] = operation.Policy, ["validFrom"] = LocalDatePattern.Iso.Format(secondWeek) },
            },
            _own);

        foreach (var mine in (await Shifts($"/api/v1/rosters/{repaired["id"]}")).Where(s => Date(s) >= secondWeek).GroupBy(s => (string?)s!["agent"]))
        {
            var times = mine.Select(s => (Start: Time(s!["start"]), End: Time(s["end"]))).Order().ToList();
            times.Zip(times.Skip(1), (a, b) => b.Start - a.End).Should().OnlyContain(rest => rest >= Duration.FromHours(24));
        }

        (await Client.Get($"/api/v1/rosters/{repaired["id"]}/changes")).Json["changes"]!.AsArray()
            .Should().Contain(c => (string?)c!["reason"] == "rule" && ((string)c["why"]!).Contains("minimumDailyRest"));
    }

    [Test]
    public async Task Compare_TwoRosters_ShowsBothSides()
    {
        var comparison = (await Client.Get($"{Original}/compare?with={_repaired["id"]}")).Is(HttpStatusCode.OK).Json;

        foreach (var (side, roster) in new[] { ("first", _planned.Roster), ("second", _repaired) })
        {
            var figures = comparison[side]!;
            ((int)figures["shifts"]!).Should().Be((int)roster["summary"]!["shifts"]!);
            ((double)figures["paidHours"]!).Should().BeApproximately((double)roster["summary"]!["paidHours"]!, 1e-9);
            ((double)figures["coverage"]!["underHours"]!).Should().BeApproximately((double)roster["summary"]!["underHours"]!, 1e-6);
            figures["costs"]!.AsObject().Sum(c => (double)c.Value!).Should().BeApproximately((double)figures["penalty"]!, 1e-6);
        }
    }

    [Test]
    public async Task Compare_OtherHubOrUnknown_Is422()
    {
        (await Client.Get($"{Original}/compare?with={Guid.Empty}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("with");
        (await Client.Get($"{Original}/compare")).Is(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Changes_RosterThatRepairsNothing_Is404() =>
        ((string?)(await Client.Get($"{Original}/changes")).Is(HttpStatusCode.NotFound).Json["detail"]).Should().Contain("repairs no other");

    [Test]
    public async Task Bound_RosterWithoutOne_SaysWhy()
    {
        var bound = (await Client.Get($"{Repaired}/bound")).Is(HttpStatusCode.OK).Json;

        bound["lowerBound"].Should().BeNull();
        ((string?)bound["reason"]).Should().Contain("without");
        ((double)bound["penalty"]!).Should().Be((double)_repaired["summary"]!["penalty"]!);
    }

    [TestCase(
        """{"absences":[{"agent":"planned-99","start":"2025-07-30T00:00:00Z","end":"2025-07-31T00:00:00Z"}]}""", HttpStatusCode.UnprocessableEntity,
        "/absences/0/agent")]
    [TestCase(
        """{"absences":[{"agent":"planned-01","start":"2025-09-30T00:00:00Z","end":"2025-10-01T00:00:00Z"}]}""", HttpStatusCode.UnprocessableEntity,
        "/absences/0/end")]
    [TestCase(
        """{"absences":[{"agent":"planned-01","start":"2025-07-31T00:00:00Z","end":"2025-07-30T00:00:00Z"}]}""", HttpStatusCode.UnprocessableEntity,
        "/absences/0/end")]
    [TestCase("""{"absences":[{"agent":"planned-01","start":"2025-07-31T00:00:00Z"}]}""", HttpStatusCode.BadRequest, "/absences/0/end")]
    [TestCase(
        """{"surges":[{"group":"thai","start":"2025-07-30T00:00:00Z","end":"2025-07-31T00:00:00Z","factor":2}]}""", HttpStatusCode.UnprocessableEntity,
        "/surges/0/group")]
    [TestCase("""{"surges":[{"start":"2025-07-30T00:00:00Z","end":"2025-07-31T00:00:00Z","factor":-1}]}""", HttpStatusCode.BadRequest, "/surges/0/factor")]
    [TestCase("""{"newAgents":["planned-99"]}""", HttpStatusCode.UnprocessableEntity, "/newAgents/0")]
    [TestCase("""{"newAgents":["planned-02"]}""", HttpStatusCode.UnprocessableEntity, "/newAgents/0")]
    [TestCase("""{"requirementId":"00000000-0000-0000-0000-000000000000"}""", HttpStatusCode.UnprocessableEntity, "/requirementId")]
    [TestCase("""{"labourPolicy":{"code":"planned-law","validFrom":"2031-01-01"}}""", HttpStatusCode.UnprocessableEntity, "/labourPolicy/validFrom")]
    [TestCase("""{"maximumMoves":-1}""", HttpStatusCode.BadRequest, "/maximumMoves")]
    public async Task Repair_UnusableValue_NamesTheField(string body, HttpStatusCode status, string field)
    {
        var request = JsonNode.Parse(body)!.AsObject();
        request["from"] = Midnight(SmallOperation.CutOffDate);
        (await Client.Post($"{Original}:repair", request.ToJsonString())).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task Repair_RosterThatIsOver_Is422() => // the clock is years after the roster, and nothing else is said
        (await Client.Post($"{Original}:repair", "{}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/from");

    [Test]
    public async Task Access_ManagerOfAnotherHub_Is403Everywhere()
    {
        var operation = await SmallOperation.SetUp(Client, $"rp-other-{Kind.ToString().ToLowerInvariant()}");
        using var stranger = Server.ClientWith((string?)(
                    await Client.Post(
                        "/api/v1/api-keys", new
                        {
                            name = "rp",
                            role = "hub-manager",
                            hubs = new[] { operation.Hub },
                        })
                ).Is(HttpStatusCode.Created).Json["key"]);

        foreach (var path in new[] { $"{Repaired}/changes", $"{Original}/compare?with={_repaired["id"]}", $"{Original}/bound" })
        {
            (await stranger.Get(path)).Is(HttpStatusCode.Forbidden);
        }

        (await stranger.Post($"{Original}:repair", "{}")).Is(HttpStatusCode.Forbidden);
    }

    private async Task<JsonNode> Repair(JsonObject request, JsonNode? roster = null)
    {
        request["from"] ??= Midnight(Wednesday.PlusDays(-1));
        request["maximumMoves"] = 5_000;
        var job = await Client.Finish(await Client.Post($"/api/v1/rosters/{(roster ?? _planned.Roster)["id"]}:repair", request.ToJsonString()));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        return (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
    }

    private async Task<JsonArray> Shifts(string roster) => (await Client.Get($"{roster}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static string Midnight(LocalDate date) => InstantPattern.ExtendedIso.Format(SmallOperation.Zone.AtStartOfDay(date).ToInstant());

    private static LocalDate Date(JsonNode? node) => LocalDatePattern.Iso.Parse((string)node!["date"]!).Value;

    private static Instant Time(JsonNode? node) => InstantPattern.ExtendedIso.Parse((string)node!).Value;

    private static (string?, string?, string?) Key(JsonNode? change) => ((string?)change!["agent"], (string?)change["date"], (string?)change["kind"]);

    private static string Print(JsonNode? shift) =>
        $"{shift!["agent"]} {shift["date"]} {shift["template"]} {shift["start"]} {shift["activities"]!.ToJsonString()}";
}
