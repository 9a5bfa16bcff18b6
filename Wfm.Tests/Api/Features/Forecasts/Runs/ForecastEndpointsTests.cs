using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Runs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ForecastEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/forecasts/{_planned.Forecast["id"]}";

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public void Get_PublishedForecast_HasBothQueuesAndBeatsTheCopyOfLastWeek()
    {
        var forecast = _planned.Forecast;

        ((string?)forecast["state"]).Should().Be("published");
        ((string?)forecast["cutOff"]).Should().Be("2025-07-27T19:00:00Z", "the last open half-hour ends at 20:00 in Dublin");
        ((string?)forecast["end"]).Should().Be("2025-08-16T23:00:00Z", "21 local days after the day of the cut-off, at midnight");
        forecast["skipped"]!.AsArray().Should().BeEmpty();
        var series = forecast["series"]!.AsArray();
        series.Select(s => (string?)s!["queue"]).Should().BeEquivalentTo(_planned.Operation.Chat, _planned.Operation.Review);
        series.Should().OnlyContain(s => (double)s!["wape"]! > 0 && (double)s["wape"]! < (double)s["seasonalNaiveWape"]!);
    }

    [Test]
    public async Task Intervals_AllPages_AreTheWholeHorizonWithoutHoles()
    {
        var (items, pages, after) = (new List<JsonNode>(), 0, "");
        do
        {
            var page = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&limit=400{after}")).Is(HttpStatusCode.OK).Json;
            items.AddRange(page["items"]!.AsArray().Select(i => i!));
            after = (string?)page["next"] is { } next ? $"&after={next}" : "";
            pages++;
        }
        while (after.Length > 0);

        pages.Should().BeGreaterThan(1);
        var starts = items.ConvertAll(i => DateTimeOffset.Parse((string)i["start"]!, null));
        starts[0].Should().Be(DateTimeOffset.Parse("2025-07-27T19:00:00Z", null));
        starts.Zip(starts.Skip(1), (a, b) => b - a).Distinct().Should().Equal(TimeSpan.FromMinutes(30));
        starts[^1].AddMinutes(30).Should().Be(DateTimeOffset.Parse("2025-08-16T23:00:00Z", null));
        items.Sum(i => (double)i["mean"]!).Should().BeApproximately((double)Row(_planned.Operation.Chat)["totalMean"]!, 1e-6);
    }

    [Test]
    public async Task Intervals_LevelsAndRange_AreThoseAskedFor()
    {
        var answer = (
            await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&levels=0.1,0.5,0.9&from=2025-07-29T07:00:00Z&to=2025-07-29T08:00:00Z"))
            .Is(HttpStatusCode.OK).Json;

        answer["levels"]!.AsArray().Select(l => (double)l!).Should().Equal(0.1, 0.5, 0.9);
        var items = answer["items"]!.AsArray();
        items.Select(i => (string?)i!["start"]).Should().Equal("2025-07-29T07:00:00Z", "2025-07-29T07:30:00Z");
        items.Should()
            .OnlyContain(i => i!["quantiles"]!.AsArray().Select(q => (double)q!).SequenceEqual(i["quantiles"]!.AsArray().Select(q => (double)q!).Order()));
        items.Should().OnlyContain(i => Math.Abs((double)i!["ahtSeconds"]! - 300) < 15, "the history handled every contact in 300 s");
    }

    [Test]
    public async Task Intervals_OutsideOpeningHours_AreClosedAndEmpty()
    {
        var night = (await Client.Get($"{Path}/intervals?queue={_planned.Operation.Chat}&from=2025-07-29T22:00:00Z&to=2025-07-30T05:00:00Z")).Json[
            "items"
        ]!.AsArray();

        night.Should().HaveCount(14).And.OnlyContain(i => (bool)i!["closed"]! && (double)i["mean"]! == 0);
    }

    [Test]
    public async Task Backtest_OfAQueue_ShowsOriginsModelsAndCleansing()
    {
        var answer = (await Client.Get($"{Path}/backtest?queue={_planned.Operation.Chat}")).Is(HttpStatusCode.OK).Json;

        ((int)answer["report"]!["origins"]!).Should().BeGreaterThan(1);
        ((double)answer["report"]!["overall"]!["wape"]!).Should().Be((double)Row(_planned.Operation.Chat)["wape"]!);
        answer["models"]!.AsArray().Sum(m => (double)m!["weight"]!).Should().BeApproximately(1, 1e-9);
        ((int)answer["cleansing"]!["missingFilled"]!).Should().Be(0, "closed hours are not gaps");
    }

    [Test]
    public async Task List_ByHubAndState_HasIt()
    {
        var page = (await Client.Get($"/api/v1/forecasts?hub={_planned.Operation.Hub}&state=published")).Is(HttpStatusCode.OK).Json;

        page["items"]!.AsArray().Select(f => (string?)f!["id"]).Should().Equal((string?)_planned.Forecast["id"]);
    }

    [TestCase("queue=planned-fax", "queue")]
    [TestCase("queue=planned-chat&levels=0.5,2", "levels")]
    [TestCase("queue=planned-chat&levels=NaN", "levels")]
    [TestCase("queue=planned-chat&levels=,", "levels")]
    [TestCase("queue=planned-chat&limit=0", "limit")]
    [TestCase("queue=planned-chat&after=nonsense", "after")]
    [TestCase("queue=planned-chat&after=YWJj", "after")] // well-formed Base64 of "abc"
    [TestCase("queue=planned-chat&after=LTU", "after")] // of "-5"
    public async Task Intervals_UnusableValue_Is422NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/intervals?{query}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [TestCase("queue=planned-chat&from=yesterday", "from")]
    [TestCase("queue=planned-chat&to=2025-13-01T00:00:00Z", "to")]
    [TestCase("levels=0.5", "queue")]
    public async Task Intervals_UnreadableOrMissingValue_Is400NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/intervals?{query}")).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Get_UnknownForecast_Is404() =>
        (await Client.Get($"/api/v1/forecasts/{Guid.Empty}")).Is(HttpStatusCode.NotFound).Text.Should().Contain(Guid.Empty.ToString());

    [TestCase("state=eternal", HttpStatusCode.BadRequest, "state")]
    [TestCase("state=1", HttpStatusCode.BadRequest, "state")]
    [TestCase("hub=nowhere", HttpStatusCode.UnprocessableEntity, "hub")]
    public async Task List_BadFilter_NamesIt(string query, HttpStatusCode status, string field)
    {
        foreach (var resource in new[] { "forecasts", "rosters" })
        {
            (await Client.Get($"/api/v1/{resource}?{query}")).Is(status).ErrorFields.Should().Equal(field);
        }
    }

    private JsonNode Row(string queue) => _planned.Forecast["series"]!.AsArray().Single(s => (string?)s!["queue"] == queue)!;
}
