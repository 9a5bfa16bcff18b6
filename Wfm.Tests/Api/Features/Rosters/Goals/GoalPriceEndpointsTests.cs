using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Goals;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class GoalPriceEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    [Test]
    public async Task PriceGoals_WeightsOfTheHub_AreSolvedWithAndWithoutEach()
    {
        var operation = await SmallOperation.SetUp(Client, "goals");
        await operation.AddPeople(4);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 15 });
        await operation.Requirement(new { paths = 20 });
        var hub = (await Client.Get($"/api/v1/hubs/{operation.Hub}")).Json;
        hub["rosterGoals"]!["loneDayOff"]!.GetValue<double>().Should().BePositive("days off together are a goal of every hub");
        await Weigh(
            hub,
            """
            {"loneDayOff":20,"startChange":0,"loneNight":0,"splitWeekend":0,"noFreeWeekend":0,
             "backwardRotation":0,"nightFairness":0,"weekendFairness":2,"holidayFairness":0,"preferences":0}
            """);
        var roster = await operation.Roster();
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/goal-prices")).Is(HttpStatusCode.NotFound);

        var job = await Client.Finish(await Client.Post($"/api/v1/rosters/{roster["id"]}:price-goals", """{"maximumMoves":20000}"""));

        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        var prices = (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
        prices["goals"]!.AsArray().Select(g => ((string?)g!["goal"], (double)g["weight"]!)).Should().Equal(("loneDayOff", 20), ("weekendFairness", 2));
        foreach (var goal in prices["goals"]!.AsArray())
        {
            ((double)goal!["missingHours"]!).Should()
                .BeApproximately((double)prices["all"]!["underHours"]! - (double)goal["without"]!["underHours"]!, 1e-5);
        }

        Lone(prices["all"]!).Should().BeLessThan(Lone(prices["none"]!), "with the weight of two head-hours days off come together");
        roster["summary"]!["ergonomics"]!["loneDaysOff"]!.GetValue<int>().Should().Be((int)Lone(prices["all"]!), "the search is the same");
        (await Client.Get($"/api/v1/rosters/{roster["id"]}")).Json["summary"]!.ToJsonString().Should().Be(roster["summary"]!.ToJsonString());
    }

    [TestCase("loneDayOff", "-1")]
    [TestCase("startToleranceMinutes", "721")]
    [TestCase("weekendFairness", "1001")]
    public async Task Put_WeightOutsideItsRange_NamesTheField(string field, string value)
    {
        var hub = new JsonObject
        {
            ["code"] = $"goals-{Guid.NewGuid():N}"[..12],
            ["name"] = "Goals",
            ["timeZone"] = "Europe/Dublin",
            ["country"] = "IE",
            ["rosterGoals"] = new JsonObject { [field] = JsonNode.Parse(value) },
        };

        (await Client.Post("/api/v1/hubs", hub.ToJsonString())).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal($"/rosterGoals/{field}");
    }

    private static double Lone(JsonNode roster) => (double)roster["ergonomics"]!["loneDaysOff"]!;

    private async Task Weigh(JsonNode hub, string goals)
    {
        var etag = (string)hub["etag"]!;
        var request = hub.DeepClone().AsObject();
        foreach (var name in new[] { "etag", "version", "updatedAt" })
        {
            request.Remove(name);
        }

        request["rosterGoals"] = JsonNode.Parse(goals);
        (await Client.Call(HttpMethod.Put, $"/api/v1/hubs/{hub["code"]}", request.ToJsonString(), etag)).Is(HttpStatusCode.OK);
    }
}
