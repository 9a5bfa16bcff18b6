using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Routing;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AllocationEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const int Intervals = 84; // two hours each
    private static readonly string[] Hubs = ["sunrise", "sunset"];

    private SmallOperation _east = null!;
    private SmallOperation _west = null!;
    private string _path = null!;
    private JsonNode _allocation = null!;

    protected override async Task Prepare()
    {
        _east = await SmallOperation.SetUp(Client, Hubs[0]);
        _west = await SmallOperation.SetUp(Client, Hubs[1], zone: DateTimeZoneProviders.Tzdb["America/New_York"]);
        foreach (var operation in new[] { _east, _west })
        {
            await operation.AddPeople();
            await operation.ImportHistory();
            await operation.Forecast();
        }

        await RouteGlobally(_east.Review);
        var job = await Client.Finish(await Client.Post("/api/v1/allocations", Request()));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        _path = (string)job["result"]!;
        _allocation = (await Client.Get(_path)).Is(HttpStatusCode.OK).Json;
    }

    [Test]
    public void Get_Allocation_StandsBesideTheFixedSplitWithItsBound()
    {
        var (free, split) = (_allocation["allocation"]!, _allocation["fixedSplit"]!);

        ((double)free["paidHours"]!).Should().BePositive();
        ((double)free["cost"]!).Should().BeLessThanOrEqualTo((double)split["cost"]! * 1.001);
        ((double)free["bound"]!).Should().BeInRange((double)free["cost"]! * 0.999, (double)free["cost"]! + 0.01);
        ((double)free["breachProbability"]!).Should().BeInRange(0, 1);
        _allocation["globalQueues"]!.AsArray().Select(q => (string?)q).Should().Contain(_east.Review);
        _allocation["hubs"]!.AsArray().Select(h => (string?)h).Should().Equal(Hubs);
        _allocation["fixedShares"]!.AsArray().Sum(s => (double)s!["share"]!).Should().BeApproximately(1, 1e-3);
    }

    [Test]
    public async Task Rosters_OfTheShares_AreToldAgainstWhatWasGiven()
    {
        var before = (await Client.Get($"{_path}/rosters")).Is(HttpStatusCode.OK).Json;
        if (before["hubs"]!.AsArray().All(h => h!["requirement"] is null))
        {
            before["keptShare"].Should().BeNull();
            ((string)before["text"]!).Should().Be("No hub has a roster made for its share.");
        }

        var job = await Client.Finish(await Client.Post($"{_path}/requirements", new { }));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        ((string?)job["result"]).Should().Be($"{_path}/rosters");
        var shares = (await Client.Get($"{_path}/rosters")).Is(HttpStatusCode.OK).Json["hubs"]!.AsArray();
        shares.Select(h => (string?)h!["hub"]).Should().Equal(Hubs);
        var requirement = (string)shares[0]!["requirement"]!;

        // What hubs are asked of the shared reviews is together what the allocation gives them.
        var given = shares.Sum(h => h!["groups"]!.AsArray().Where(g => (string?)g!["group"] == "review").Sum(g => (double)g!["allocatedHours"]!));
        var items = (await Client.Get($"{_path}/intervals?group=review&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        given.Should().BeApproximately(items.Sum(i => i!["hubs"]!.AsArray().Sum(h => (double)h!["heads"]!)) * 2, 1);

        var made = await Client.Finish(await Client.Post("/api/v1/rosters", new
        {
            hub = Hubs[0],
            start = ((string)_allocation["start"]!)[..10],
            days = 6,
            requirementId = requirement,
            riskLevel = 0.8,
            maximumMoves = 2_000,
        }));
        ((string?)made["state"]).Should().Be("succeeded", made.ToJsonString());

        var after = (await Client.Get($"{_path}/rosters")).Is(HttpStatusCode.OK).Json;
        var hub = after["hubs"]![0]!;
        ((string?)hub["state"], (string?)hub["requirement"]).Should().Be(("draft", requirement));
        ((double)hub["scheduledHours"]!).Should().BePositive();
        ((double)hub["allocatedHours"]! - (double)hub["shortHours"]! + (double)hub["overHours"]!).Should().BeApproximately(
            (double)hub["scheduledHours"]!, 0.5, "what is given, less what is missed, and what is more");
        ((double)after["keptShare"]!).Should().BeInRange(0, 1);
        ((string)after["text"]!).Should().StartWith("1 of 2 hubs have a roster");
    }

    // Reviews of the east are done at both hubs or at one; its chats stay where they are.
    [Test]
    public async Task Intervals_HubBoundWork_StaysAtItsHub()
    {
        var items = (await Client.Get($"{_path}/intervals?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        items.Select(i => (string?)i!["start"]).Distinct().Should().HaveCount(Intervals);
        foreach (var item in items.Where(i => ((string)i!["line"]!).EndsWith($" at {Hubs[0]}", StringComparison.Ordinal)))
        {
            item!["hubs"]!.AsArray().Where(h => (string?)h!["hub"] != Hubs[0]).Sum(h => (double)h!["heads"]!).Should().Be(0);
        }

        items.Should().Contain(i => (string?)i!["line"] == $"review: {_east.Review}");
        items.Sum(i => i!["hubs"]!.AsArray().Sum(h => (double)h!["heads"]!)).Should().BePositive();
    }

    [Test]
    public async Task Intervals_Pages_FollowOneAnother()
    {
        var first = (await Client.Get($"{_path}/intervals?group=review&limit=3")).Json;
        var second = (await Client.Get($"{_path}/intervals?group=review&limit=3&after={first["next"]}")).Json;

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => $"{i!["start"]} {i["line"]}").Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Prices_OfAnHour_NameTheCheapestHub()
    {
        var items = (await Client.Get($"{_path}/prices?group=review&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        var offered = items.Where(i => ((string)i!["line"]!).EndsWith(_east.Review, StringComparison.Ordinal) && i["hubs"]!.AsArray().Count > 1).ToList();
        offered.Should().NotBeEmpty();
        foreach (var item in offered)
        {
            var hubs = item!["hubs"]!.AsArray();
            hubs.Select(h => (double)h!["price"]!).Should().BeInAscendingOrder();
            ((string)item["text"]!).Should().Contain($"is cheapest at {hubs[0]!["hub"]}:");
        }
    }

    [Test]
    public async Task List_NewestFirst_HasIt()
    {
        var items = (await Client.Get("/api/v1/allocations?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        items.Select(i => (string?)i!["id"]).Should().Contain((string?)_allocation["id"]);
    }

    [Test]
    public async Task Create_CapOfNoNights_WorksNone()
    {
        var job = await Client.Finish(await Client.Post("/api/v1/allocations", Request(("maximumNightHours", 0))));

        ((double)(await Client.Get((string)job["result"]!)).Json["allocation"]!["nightHours"]!).Should().Be(0);
    }

    [TestCase("intervalMinutes", 90, "/intervalMinutes")]
    [TestCase("riskLevel", 1, "/riskLevel")]
    public async Task Create_ValueThatDoesNotServe_SaysWhich(string field, double value, string error) =>
        (await Client.Post("/api/v1/allocations", Request((field, value)))).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(error);

    [Test]
    public async Task Create_UnknownHub_IsRefused()
    {
        var request = Request();
        request["hubs"] = new JsonArray("sunrise", "nowhere");

        (await Client.Post("/api/v1/allocations", request)).Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain("nowhere");
    }

    [Test]
    public async Task Create_BeyondTheForecast_FailsWithTheSpan()
    {
        var request = Request();
        request["from"] = "2026-01-05T00:00:00Z";

        var job = await Client.Finish(await Client.Post("/api/v1/allocations", request));

        ((string?)job["state"]).Should().Be("failed");
        job.ToJsonString().Should().Contain("does not hold 2026-01-05T00:00:00Z");
    }

    [Test]
    public async Task Get_Unknown_IsNotFound() => (await Client.Get($"/api/v1/allocations/{Guid.NewGuid()}")).Is(HttpStatusCode.NotFound);

    private static JsonObject Request(params (string Field, double Value)[] more)
    {
        var request = new JsonObject
        {
            ["hubs"] = new JsonArray([.. Hubs.Select(h => (JsonNode?)h)]),
            ["from"] = "2025-07-30T00:00:00Z",
            ["days"] = 7,
            ["intervalMinutes"] = 120,
            ["paths"] = 20,
        };
        foreach (var (field, value) in more)
        {
            request[field] = value;
        }

        return request;
    }

    private async Task RouteGlobally(string queue)
    {
        var body = (await Client.Get($"/api/v1/queues/{queue}")).Is(HttpStatusCode.OK).Json.AsObject();
        ((string?)body["routing"]).Should().Be("hub", "a queue stays at its hub unless somebody says otherwise");
        body["routing"] = "global";
        foreach (var answered in new[] { "etag", "version", "updatedAt" })
        {
            body.Remove(answered);
        }

        var changed = await Client.Call(HttpMethod.Put, $"/api/v1/queues/{queue}", body.ToJsonString(), "*");
        ((string?)changed.Is(HttpStatusCode.OK).Json["routing"]).Should().Be("global");
    }
}
