using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Explanation;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ExplanationEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/forecasts/{_planned.Forecast["id"]}/explanation?queue={_planned.Operation.Chat}";

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    private static double PartsOf(JsonNode line) => line["parts"]!.AsObject().Sum(p => (double)p.Value!);

    [TestCase("interval")]
    [TestCase("day")]
    [TestCase("week")]
    public async Task Explanation_ByAnyPeriod_AddsUpToTheForecast(string by)
    {
        var answer = (await Client.Get($"{Path}&by={by}")).Is(HttpStatusCode.OK).Json;

        ((string?)answer["by"]).Should().Be(by);
        var items = answer["items"]!.AsArray().Select(i => i!).ToList();
        items.Should().OnlyContain(i => Math.Abs(PartsOf(i) - (double)i["mean"]!) < 1e-7);
        var totalMean = (double)_planned.Forecast["series"]!.AsArray().Single(s => (string?)s!["queue"] == _planned.Operation.Chat)!["totalMean"]!;
        items.Sum(i => (double)i["mean"]!).Should().BeApproximately(totalMean, 1e-6);
        ((double)answer["total"]!["mean"]!).Should().BeApproximately(totalMean, 1e-6);
        answer["models"]!.AsArray().Should().NotBeEmpty();
    }

    [Test]
    public async Task Explanation_FirstWeek_IsComparedWithTheWeekBefore()
    {
        var answer = (await Client.Get($"{Path}&from=2025-07-27T23:00:00Z&to=2025-08-03T23:00:00Z")).Is(HttpStatusCode.OK).Json;

        answer["items"]!.AsArray().Should().HaveCount(7);
        var week = answer["comparisons"]!.AsArray().Single(c => (string?)c!["with"] == "last-week")!;
        ((string?)week["start"]).Should().Be("2025-07-20T23:00:00Z");
        PartsOf(week).Should().BeApproximately((double)week["change"]!, 1e-7);
        ((double)week["before"]! + (double)week["change"]!).Should().BeApproximately((double)answer["total"]!["mean"]!, 1e-7);
        answer["comparisons"]!.AsArray().Should().NotContain(c => (string?)c!["with"] == "last-year", "eight weeks hold no year");
    }

    [Test]
    public async Task Explanation_SixWeeksOfHalfHours_AreGivenAtOnce()
    {
        var operation = await SmallOperation.Create(Client, "fc-six-weeks");
        var forecast = await operation.Forecast(new { horizonDays = 42 });

        var answer = (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/explanation?queue={operation.Chat}&by=interval&to=2026-01-01T00:00:00Z"))
            .Is(HttpStatusCode.OK).Json;

        answer["items"]!.AsArray().Count.Should().BeGreaterThan(41 * 48);
    }

    [Test]
    public async Task Explanation_SecondForecast_IsComparedWithTheFirst()
    {
        var operation = await SmallOperation.Create(Client, "fc-again");
        await operation.Forecast(new { horizonDays = 21, cutOff = "2025-07-20T23:00:00Z" });
        var second = await operation.Forecast(new { horizonDays = 7 });

        var answer = (await Client.Get($"/api/v1/forecasts/{second["id"]}/explanation?queue={operation.Chat}")).Is(HttpStatusCode.OK).Json;

        var previous = answer["comparisons"]!.AsArray().Single(c => (string?)c!["with"] == "previous-forecast")!;
        PartsOf(previous).Should().BeApproximately((double)previous["change"]!, 1e-7);
        ((double)previous["before"]!).Should().BePositive();
    }

    [Test]
    public async Task Explanation_RunningCrisisAndHoliday_AreItsEvents()
    {
        var operation = await SmallOperation.Create(Client, "fc-crisis");
        await AddEvent(
            new
            {
                code = "fc-crisis-1",
                kind = "crisis",
                name = "Surge",
                hub = operation.Hub,
                start = "2025-07-26T08:00:00Z",
                end = "2025-08-20T00:00:00Z",
            });
        foreach (var (day, index) in new[] { "2025-07-02", "2025-07-16", "2025-07-30" }.Select((d, i) => (d, i)))
        {
            await AddEvent(new
            {
                code = $"fc-crisis-day-{index}",
                kind = "open-day",
                name = "Open day",
                hub = operation.Hub,
                localStart = $"{day}T00:00:00",
                localEnd = $"{day}T23:59:00",
                repeats = true,
            });
        }

        var forecast = await operation.Forecast(new { horizonDays = 7 });
        var answer = (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/explanation?queue={operation.Chat}")).Is(HttpStatusCode.OK).Json;

        var crisis = answer["crises"]!.AsArray().Should().ContainSingle().Subject!;
        ((double)crisis["factorNow"]!).Should().BeInRange(1, 1.3, "nothing unusual came in");
        var effect = answer["eventEffects"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)effect["kind"]).Should().Be("open-day");
        ((int)effect["occurrences"]!).Should().Be(4, "two days of each of two queues");
    }

    private async Task AddEvent(object body) => (await Client.Post("/api/v1/events", body)).Is(HttpStatusCode.Created);

    [TestCase("&by=month", HttpStatusCode.BadRequest, "by")]
    [TestCase("&from=later", HttpStatusCode.BadRequest, "from")]
    [TestCase("&from=2030-01-01T00:00:00Z", HttpStatusCode.UnprocessableEntity, "to")]
    public async Task Explanation_UnusableValue_NamesIt(string query, HttpStatusCode status, string field) =>
        (await Client.Get(Path + query)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Explanation_UnknownQueue_Is422NamingIt() =>
        (await Client.Get($"/api/v1/forecasts/{_planned.Forecast["id"]}/explanation?queue=planned-fax")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("queue");
}
