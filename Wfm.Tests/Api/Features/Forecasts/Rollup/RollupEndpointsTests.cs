using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Rollup;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RollupEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/forecasts/rollup";
    private PlannedOperation _planned = null!;

    private string Hub => _planned.Operation.Hub;

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [TestCase("total", "hour")]
    [TestCase("queue", "day")]
    [TestCase("skillGroup", "week")]
    [TestCase("tier", "day")]
    [TestCase("channel", "day")]
    [TestCase("language", "day")]
    [TestCase("hub", "week")]
    public async Task Rollup_AnyGrouping_AddsUpToTheForecast(string by, string interval)
    {
        var items = await All($"by={by}&interval={interval}&hub={Hub}&limit=200");

        items.Sum(i => (double)i["mean"]!).Should().BeApproximately(_planned.Forecast["series"]!.AsArray().Sum(s => (double)s!["totalMean"]!), 1e-6);
        items.Should().OnlyContain(i => Quantiles(i).SequenceEqual(Quantiles(i).Order()) && Quantiles(i).All(q => q >= 0));
        items.Select(i => ((string?)i["start"], (string?)i["key"])).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Rollup_ByDayOfAHub_IsItsLocalDayAndSaysWhereACutOneIs()
    {
        var items = await All($"interval=day&hub={Hub}");

        items.Should().HaveCount(21).And.OnlyContain(i => (int)i["series"]! == 2);
        ((string?)items[1]["start"], (string?)items[1]["end"]).Should().Be(("2025-07-27T23:00:00Z", "2025-07-28T23:00:00Z"), "midnight in Dublin in summer");
        items.Select(i => (bool)i["complete"]!).Should().Equal([false, .. Enumerable.Repeat(true, 20)], "the forecast starts on the evening of the first day");
    }

    [Test]
    public async Task Rollup_QueuesOfADay_AreTheTotalAndNotHighTogetherAlways()
    {
        var range = $"interval=day&hub={Hub}&from=2025-07-28T23:00:00Z&to=2025-07-29T23:00:00Z&levels=0.1,0.5,0.9";
        var total = (await All($"{range}&by=total")).Single();
        var queues = await All($"{range}&by=queue");

        queues.Select(q => (string?)q["key"]).Should().Equal(_planned.Operation.Chat, _planned.Operation.Review);
        queues.Sum(q => (double)q["mean"]!).Should().BeApproximately((double)total["mean"]!, 1e-9);
        Width(total).Should().BeLessThan(queues.Sum(Width), "not all that is high in one queue is high in the other on the same day");
        Width(total).Should().BeGreaterThan(queues.Max(Width));
        Quantiles(total)[1].Should().BeApproximately((double)total["mean"]!, 0.1 * (double)total["mean"]!);
    }

    [Test]
    public async Task Rollup_HourOfAHalfHourQueue_IsTheSumOfTwoIntervals()
    {
        const string Range = "from=2025-07-29T09:00:00Z&to=2025-07-29T10:00:00Z&levels=0.5";
        var hour = (await All($"by=queue&interval=hour&hub={Hub}&{Range}")).Single(i => (string?)i["key"] == _planned.Operation.Chat);
        var halves = (await Client.Get($"/api/v1/forecasts/{_planned.Forecast["id"]}/intervals?queue={_planned.Operation.Chat}&{Range}")).Json[
            "items"
        ]!.AsArray();

        halves.Should().HaveCount(2);
        ((double)hour["mean"]!).Should().BeApproximately(halves.Sum(i => (double)i!["mean"]!), 1e-9);
    }

    [Test]
    public async Task Rollup_ShortPages_AreTheSameAsOneLongPage()
    {
        var query = $"by=queue&interval=day&hub={Hub}";
        var (items, after) = (new List<JsonNode>(), "");
        do
        {
            var page = (await Client.Get($"{Path}?{query}&limit=5{after}")).Is(HttpStatusCode.OK).Json;
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            after = (string?)page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        items.Select(i => i.ToJsonString()).Should().Equal((await All(query)).Select(i => i.ToJsonString()));
    }

    [Test]
    public async Task Rollup_WithoutHub_IsInUtcDays()
    {
        var answer = (await Client.Get($"{Path}?by=hub")).Is(HttpStatusCode.OK).Json;

        ((string?)answer["timeZone"]).Should().Be("Etc/UTC");
        answer["items"]!.AsArray().Should().OnlyContain(i => ((string)i!["start"]!).EndsWith("T00:00:00Z", StringComparison.Ordinal));
        var first = (await All("by=hub&to=2025-07-28T00:00:00Z")).Single(i => (string?)i["key"] == Hub);
        ((string?)first["start"], (bool)first["complete"]!).Should().Be(("2025-07-27T00:00:00Z", false));
    }

    [Test]
    public async Task Rollup_HubWithoutForecast_IsEmpty()
    {
        var operation = await SmallOperation.SetUp(Client, "rollup-empty");

        (await Client.Get($"{Path}?hub={operation.Hub}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
    }

    [TestCase("hub=nowhere", HttpStatusCode.UnprocessableEntity, "hub")]
    [TestCase("levels=0.5,2", HttpStatusCode.UnprocessableEntity, "levels")]
    [TestCase("limit=0", HttpStatusCode.UnprocessableEntity, "limit")]
    [TestCase("after=YWJj", HttpStatusCode.UnprocessableEntity, "after")]
    [TestCase("by=colour", HttpStatusCode.BadRequest, "by")]
    [TestCase("interval=month", HttpStatusCode.BadRequest, "interval")]
    [TestCase("from=then", HttpStatusCode.BadRequest, "from")]
    public async Task Rollup_UnusableValue_NamesIt(string query, HttpStatusCode status, string field) =>
        (await Client.Get($"{Path}?{query}")).Is(status).ErrorFields.Should().Equal(field);

    private async Task<List<JsonNode>> All(string query)
    {
        var (items, after) = (new List<JsonNode>(), "");
        do
        {
            var page = (await Client.Get($"{Path}?{query}{after}")).Is(HttpStatusCode.OK).Json;
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            after = (string?)page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        return items;
    }

    private static double[] Quantiles(JsonNode item) => [.. item["quantiles"]!.AsArray().Select(q => (double)q!)];

    private static double Width(JsonNode item) => Quantiles(item)[^1] - Quantiles(item)[0];
}
