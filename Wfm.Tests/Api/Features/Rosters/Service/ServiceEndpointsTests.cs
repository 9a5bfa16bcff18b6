using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Service;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ServiceEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;
    private JsonNode _roster = null!;
    private JsonNode _service = null!;

    private string Path => $"/api/v1/rosters/{_roster["id"]}";

    protected override async Task Prepare()
    {
        _planned = await PlannedOperations.Get(Kind, Client);
        _roster = await _planned.Operation.Roster(new { seed = 5 }); // of its own, so that checks here change no other test
        _service = await Check(_roster, new { replications = 12 });
    }

    [Test]
    public void Check_Roster_TellsEveryQueueWithItsGoal()
    {
        var queues = _service["queues"]!.AsArray();

        queues.Select(q => (string?)q!["queue"]).Should().BeEquivalentTo(_planned.Operation.Chat, _planned.Operation.Review);
        queues.Select(q => q!["probabilityGoalMet"]!).Should().OnlyContain(p =>
                (double)p["low"]! <= (double)p["mean"]!
                && (double)p["mean"]! <= (double)p["high"]!
                && (double)p["low"]! >= 0
                && (double)p["high"]! <= 1
                && (double)p["low"]! < (double)p["high"]!);
        var (chat, review) = (Of(_planned.Operation.Chat), Of(_planned.Operation.Review));
        ((double)chat["serviceLevel"]!["mean"]!).Should().BeInRange(0.3, 1, "the roster covers most of the requirement");
        chat["turnaround"].Should().BeNull();
        chat["probabilityNoBreach"].Should().BeNull();
        ((double)review["turnaround"]!["mean"]!).Should().BeInRange(0.02, 0.95, "people are too few for all of it, and what is late is served first");
        var undone = (double)_roster["summary"]!["undoneHours"]! / (double)_roster["summary"]!["dueHours"]!;
        undone.Should().BePositive();
        ((double)review["backlog"]!["mean"]! / (double)review["offered"]!).Should().BeApproximately(undone, 0.05, "what the roster lacks people for is left");
        ((double)review["occupancy"]!["mean"]!).Should().BeGreaterThan(0.9, "tickets wait for people, not people for tickets");
        review["serviceLevel"].Should().BeNull();
        ((int)_service["options"]!["replications"]!).Should().Be(12);
    }

    [Test]
    public void Check_Days_AreThoseOfTheRosterAndTheWorstIsOneOfThem()
    {
        foreach (var queue in _service["queues"]!.AsArray())
        {
            var days = queue!["days"]!.AsArray();
            days.Select(d => (string?)d!["date"]).Should().HaveCount(14).And.StartWith("2025-07-28").And.BeInAscendingOrder();
            ((double)days[0]!["offered"]!).Should().Be(0, "the first day is the warm-up");
            ((double)days[1]!["offered"]!).Should().BePositive();
            ((double)queue["worstDay"]!["inTime"]!).Should().Be(days.Where(d => d!["inTime"] is not null).Min(d => (double)d!["inTime"]!));
        }
    }

    [Test]
    public async Task Roster_Checked_CarriesTheSummaryAlsoInTheList()
    {
        ((int)(await Client.Get(Path)).Json["service"]!["queues"]!).Should().Be(2);
        var newest = (await Client.Get($"{Path}/service")).Json;
        var listed = (await Client.Get("/api/v1/rosters?hub=planned&limit=1000")).Json["items"]!.AsArray()
            .Single(r => (string?)r!["id"] == (string?)_roster["id"]);
        listed!["service"]!.ToJsonString().Should().Be(newest["summary"]!.ToJsonString());
    }

    [Test]
    public async Task Check_SameSeed_GivesTheSameAndWithoutShrinkageBetterService()
    {
        var again = await Check(_roster, new { replications = 12 });
        again["queues"]!.ToJsonString().Should().Be(_service["queues"]!.ToJsonString());

        var everybody = await Check(_roster, new { replications = 12, shrinkage = false });
        double Level(JsonNode service) =>
            (double)service["queues"]!.AsArray().Single(q => (string?)q!["queue"] == _planned.Operation.Chat)!["serviceLevel"]!["mean"]!;
        Level(everybody).Should().BeGreaterThan(Level(_service));
    }

    [Test]
    public async Task Check_WorkLimit_MakesFewerReplicationsAndSaysSo()
    {
        var limited = await Check(_roster, new { replications = 100, maximumContacts = 10_000 });

        ((int)limited["options"]!["replications"]!).Should().Be(10, "the fewest there are");
    }

    [Test]
    public async Task Check_AllSkills_LetsIdlePeopleHelp()
    {
        var shared = await Check(_roster, new { replications = 12, allSkills = true });

        ((bool)shared["options"]!["allSkills"]!).Should().BeTrue();
        ((double)shared["summary"]!["contacts"]!).Should().BePositive();
    }

    [Test]
    public async Task Get_NotYetChecked_Is404SayingWhatToDo()
    {
        var roster = await _planned.Operation.Roster(new { seed = 6, maximumMoves = 0 });

        (await Client.Get($"/api/v1/rosters/{roster["id"]}/service")).Is(HttpStatusCode.NotFound).Text.Should().Contain("POST");
        roster["service"].Should().BeNull();
    }

    [TestCase("""{"replications":1}""", HttpStatusCode.BadRequest, "/replications")]
    [TestCase("""{"replications":501}""", HttpStatusCode.BadRequest, "/replications")]
    [TestCase("""{"warmUpHours":-1}""", HttpStatusCode.BadRequest, "/warmUpHours")]
    [TestCase("""{"warmUpHours":"NaN"}""", HttpStatusCode.BadRequest, "/warmUpHours")]
    [TestCase("""{"maximumContacts":1}""", HttpStatusCode.BadRequest, "/maximumContacts")]
    [TestCase("""{"shrinkage":"no"}""", HttpStatusCode.BadRequest, "/shrinkage")]
    [TestCase("""{"speed":2}""", HttpStatusCode.BadRequest, "/speed")]
    public async Task Check_UnusableValue_NamesTheField(string body, HttpStatusCode status, string field) =>
        (await Client.Post($"{Path}/service", body)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Check_WarmUpAsLongAsTheRoster_Is422()
    {
        var short_ = await _planned.Operation.Roster(new { seed = 8, maximumMoves = 0, days = 7 });

        (await Client.Post($"/api/v1/rosters/{short_["id"]}/service", """{"warmUpHours":168}""")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/warmUpHours");
    }

    [Test]
    public async Task Check_UnknownRoster_Is404()
    {
        (await Client.Post($"/api/v1/rosters/{Guid.Empty}/service", "{}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/rosters/{Guid.Empty}/service")).Is(HttpStatusCode.NotFound);
    }

    private JsonNode Of(string queue) => _service["queues"]!.AsArray().Single(q => (string?)q!["queue"] == queue)!;

    private async Task<JsonNode> Check(JsonNode roster, object request)
    {
        var job = await Client.Finish(await Client.Post($"/api/v1/rosters/{roster["id"]}/service", request));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        ((string?)job["result"]).Should().Be($"/api/v1/rosters/{roster["id"]}/service");
        return (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
    }
}
