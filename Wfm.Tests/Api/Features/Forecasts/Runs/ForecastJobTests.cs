using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Runs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ForecastJobTests(StoreKind kind) : ApiFixture(kind)
{
    [TestCase("""{"hub":"nowhere"}""", HttpStatusCode.UnprocessableEntity, "/hub")]
    [TestCase("""{"hub":"planned","queues":["planned-fax"]}""", HttpStatusCode.UnprocessableEntity, "/queues/0")]
    [TestCase("""{"hub":"planned","horizonDays":0}""", HttpStatusCode.BadRequest, "/horizonDays")]
    [TestCase("""{"hub":"planned","horizonDays":729}""", HttpStatusCode.BadRequest, "/horizonDays")]
    [TestCase("""{"hub":"planned","queues":[]}""", HttpStatusCode.BadRequest, "/queues")]
    [TestCase("""{"hub":"planned","cutOff":"then"}""", HttpStatusCode.BadRequest, "/cutOff")]
    [TestCase("""{"hub":"planned","horizonDays":"many"}""", HttpStatusCode.BadRequest, "/horizonDays")]
    public async Task Create_UnusableValue_NamesTheField(string body, HttpStatusCode status, string field)
    {
        await PlannedOperations.Get(Kind, Client);

        (await Client.Post("/api/v1/forecasts", body)).Is(status).ErrorFields.Should().Equal(field);
    }

    [TestCase("{\"hub\":")]
    [TestCase("[]")]
    [TestCase("{}")]
    public async Task Create_MalformedBody_Is400(string body) => (await Client.Post("/api/v1/forecasts", body)).Is(HttpStatusCode.BadRequest);

    [Test]
    public async Task Create_HubWithoutVolumes_Is422SayingHowToImport()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-empty");

        var answer = (await Client.Post("/api/v1/forecasts", new { hub = operation.Hub })).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().Equal("/hub");
        answer.ErrorOf("/hub").Should().Contain("fc-empty").And.Contain("volumes:import");
    }

    [Test]
    public async Task Create_SeriesOfThreePoints_IsForecastWithWideIntervals()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-three");
        await operation.Import(operation.Rows(operation.Chat, SmallOperation.CutOffDate, 4, 9, 6));

        var forecast = await operation.Forecast(new { horizonDays = 2 });

        var items = (
            await Client.Get(
                $"/api/v1/forecasts/{forecast["id"]}/intervals?queue={operation.Chat}&levels=0.05,0.95&from=2025-07-29T07:00:00Z&to=2025-07-29T19:00:00Z")
        ).Json["items"]!.AsArray();
        items.Should().HaveCount(24);
        items.Should().OnlyContain(i => (double)i!["quantiles"]![1]! - (double)i["quantiles"]![0]! >= 4, "three points cannot tell the level from the noise");
        items.Should().OnlyContain(i => (double)i!["mean"]! > 1 && (double)i["mean"]! < 20);
    }

    [Test]
    public async Task Create_SeriesSilentForFiveWeeks_IsSkippedWithTheReasonAndTheOtherIsForecast()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-silent");
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Import(operation.Volumes(operation.Review, 5, 2, SmallOperation.CutOffDate.PlusWeeks(-8), 14));

        var forecast = await operation.Forecast(new { horizonDays = 2 });

        forecast["series"]!.AsArray().Select(s => (string?)s!["queue"]).Should().Equal(operation.Chat);
        ((string?)forecast["skipped"]![0]!["queue"]).Should().Be(operation.Review);
        ((string?)forecast["skipped"]![0]!["reason"]).Should().Contain("no volume since").And.Contain("28 days");
    }

    [Test]
    public async Task Create_IncrementalADayLater_GoesOnFromWhatWasLearned()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-nights");
        await operation.Import(operation.Volumes(operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusWeeks(-6), 42));
        var first = await operation.Forecast(new { incremental = true });
        await operation.Import(operation.Volumes(operation.Chat, 6, 2, SmallOperation.CutOffDate, 1));

        var second = await operation.Forecast(new { incremental = true });
        var anew = await operation.Forecast();

        ((string?)second["cutOff"]).Should().NotBe((string?)first["cutOff"]);
        ((string?)second["cutOff"]).Should().Be((string?)anew["cutOff"]);
        var (learned, remembered, again) = (await Backtest(operation, first), await Backtest(operation, second), await Backtest(operation, anew));
        ((string?)learned["learnedTo"]).Should().Be((string?)first["cutOff"]);
        ((string?)remembered["learnedTo"]).Should().Be((string?)first["cutOff"]);
        ((string?)again["learnedTo"]).Should().Be((string?)anew["cutOff"]);
        remembered["models"]!.ToJsonString().Should().Be(learned["models"]!.ToJsonString());
        ((double)second["series"]![0]!["totalMean"]!).Should()
            .BeApproximately((double)anew["series"]![0]!["totalMean"]!, 0.1 * (double)anew["series"]![0]!["totalMean"]!);
    }

    private async Task<JsonNode> Backtest(SmallOperation operation, JsonNode forecast) =>
        (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/backtest?queue={operation.Chat}")).Is(HttpStatusCode.OK).Json;

    [Test]
    public async Task Create_QueueOfFiveDays_BorrowsFromItsLikeAndSaysSo()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-young");
        await operation.Import(operation.Volumes(operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusWeeks(-6), 42));
        await operation.Import(operation.Volumes(operation.Review, 12, 2, SmallOperation.CutOffDate.PlusDays(-5), 5));

        var forecast = await operation.Forecast(new { horizonDays = 7 });

        var young = forecast["series"]!.AsArray().Single(s => (string?)s!["queue"] == operation.Review)!;
        young["models"]!.AsArray().Select(m => (string?)m!["model"]).Should().Contain($"sibling: {operation.Chat} {operation.Hub}");
        young["models"]!.AsArray().Sum(m => (double)m!["weight"]!).Should().BeApproximately(1, 1e-9);
        var old = forecast["series"]!.AsArray().Single(s => (string?)s!["queue"] == operation.Chat)!;
        old["models"]!.AsArray().Select(m => (string?)m!["model"]).Should().Contain("seasonal-naive").And.NotContain(m => m!.StartsWith("sibling"));
    }

    [Test]
    public async Task Create_OneQueueOfTwo_IsForecastAsAmongAll()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-alone");
        await operation.Import(operation.Volumes(operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusWeeks(-12), 84));
        await operation.Import(operation.Volumes(operation.Review, 12, 2, SmallOperation.CutOffDate.PlusWeeks(-12), 84));

        var all = await operation.Forecast(new { horizonDays = 7 });
        var one = await operation.Forecast(new { horizonDays = 7, queues = new[] { operation.Chat }, publish = false });

        var series = all["series"]!.AsArray().Single(s => (string?)s!["queue"] == operation.Chat)!;
        ((double)one["series"]![0]!["totalMean"]!).Should().Be((double)series["totalMean"]!);
    }

    [Test]
    public async Task Create_CutOffBeforeAllData_FailsSayingSo()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-before");
        await operation.Import(operation.Rows(operation.Chat, SmallOperation.CutOffDate, 4, 9, 6));

        var job = await Client.Finish(await Client.Post("/api/v1/forecasts", new { hub = operation.Hub, cutOff = "2020-01-01T00:00:00Z" }));

        ((string?)job["state"]).Should().Be("failed");
        ((string?)job["error"]).Should().Contain("no volume").And.Contain("2020-01-01");
    }

    [Test]
    public async Task Publish_Second_SupersedesTheFirst()
    {
        var operation = await SmallOperation.SetUp(Client, "fc-publish");
        await operation.Import(operation.Rows(operation.Chat, SmallOperation.CutOffDate, 4, 9, 6));
        var first = await operation.Forecast(new { horizonDays = 1 });
        var second = await operation.Forecast(new { horizonDays = 1, publish = false });
        ((string?)second["state"]).Should().Be("draft");

        (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{second["id"]}:publish")).Is(HttpStatusCode.OK);

        ((string?)(await Client.Get($"/api/v1/forecasts/{second["id"]}")).Json["state"]).Should().Be("published");
        ((string?)(await Client.Get($"/api/v1/forecasts/{first["id"]}")).Json["state"]).Should().Be("superseded");
        (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{second["id"]}:publish")).Is(HttpStatusCode.OK); // publishing twice is publishing once
        (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{first["id"]}:publish")).Is(HttpStatusCode.OK); // and back again
        ((string?)(await Client.Get($"/api/v1/forecasts/{second["id"]}")).Json["state"]).Should().Be("superseded");
    }
}
