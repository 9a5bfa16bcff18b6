using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Intraday;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class IntradayEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly double[] Monday = [25, 30, 28, 26, 31, 24, 30, 29]; // 08:00 to 12:00 in Dublin, several times the usual
    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "intra");
        await _operation.Import(_operation.Volumes(_operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusDays(-28), 28));
        await _operation.Forecast(new { horizonDays = 3 });
        await _operation.Import(_operation.Rows(_operation.Chat, SmallOperation.CutOffDate, Monday));
        await SmallOperation.SetUp(Client, "intra-none");
    }

    private async Task<JsonNode> At(string at, string more = "") =>
        (await Client.Get($"/api/v1/forecasts/intraday?hub=intra&queue={_operation.Chat}&at={at}{more}")).Is(HttpStatusCode.OK).Json;

    [Test]
    public async Task Get_AtNoonOfABusyDay_ShowsTheRestAndHowUnusualItIs()
    {
        var answer = await At("2025-07-28T11:10:00Z", "&levels=0.1,0.5,0.9");

        ((string?)answer["date"]).Should().Be("2025-07-28");
        ((string?)answer["knownUntil"]).Should().Be("2025-07-28T11:00:00Z");
        ((double)answer["observed"]!).Should().Be(Monday.Sum());
        var items = answer["items"]!.AsArray();
        items.Should().HaveCount(24, "from noon to midnight in Dublin");
        var open = items.Where(i => !(bool)i!["closed"]!).ToArray();
        open.Should().HaveCount(16);
        open.Should().OnlyContain(i => (double)i!["mean"]! >= 0.99 * (double)i["forecastMean"]!);
        var rest = items.Sum(i => (double)i!["mean"]!);
        ((double)answer["restOfDay"]!["mean"]!).Should().BeApproximately(rest, 1e-6);
        ((double)answer["dayTotal"]!["mean"]!).Should().BeApproximately(Monday.Sum() + rest, 1e-6);
        answer["dayTotal"]!["quantiles"]!.AsArray().Select(q => (double)q!).Should().HaveCount(3).And.BeInAscendingOrder();
        ((double)answer["unusual"]!["probabilityAtLeast"]!).Should().BeLessThan(0.01);
        ((double)answer["unusual"]!["expected"]!).Should().BeLessThan(0.5 * Monday.Sum());
    }

    [Test]
    public async Task Get_Earlier_UsesOnlyWhatHadComeByThen()
    {
        var answer = await At("2025-07-28T08:29:00Z");

        ((string?)answer["knownUntil"]).Should().Be("2025-07-28T08:00:00Z");
        ((double)answer["observed"]!).Should().Be(Monday[..2].Sum());
        ((int)answer["unusual"]!["intervals"]!).Should().Be(2);
    }

    [Test]
    public async Task Get_LaterThanTheData_ForecastsWhatIsLateToo()
    {
        var answer = await At("2025-07-28T15:00:00Z", "&days=2");

        ((string?)answer["knownUntil"]).Should().Be("2025-07-28T11:00:00Z");
        ((string?)answer["items"]![0]!["start"]).Should().Be("2025-07-28T11:00:00Z");
        answer["items"]!.AsArray().Should().HaveCount(24 + 48);
    }

    [Test]
    public async Task Get_OnTheDayOfTheCutOff_CountsWhatTheForecastKnew()
    {
        var sunday = (await Client.Get($"/api/v1/volumes?hub=intra&queue={_operation.Chat}&from=2025-07-26T23:00:00Z&to=2025-07-27T23:00:00Z&limit=100"))
            .Is(HttpStatusCode.OK).Json["items"]!.AsArray().Sum(v => (double)v!["offered"]!);

        var answer = await At("2025-07-27T20:00:00Z");

        ((double)answer["observed"]!).Should().Be(sunday);
        ((double)answer["dayTotal"]!["mean"]!).Should().Be(sunday, "the hub has closed");
        ((double)answer["forecastTotal"]!).Should().Be(sunday);
        ((double)answer["unusual"]!["probabilityAtLeast"]!).Should().Be(1);
    }

    [Test]
    public async Task Get_TomorrowBeforeAnyData_IsTheForecastMovedByToday()
    {
        var answer = await At("2025-07-29T00:00:00Z");

        ((string?)answer["date"]).Should().Be("2025-07-29");
        ((double)answer["observed"]!).Should().Be(0);
        answer["items"]!.AsArray().Should().HaveCount(48);
    }

    [TestCase("hub=intra&queue=intra-chat&at=2025-08-20T00:00:00Z", HttpStatusCode.UnprocessableEntity, "at")]
    [TestCase("hub=intra&queue=intra-chat&at=2025-07-20T00:00:00Z", HttpStatusCode.UnprocessableEntity, "at")]
    [TestCase("hub=intra&queue=intra-chat&at=noon", HttpStatusCode.BadRequest, "at")]
    [TestCase("hub=intra&queue=fax&at=2025-07-28T11:00:00Z", HttpStatusCode.UnprocessableEntity, "queue")]
    [TestCase("hub=intra&queue=intra-chat&days=8", HttpStatusCode.UnprocessableEntity, "days")]
    [TestCase("hub=intra&queue=intra-chat&levels=2", HttpStatusCode.UnprocessableEntity, "levels")]
    [TestCase("hub=nowhere&queue=intra-chat", HttpStatusCode.UnprocessableEntity, "hub")]
    [TestCase("hub=intra-none&queue=intra-chat", HttpStatusCode.UnprocessableEntity, "hub")]
    public async Task Get_UnusableValue_NamesIt(string query, HttpStatusCode status, string field) =>
        (await Client.Get($"/api/v1/forecasts/intraday?{query}")).Is(status).ErrorFields.Should().Equal(field);
}
