using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Erlang;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ErlangEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/erlang";

    [Test]
    public async Task Calculate_ErlangCWithAgents_GivesTheTextbookFigures()
    {
        // 100 calls of 180 s in half an hour are 10 erlangs. 14 agents: P(wait) 0.1741, service level in 20 s 88.8 %, ASA 7.8 s
        // (M. Lawson's "Erlang C explained" example, https://www.callcentrehelper.com/erlang-c-formula-example-121281.htm).
        var answer = await Ask("""{"model":"erlangC","volume":100,"ahtSeconds":180,"agents":14,"thresholdSeconds":20}""");

        ((double)answer["offeredLoad"]!).Should().BeApproximately(10, 1e-12);
        ((bool)answer["found"]!).Should().BeFalse();
        var result = answer["result"]!;
        ((double)result["probabilityOfWait"]!).Should().BeApproximately(0.1741, 5e-5);
        ((double)result["serviceLevel"]!).Should().BeApproximately(0.888, 5e-4);
        ((double)result["asaSeconds"]!).Should().BeApproximately(7.8, 0.05);
        ((double)result["occupancy"]!).Should().BeApproximately(10 / 14.0, 1e-12);
        result["blocking"].Should().BeNull();
        result["meetsTargets"].Should().BeNull();
    }

    [Test]
    public async Task Calculate_ErlangBWithTarget_FindsTheServersOfTheTables()
    {
        // 10 erlangs at 2 % blocking need 17 servers: Erlang B table, e.g. ITU Teletraffic Engineering Handbook, ch. 7.
        var answer = await Ask("""{"model":"erlangB","volume":100,"ahtSeconds":360,"intervalMinutes":60,"maximumBlocking":0.02}""");

        ((bool)answer["found"]!).Should().BeTrue();
        ((double)answer["result"]!["agents"]!).Should().Be(17);
        ((double)answer["result"]!["blocking"]!).Should().BeLessThanOrEqualTo(0.02);
    }

    [TestCase("""{"model":"erlangC","volume":100,"ahtSeconds":180,"serviceLevel":0.8,"thresholdSeconds":20,"maximumOccupancy":0.7}""")]
    [TestCase("""{"model":"erlangC","volume":240,"ahtSeconds":420,"serviceLevel":0.95,"thresholdSeconds":10,"maximumAsaSeconds":5}""")]
    [TestCase("""{"model":"erlangA","volume":100,"ahtSeconds":180,"serviceLevel":0.8,"thresholdSeconds":20,"patienceSeconds":120,"maximumAbandonment":0.02}""")]
    [TestCase(
        """
        {"model":"erlangA","volume":60,"ahtSeconds":660,"serviceLevel":0.8,"thresholdSeconds":60,
         "patienceSeconds":300,"concurrency":3,"inflationPerSlot":0.2,"maximumOccupancy":0.85}
        """)]
    [TestCase("""{"model":"erlangB","volume":100,"ahtSeconds":180,"maximumBlocking":0.01}""")]
    public async Task Calculate_Targets_AreMetByTheAgentsFoundAndNotByOneFewer(string body)
    {
        var answer = await Ask(body);
        var agents = (double)answer["result"]!["agents"]!;
        var rows = answer["sensitivity"]!.AsArray();

        ((bool)answer["result"]!["meetsTargets"]!).Should().BeTrue();
        rows.Select(r => (double)r!["agents"]!).Should().Equal(agents - 2, agents - 1, agents, agents + 1, agents + 2);
        rows.Select(r => (bool)r!["meetsTargets"]!).Should().Equal(false, false, true, true, true);
        rows[2]!.ToJsonString().Should().Be(answer["result"]!.ToJsonString());
    }

    [Test]
    public async Task Calculate_Shrinkage_TurnsAgentsIntoPeopleOnThePayroll()
    {
        var result = (await Ask("""{"model":"erlangC","volume":100,"ahtSeconds":180,"agents":12.6,"plannedShrinkage":0.1,"unplannedShrinkage":0.3}"""))[
            "result"
        ]!;

        ((double)result["paidHeads"]!).Should().BeApproximately(20, 1e-9, "0.9 × 0.7 of paid time is work");
        ((double)result["wholeHeads"]!).Should().Be(20);
    }

    [Test]
    public async Task Calculate_FractionalAgents_LieBetweenTheirNeighbours()
    {
        async Task<double> Level(string agents) =>
            (double)
                (await Ask($$"""{"model":"erlangC","volume":100,"ahtSeconds":180,"agents":{{agents}},"thresholdSeconds":20}"""))["result"]!["serviceLevel"]!;

        var (low, middle, high) = (await Level("13"), await Level("13.5"), await Level("14"));

        middle.Should().BeInRange(low, high);
        (high - low).Should().BePositive();
    }

    [Test]
    public async Task Calculate_ErlangCOverloaded_SaysSoInsteadOfInventingWaits()
    {
        var result = (await Ask("""{"model":"erlangC","volume":100,"ahtSeconds":180,"agents":10,"thresholdSeconds":20,"serviceLevel":0.8}"""))["result"]!;

        ((bool)result["stable"]!).Should().BeFalse();
        ((double)result["serviceLevel"]!).Should().Be(0);
        result["asaSeconds"].Should().BeNull();
        ((bool)result["meetsTargets"]!).Should().BeFalse();
    }

    [Test]
    public async Task Calculate_NoVolume_IsOneIdleAgent()
    {
        var answer = await Ask("""{"model":"erlangA","volume":0,"ahtSeconds":180,"serviceLevel":0.8,"thresholdSeconds":20,"patienceSeconds":60}""");

        ((double)answer["result"]!["agents"]!).Should().Be(1);
        answer["sensitivity"]!.AsArray().Select(r => (double)r!["agents"]!).Should().Equal(1, 2, 3);
    }

    [TestCase("""{"model":"erlangC","volume":-1,"ahtSeconds":180,"agents":1}""", "/volume")]
    [TestCase("""{"model":"erlangC","volume":"NaN","ahtSeconds":180,"agents":1}""", "/volume")]
    [TestCase("""{"model":"erlangC","volume":1e12,"ahtSeconds":180,"agents":1}""", "/volume")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":0,"agents":1}""", "/ahtSeconds")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":1e12,"agents":1}""", "/ahtSeconds")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":1,"intervalMinutes":0}""", "/intervalMinutes")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":0}""", "/agents")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":"Infinity"}""", "/agents")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180}""", "/agents")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"serviceLevel":1,"thresholdSeconds":20}""", "/serviceLevel")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"serviceLevel":0.8}""", "/thresholdSeconds")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"thresholdSeconds":-1}""", "/thresholdSeconds")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"patienceSeconds":60}""", "/patienceSeconds")]
    [TestCase("""{"model":"erlangA","volume":1,"ahtSeconds":180,"agents":2}""", "/patienceSeconds")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"maximumAbandonment":0.1,"maximumOccupancy":0.8}""", "/maximumAbandonment")]
    [TestCase("""{"model":"erlangB","volume":1,"ahtSeconds":180,"agents":2,"serviceLevel":0.8}""", "/serviceLevel")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"maximumOccupancy":1.1}""", "/maximumOccupancy")]
    [TestCase("""{"model":"erlangB","volume":1,"ahtSeconds":180,"maximumBlocking":0}""", "/maximumBlocking")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"maximumBlocking":0.1}""", "/maximumBlocking")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"concurrency":0}""", "/concurrency")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"inflationPerSlot":1.5}""", "/inflationPerSlot")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"plannedShrinkage":1}""", "/plannedShrinkage")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agents":2,"unplannedShrinkage":-0.1}""", "/unplannedShrinkage")]
    public async Task Calculate_UnusableValue_Is422NamingIt(string body, string field) =>
        (await Client.Post(Path, body)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Calculate_SeveralUnusableValues_NamesThemAll() =>
        (await Client.Post(Path, """{"model":"erlangA","volume":-1,"ahtSeconds":-1,"agents":-1,"patienceSeconds":-1,"concurrency":99}"""))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .BeEquivalentTo("/volume", "/ahtSeconds", "/agents", "/patienceSeconds", "/concurrency");

    [TestCase("""{"model":"erlangX","volume":1,"ahtSeconds":180}""", "/model")]
    [TestCase("""{"model":"erlangC","volume":"many","ahtSeconds":180}""", "/volume")]
    [TestCase("""{"model":"erlangC","volume":1,"ahtSeconds":180,"agent":2}""", "/agent")]
    public async Task Calculate_UnreadableValue_Is400NamingIt(string body, string field) =>
        (await Client.Post(Path, body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Calculate_ExampleOfTheDocument_Works()
    {
        var document = (await Client.Get("/swagger/v1/swagger.json")).Json;
        var example = document["paths"]![Path]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!;

        (await Client.Post(Path, example.ToJsonString())).Is(HttpStatusCode.OK);
    }

    private async Task<JsonNode> Ask(string body) => (await Client.Post(Path, body)).Is(HttpStatusCode.OK).Json;
}
