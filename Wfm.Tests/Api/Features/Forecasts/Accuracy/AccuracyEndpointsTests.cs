using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Accuracy;

/// <summary>
/// Two forecasts of a chat queue and the five days that came: Monday and Tuesday as usual, from Wednesday on half as much again. The first
/// forecast (cut-off Sunday evening) doubles Monday by a wrong hunch and raises Wednesday to Friday by a launch; the second (cut-off Wednesday
/// evening) takes the launch over.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AccuracyEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Week = "from=2025-07-28T00:00:00Z&to=2025-08-02T00:00:00Z";
    private SmallOperation _operation = null!;
    private string _first = null!;
    private string _second = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "acc");
        await _operation.Import(_operation.Volumes(_operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusDays(-28), 28));
        _first = (string)(await _operation.Forecast(new { horizonDays = 8 }))["id"]!;
        await Adjust("2025-07-28", "2025-07-28", 2, "hunch");
        await Adjust("2025-07-30", "2025-08-01", 1.5, "launch");
        await _operation.Import(_operation.Volumes(_operation.Chat, 6, 2, SmallOperation.CutOffDate, 2));
        await _operation.Import(_operation.Volumes(_operation.Chat, 9, 3, SmallOperation.CutOffDate.PlusDays(2), 1));
        _second = (string)(await _operation.Forecast(new { horizonDays = 8 }))["id"]!;
        await _operation.Import(_operation.Volumes(_operation.Chat, 9, 4, SmallOperation.CutOffDate.PlusDays(3), 2));
    }

    private async Task Adjust(string first, string last, double factor, string reason) => (await Client.Post(
        $"/api/v1/forecasts/{_first}/adjustments",
        new { queue = _operation.Chat, from = $"{first}T07:00:00Z", to = $"{last}T19:00:00Z", factor, reason })).Is(HttpStatusCode.Created);

    private async Task<JsonNode> Accuracy(string more) => (await Client.Get($"/api/v1/forecasts/accuracy?hub=acc&{Week}{more}")).Is(HttpStatusCode.OK).Json;

    [Test]
    public async Task Accuracy_ByQueue_IsThatOfTheForecastsInForce()
    {
        var answer = await Accuracy($"&queue={_operation.Chat}");

        var (error, volume) = (0.0, 0.0);
        foreach (
            var (forecast, range) in new[]
            {
                (_first, "from=2025-07-28T00:00:00Z&to=2025-07-30T19:00:00Z"),
                (_second, "from=2025-07-30T19:00:00Z&to=2025-08-02T00:00:00Z"),
            })
        {
            var actual = (await Client.Get($"/api/v1/volumes?queue={_operation.Chat}&hub=acc&{range}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!
                .AsArray().ToDictionary(v => (string)v!["intervalStart"]!, v => (double)v!["offered"]!);
            foreach (
                var item in (await Client.Get($"/api/v1/forecasts/{forecast}/intervals?queue={_operation.Chat}&{range}&adjusted=false&limit=1000")).Json[
                    "items"
                ]!.AsArray())
            {
                if (actual.TryGetValue((string)item!["start"]!, out var offered))
                {
                    error += Math.Abs(offered - (double)item["mean"]!);
                    volume += offered;
                }
            }
        }

        var figures = answer["groups"]!.AsArray().Single()!;
        ((string?)figures["name"]).Should().Be(_operation.Chat);
        ((int)figures["published"]!["observations"]!).Should().Be(5 * 24);
        ((double)figures["published"]!["wape"]!).Should().BeApproximately(error / volume, 1e-9);
        ((double)figures["published"]!["bias"]!).Should().BeNegative("nobody but the planner knew of the launch");
        ((double)figures["published"]!["mase"]!).Should().BePositive();
        ((double)figures["published"]!["meanPinball"]!).Should().BePositive();
        ((double)figures["published"]!["coverage95"]!).Should().BeInRange((double)figures["published"]!["coverage80"]!, 1);
        ((int)figures["seasonalNaive"]!["observations"]!).Should().Be(5 * 24);
        figures["seasonalNaive"]!["meanPinball"].Should().BeNull("a copy has no quantiles");
        answer["overall"]!["published"]!.ToJsonString().Should().Be(figures["published"]!.ToJsonString());
    }

    [Test]
    public async Task Accuracy_ByWeekday_ShowsWhereAdjustmentsHelped()
    {
        var days = (await Accuracy("&by=weekday"))["groups"]!.AsArray().ToDictionary(g => (string)g!["name"]!, g => g!);

        days.Keys.Should().Equal("monday", "tuesday", "wednesday", "thursday", "friday");
        double Gain(string day) => (double)days[day]["published"]!["wape"]! - (double)days[day]["adjusted"]!["wape"]!;
        Gain("monday").Should().BeNegative();
        Gain("tuesday").Should().Be(0);
        Gain("wednesday").Should().BePositive();
        Gain("thursday").Should().BePositive("the launch was carried to the second forecast");
    }

    [Test]
    public async Task Accuracy_ByLeadDays_CountsEveryForecastAtItsLead()
    {
        var groups = (await Accuracy("&by=leadDays"))["groups"]!.AsArray();

        groups.Select(g => (string?)g!["name"]).Should().Equal("0", "1", "2", "3", "4");
        groups.Sum(g => (int)g!["published"]!["observations"]!).Should().Be((5 + 2) * 24);
    }

    [Test]
    public async Task Accuracy_AtALead_IsThatOfTheForecastKnownThen()
    {
        var hub = (await Accuracy("&by=hub&leadDays=3"))["groups"]!.AsArray().Single()!;

        ((string?)hub["name"]).Should().Be("acc");
        ((int)hub["published"]!["observations"]!).Should()
            .Be(2 * 24, "three days before Thursday and Friday the first forecast was the newest, before the others there was none");
    }

    [Test]
    public async Task Value_OfAdjustments_AddsUpByAuthorAndReason()
    {
        var answer = (await Client.Get($"/api/v1/forecasts/adjustments/value?hub=acc&{Week}")).Is(HttpStatusCode.OK).Json;

        static double Added(JsonNode? node) => (double)node!["value"]!["valueAdded"]!;
        var layers = answer["adjustments"]!.AsArray();
        layers.Select(a => (string?)a!["adjustment"]!["reason"]).Should().Equal("hunch", "launch");
        layers.Select(a => (int)a!["value"]!["intervals"]!).Should().Equal(24, 3 * 24);
        Added(layers[0]).Should().BeNegative();
        Added(layers[1]).Should().BePositive();
        answer["byReason"]!.AsArray().Select(r => (string?)r!["name"]).Should().Equal("launch", "hunch");
        var overall = (double)answer["overall"]!["valueAdded"]!;
        answer["byReason"]!.AsArray().Sum(Added).Should().BeApproximately(overall, 1e-9);
        Added(answer["byAuthor"]!.AsArray().Single()).Should().BeApproximately(overall, 1e-9);
        ((double)answer["overall"]!["baseError"]! - (double)answer["overall"]!["adjustedError"]!).Should().BeApproximately(overall, 1e-9);
    }

    [Test]
    public async Task Backtest_OfTheSecondForecast_ScoresTheFirst()
    {
        var second = (await Client.Get($"/api/v1/forecasts/{_second}/backtest?queue={_operation.Chat}")).Is(HttpStatusCode.OK).Json["previous"]!;

        ((string?)second["forecastId"]).Should().Be(_first);
        ((int)second["published"]!["observations"]!).Should().Be(3 * 24);
        (await Client.Get($"/api/v1/forecasts/{_first}/backtest?queue={_operation.Chat}")).Is(HttpStatusCode.OK).Json["previous"].Should().BeNull();
    }

    [Test]
    public async Task Compare_TwoForecasts_AddsUpAndShowsWhatCame()
    {
        var answer = (await Client.Get($"/api/v1/forecasts/compare?a={_first}&b={_second}&queue={_operation.Chat}")).Is(HttpStatusCode.OK).Json;

        var days = answer["days"]!.AsArray();
        DateTime.Parse((string)days[1]!["date"]!, CultureInfo.InvariantCulture).Should().Be(new DateTime(2025, 7, 31));
        foreach (var side in new[] { "a", "b" })
        {
            days.Sum(d => (double)d![side]!).Should().BeApproximately((double)answer[side]!["total"]!, 1e-6);
            ((int)answer[side]!["actual"]!["observations"]!).Should().Be(2 * 24);
            ((double)answer[side]!["backtest"]!["wape"]!).Should().BePositive();
        }

        var differences = answer["largestDifferences"]!.AsArray().Select(d => Math.Abs((double)d!["difference"]!)).ToArray();
        differences.Should().HaveCount(10).And.BeInDescendingOrder();
        answer["weights"]!.AsArray().Should().OnlyContain(w => Math.Abs((double)w!["difference"]!) > 0);
        ((string?)answer["a"]!["state"]).Should().Be("superseded");
    }

    [Test]
    public async Task Compare_WithItself_DiffersInNothing()
    {
        var answer = (await Client.Get($"/api/v1/forecasts/compare?a={_first}&b={_first}&queue={_operation.Chat}")).Is(HttpStatusCode.OK).Json;

        answer["largestDifferences"]!.AsArray().Should().BeEmpty();
        answer["weights"]!.AsArray().Should().BeEmpty();
        answer["days"]!.AsArray().Should().OnlyContain(d => (double)d!["difference"]! == 0);
    }

    [Test]
    public async Task Compare_OfOtherHub_Is422()
    {
        var other = (await PlannedOperations.Get(Kind, Client)).Forecast["id"];

        (await Client.Get($"/api/v1/forecasts/compare?a={_first}&b={other}&queue={_operation.Chat}")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("b");
        (await Client.Get($"/api/v1/forecasts/compare?a={_first}&b={Guid.Empty}&queue={_operation.Chat}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/forecasts/compare?a={_first}&b={_second}&queue=fax")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("queue");
    }

    [TestCase("accuracy?hub=acc&from=2025-07-28T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.UnprocessableEntity, "to")]
    [TestCase("accuracy?hub=acc&from=2025-01-01T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.UnprocessableEntity, "to")]
    [TestCase("accuracy?hub=nowhere&from=2025-07-27T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.UnprocessableEntity, "hub")]
    [TestCase("accuracy?hub=acc&queue=fax&from=2025-07-27T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.UnprocessableEntity, "queue")]
    [TestCase("accuracy?hub=acc&leadDays=-1&from=2025-07-27T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.UnprocessableEntity, "leadDays")]
    [TestCase("accuracy?hub=acc&by=moon&from=2025-07-27T00:00:00Z&to=2025-07-28T00:00:00Z", HttpStatusCode.BadRequest, "by")]
    [TestCase("accuracy?hub=acc&from=2025-07-27T00:00:00Z", HttpStatusCode.BadRequest, "to")]
    [TestCase("adjustments/value?hub=acc&from=2025-07-28T00:00:00Z&to=2025-07-27T00:00:00Z", HttpStatusCode.UnprocessableEntity, "to")]
    public async Task Get_UnusableValue_NamesIt(string query, HttpStatusCode status, string field) =>
        (await Client.Get($"/api/v1/forecasts/{query}")).Is(status).ErrorFields.Should().Equal(field);
}
