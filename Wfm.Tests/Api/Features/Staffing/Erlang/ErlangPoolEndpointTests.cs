using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Erlang;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ErlangPoolEndpointTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/erlang/pool";
    private const string Promise = "\"ahtSeconds\":180,\"serviceLevel\":0.8,\"thresholdSeconds\":20";

    [Test] // the textbook's 10 erlangs (https://www.callcentrehelper.com/erlang-c-formula-example-121281.htm): 14 agents, 88.8 % in 20 s, ASA 7.8 s
    public async Task Pool_OneVolumeInFourQueues_IsTheQueueOfTheirSum()
    {
        var pool = await Ask(
            $$"""{"queues":[{{string.Join(',', "abcd".Select(name => $$"""{"name":"{{name}}","volume":25,{{Promise}}}"""))}}],"plannedShrinkage":0.3}""");

        ((double)pool["offeredLoad"]!).Should().BeApproximately(10, 1e-9);
        ((int)pool["agents"]!).Should().Be(14);
        ((double)pool["wholeHeads"]!).Should().Be(20);
        ((double)pool["occupancy"]!).Should().BeApproximately(10 / 14.0, 1e-9);
        foreach (var queue in pool["queues"]!.AsArray())
        {
            ((double)queue!["serviceLevel"]!).Should().BeApproximately(0.888, 5e-4);
            ((double)queue["asaSeconds"]!).Should().BeApproximately(7.8, 0.05);
            ((double)queue["primaryAgents"]!).Should().BeApproximately(3.5, 1e-9);
        }
    }

    [Test]
    public async Task Pool_AloneEach_IsTheCalculatorsAnswer()
    {
        var pool = await Ask($$"""{"queues":[{"name":"a","volume":25,{{Promise}}},{"name":"b","volume":100,{{Promise}}}]}""");
        var alone = new List<double>();
        foreach (var volume in new[] { 25, 100 })
        {
            var one = (await Client.Post("/api/v1/erlang", $$"""{"model":"erlangC","volume":{{volume}},{{Promise}}}""")).Is(HttpStatusCode.OK).Json;
            alone.Add((double)one["result"]!["agents"]!);
        }

        pool["queues"]!.AsArray().Select(q => (double)q!["separateAgents"]!).Should().Equal(alone);
        ((double)pool["separateAgents"]!).Should().Be(alone.Sum());
        ((double)pool["poolingGain"]!).Should().Be(alone.Sum() - (double)pool["agents"]!).And.BePositive();
    }

    [Test]
    public async Task Pool_Promises_AreKeptAndPriorityWaitsShorter()
    {
        var pool = await Ask(
            """
            {"queues":[{"name":"urgent","volume":9,"ahtSeconds":1200,"serviceLevel":0.9,"thresholdSeconds":20},
            {"name":"chat","volume":60,"ahtSeconds":660,"serviceLevel":0.8,"thresholdSeconds":60,
             "maximumAsaSeconds":60,"priority":6,"concurrency":2,"inflationPerSlot":0.15}]}
            """);
        var (urgent, chat) = (pool["queues"]![0]!, pool["queues"]![1]!);

        ((double)urgent["serviceLevel"]!).Should().BeGreaterThanOrEqualTo(0.9);
        ((double)chat["serviceLevel"]!).Should().BeGreaterThanOrEqualTo(0.8);
        ((double)chat["asaSeconds"]!).Should().BeInRange((double)urgent["asaSeconds"]!, 60);
        ((double)chat["offeredLoad"]!).Should().BeApproximately(60 * 660 * 1.15 / 2 / 1800, 1e-9);
        pool["queues"]!.AsArray().Sum(q => (double)q!["primaryAgents"]!).Should().BeApproximately((double)pool["agents"]!, 1e-9);
    }

    [Test]
    public async Task Pool_QueueWithoutVolume_CostsNobody()
    {
        var pool = await Ask($$"""{"queues":[{"name":"a","volume":0,{{Promise}}},{"name":"b","volume":100,{{Promise}}}]}""");

        ((int)pool["agents"]!).Should().Be(14);
        pool["queues"]![0]!["serviceLevel"].Should().BeNull();
        ((int)pool["queues"]![0]!["separateAgents"]!).Should().Be(0);
    }

    [Test]
    public async Task Pool_NothingToDo_IsNobody()
    {
        var pool = await Ask($$"""{"queues":[{"name":"a","volume":0,{{Promise}}}]}""");

        ((int)pool["agents"]!).Should().Be(0);
        ((double)pool["occupancy"]!).Should().Be(0);
    }

    [Test]
    public async Task Pool_ExampleOfTheDocument_SavesAgents()
    {
        var document = (await Client.Get("/swagger/v1/swagger.json")).Json;
        var example = document["paths"]![Path]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!;

        ((double)(await Ask(example.ToJsonString()))["poolingGain"]!).Should().BePositive();
    }

    [TestCase("""{"name":"first","volume":1,"ahtSeconds":180,"maximumOccupancy":0.8}""", "/queues/1/name")]
    [TestCase("""{"name":"x","volume":-1,"ahtSeconds":180,"maximumOccupancy":0.8}""", "/queues/1/volume")]
    [TestCase("""{"name":"x","volume":"NaN","ahtSeconds":180,"maximumOccupancy":0.8}""", "/queues/1/volume")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":0,"maximumOccupancy":0.8}""", "/queues/1/ahtSeconds")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180}""", "/queues/1")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"serviceLevel":0.8}""", "/queues/1/thresholdSeconds")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"thresholdSeconds":20}""", "/queues/1/thresholdSeconds")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"serviceLevel":1,"thresholdSeconds":20}""", "/queues/1/serviceLevel")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"maximumAsaSeconds":0}""", "/queues/1/maximumAsaSeconds")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"maximumOccupancy":1.1}""", "/queues/1/maximumOccupancy")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"maximumOccupancy":0.8,"concurrency":21}""", "/queues/1/concurrency")]
    [TestCase("""{"name":"x","volume":1,"ahtSeconds":180,"maximumOccupancy":0.8,"inflationPerSlot":2}""", "/queues/1/inflationPerSlot")]
    [TestCase("""{"name":"x","volume":1e12,"ahtSeconds":180,"maximumOccupancy":0.8}""", "/queues")]
    [TestCase("null", "/queues/1")]
    public async Task Pool_UnusableQueue_Is422NamingIt(string queue, string field) =>
        (await Client.Post(Path, $$"""{"queues":[{"name":"first","volume":1,{{Promise}}},{{queue}}]}""")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal(field);

    [Test]
    public async Task Pool_NameTooLong_Is422NamingIt() =>
        (await Client.Post(Path, $$"""{"queues":[{"name":"{{new string('x', 101)}}","volume":1,{{Promise}}}]}""")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/queues/0/name");

    [TestCase("\"intervalMinutes\":0", "/intervalMinutes")]
    [TestCase("\"plannedShrinkage\":1", "/plannedShrinkage")]
    [TestCase("\"unplannedShrinkage\":-0.1", "/unplannedShrinkage")]
    public async Task Pool_UnusableValue_Is422NamingIt(string more, string field) =>
        (await Client.Post(Path, $$"""{"queues":[{"name":"a","volume":1,{{Promise}}}],{{more}}}""")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal(field);

    [TestCase("""{"queues":[]}""", "/queues")]
    [TestCase("""{"queues":[{"name":" ","volume":1,"ahtSeconds":180,"maximumOccupancy":0.8}]}""", "/queues/0/name")]
    [TestCase("""{"queues":[{"name":"a","volume":1,"ahtSeconds":180,"maximumOccupancy":0.8,"priority":0}]}""", "/queues/0/priority")]
    [TestCase("""{"queues":[{"name":"a","volume":1,"ahtSeconds":180,"patienceSeconds":60}]}""", "/queues/0/patienceSeconds")]
    public async Task Pool_UnreadableValue_Is400NamingIt(string body, string field) =>
        (await Client.Post(Path, body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    private async Task<JsonNode> Ask(string body) => (await Client.Post(Path, body)).Is(HttpStatusCode.OK).Json;
}
