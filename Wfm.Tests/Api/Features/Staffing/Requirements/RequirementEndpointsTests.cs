using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Requirements;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RequirementEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/requirements/{_planned.Requirement["id"]}";

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public void Get_Requirement_HasEveryQueueAtEveryRiskLevelAndNeedsMoreWhenSurer()
    {
        var series = _planned.Requirement["series"]!.AsArray();

        ((string?)_planned.Requirement["forecastId"]).Should().Be((string?)_planned.Forecast["id"]);
        series.Should().HaveCount(6);
        foreach (var queue in series.GroupBy(s => (string?)s!["queue"]))
        {
            queue.Select(s => (double)s!["riskLevel"]!).Should().Equal(0.5, 0.8, 0.9);
            queue.Select(s => (double)s!["headHours"]!).Should().BeInAscendingOrder();
            queue.Should().OnlyContain(s => (double)s!["peakHeads"]! > 0);
        }
    }

    [TestCase("planned-chat")]
    [TestCase("planned-review")]
    public async Task Intervals_Waterfall_AddsUpFromWorkloadToHeads(string queue)
    {
        var items = (await Client.Get($"{Path}/intervals?queue={queue}&riskLevel=0.8&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        foreach (var row in items.Select(i => i!["waterfall"]!))
        {
            new[] { "workload", "deferral", "queueing", "occupancy", "minimum", "shrinkage", "rounding" }.Sum(step => (double)row[step]!)
                .Should().BeApproximately((double)row["heads"]!, 1e-9, row.ToJsonString());
        }

        items.Sum(i => (double)i!["waterfall"]!["heads"]!).Should().BePositive();
    }

    [Test]
    public async Task Intervals_ChatAtNight_NeedsNobodyAndByDayTheMinimum()
    {
        var items = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&from=2025-07-29T00:00:00Z&to=2025-07-30T00:00:00Z")).Json[
            "items"
        ]!.AsArray();

        items.Where(i => IsOpen(i!)).Should().HaveCount(24).And.OnlyContain(i => (double)i!["waterfall"]!["heads"]! >= 1);
        items.Where(i => !IsOpen(i!)).Should().OnlyContain(i => (double)i!["waterfall"]!["heads"]! == 0);
    }

    [Test]
    public async Task Intervals_Deferrable_NeverDueBeforeItCanArrive()
    {
        var items = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Review}&limit=1000")).Json["items"]!.AsArray();

        items.Should().OnlyContain(i => (double)i!["dueHours"]! <= (double)i["arrivedHours"]! + 1e-9);
        items.Select(i => (double)i!["dueHours"]!).Should().BeInAscendingOrder("it is cumulative");
        (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&limit=1")).Json["items"]![0]!["dueHours"].Should().BeNull();
    }

    [Test]
    public async Task Intervals_Pages_FollowOneAnother()
    {
        var first = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&limit=3")).Json;
        var second = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&limit=3&after={first["next"]}")).Json;

        ((double)first["riskLevel"]!).Should().Be(0.9, "the highest when left out");
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => (string?)i!["start"]).Should().Equal(
            "2025-07-27T19:00:00Z", "2025-07-27T19:30:00Z", "2025-07-27T20:00:00Z", "2025-07-27T20:30:00Z", "2025-07-27T21:00:00Z", "2025-07-27T21:30:00Z");
    }

    [Test]
    public void Costs_ThreeToOne_AreWorthThreeQuarters() => new Wfm.Api.Features.Staffing.Requirements.StaffingCosts(3, 1).RiskLevel.Should().Be(0.75);

    [TestCase("""{"hub":"nowhere"}""", HttpStatusCode.UnprocessableEntity, "/hub")]
    [TestCase("""{"hub":"planned","forecastId":"00000000-0000-0000-0000-000000000000"}""", HttpStatusCode.UnprocessableEntity, "/forecastId")]
    [TestCase("""{"hub":"planned","riskLevels":[0.5,0]}""", HttpStatusCode.UnprocessableEntity, "/riskLevels/1")]
    [TestCase("""{"hub":"planned","riskLevels":[1]}""", HttpStatusCode.UnprocessableEntity, "/riskLevels/0")]
    [TestCase("""{"hub":"planned","riskLevels":["NaN"]}""", HttpStatusCode.UnprocessableEntity, "/riskLevels/0")]
    [TestCase("""{"hub":"planned","riskLevels":[]}""", HttpStatusCode.BadRequest, "/riskLevels")]
    [TestCase("""{"hub":"planned","costs":{"under":0,"over":1}}""", HttpStatusCode.UnprocessableEntity, "/costs/under")]
    [TestCase("""{"hub":"planned","costs":{"under":1,"over":-1}}""", HttpStatusCode.UnprocessableEntity, "/costs/over")]
    [TestCase("""{"hub":"planned","costs":{"under":1e9,"over":1}}""", HttpStatusCode.UnprocessableEntity, "/costs")]
    [TestCase("""{"hub":"planned","paths":19}""", HttpStatusCode.BadRequest, "/paths")]
    [TestCase("""{"hub":"planned","forecastId":"abc"}""", HttpStatusCode.BadRequest, "/forecastId")]
    public async Task Create_UnusableValue_NamesTheField(string body, HttpStatusCode status, string field) =>
        (await Client.Post("/api/v1/requirements", body)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Create_HubWithoutForecast_Is422SayingWhatToDo()
    {
        var operation = await SmallOperation.SetUp(Client, "rq-none");

        (await Client.Post("/api/v1/requirements", new { hub = operation.Hub })).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/hub").Should()
            .Contain("POST /api/v1/forecasts");
    }

    [TestCase("queue=planned-fax", "queue")]
    [TestCase("queue=planned-chat&riskLevel=0.7", "riskLevel")]
    [TestCase("queue=planned-chat&after=YWJj", "after")]
    public async Task Intervals_UnusableValue_Is422NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/intervals?{query}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Get_UnknownRequirement_Is404() => (await Client.Get($"/api/v1/requirements/{Guid.Empty}")).Is(HttpStatusCode.NotFound);

    /// <summary>08:00 to 20:00 in Dublin in summer.</summary>
    private static bool IsOpen(JsonNode interval) =>
        DateTimeOffset.Parse((string)interval["start"]!, null).UtcDateTime.TimeOfDay is var time
        && time >= TimeSpan.FromHours(7)
        && time < TimeSpan.FromHours(19);
}
