using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Idempotency;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Adjustments;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AdjustmentEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Morning = "from=2025-07-28T07:00:00Z&to=2025-07-28T09:00:00Z";

    /// <summary>A hub with a short history of chat and a published forecast of the two days after it.</summary>
    private async Task<(SmallOperation Operation, string Forecast)> Forecast(string hub)
    {
        var operation = await SmallOperation.SetUp(Client, hub);
        await operation.Import(operation.Volumes(operation.Chat, 6, 1, SmallOperation.CutOffDate.PlusDays(-7), 7));
        return (operation, (string)(await operation.Forecast(new { horizonDays = 2 }))["id"]!);
    }

    private static object Body(
        SmallOperation operation, double? factor = 2, double? added = null, string reason = "launch", string from = "2025-07-28T07:00:00Z",
        string to = "2025-07-28T08:00:00Z") =>
        new
        {
            queue = operation.Chat,
            from,
            to,
            factor,
            added,
            reason,
        };

    private async Task<JsonNode[]> Intervals(SmallOperation operation, string forecast, string more = "") =>
        [
            .. (await Client.Get($"/api/v1/forecasts/{forecast}/intervals?queue={operation.Chat}&{Morning}{more}")).Is(HttpStatusCode.OK).Json["items"]!
                .AsArray().Select(i => i!),
        ];

    private static double[] Means(JsonNode[] items, string field = "mean") => [.. items.Select(i => (double)i[field]!)];

    [Test]
    public async Task Create_TwoLayers_AreAppliedInOrderOnReadingAndCanBeLeftOut()
    {
        var (operation, forecast) = await Forecast("adj-read");
        var before = await Intervals(operation, forecast);

        var created = (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation))).Is(HttpStatusCode.Created);
        (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation, null, 5, to: "2025-07-28T07:30:00Z"))).Is(HttpStatusCode.Created);

        var after = await Intervals(operation, forecast);
        var original = Means(before);
        Means(after).Should().Equal([(2 * original[0]) + 5, 2 * original[1], original[2], original[3]], (a, b) => Math.Abs(a - b) < 1e-9);
        Means(after, "baseMean").Should().Equal(original);
        ((double)after[1]["quantiles"]![3]!).Should().BeApproximately(2 * (double)before[1]["quantiles"]![3]!, 1e-4);
        Means(await Intervals(operation, forecast, "&adjusted=false")).Should().Equal(original);
        (await Client.Get(created.Headers.Location!.ToString())).Is(HttpStatusCode.OK).Text.Should().Be(created.Text);
        (await Client.Get($"/api/v1/forecasts/{forecast}/adjustments?limit=1")).Is(HttpStatusCode.OK).Json["next"].Should().NotBeNull();
    }

    [Test]
    public async Task RollupAndExplanation_OfAnAdjustedForecast_HaveTheAdjustmentInThem()
    {
        var (operation, forecast) = await Forecast("adj-sums");
        var original = Means(await Intervals(operation, forecast));
        (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation))).Is(HttpStatusCode.Created);

        var hours = (await Client.Get($"/api/v1/forecasts/rollup?hub={operation.Hub}&interval=hour&{Morning}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        var lines = (await Client.Get($"/api/v1/forecasts/{forecast}/explanation?queue={operation.Chat}&by=interval&{Morning}")).Is(HttpStatusCode.OK).Json[
            "items"
        ]!.AsArray();

        Means([.. hours.Select(h => h!)]).Should().Equal([2 * (original[0] + original[1]), original[2] + original[3]], (a, b) => Math.Abs(a - b) < 1e-9);
        Means([.. lines.Select(l => l!)]).Should().Equal([2 * original[0], 2 * original[1], original[2], original[3]], (a, b) => Math.Abs(a - b) < 1e-9);
        Means([.. lines.Select(l => l!["parts"]!)], "adjustments").Should().Equal([original[0], original[1], 0, 0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public async Task Requirement_OfAnAdjustedForecast_StaffsTheAdjustment()
    {
        var (operation, forecast) = await Forecast("adj-staff");
        var before = await operation.Requirement();
        (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation, 3, to: "2025-07-29T19:00:00Z"))).Is(HttpStatusCode.Created);

        var after = await operation.Requirement();

        double Hours(JsonNode requirement) => requirement["series"]!.AsArray().Sum(s => (double)s!["headHours"]!);
        Hours(after).Should().BeGreaterThan(1.5 * Hours(before));
    }

    [Test]
    public async Task Withdraw_BeforeItsTime_TakesItOutAndKeepsTheRecord()
    {
        var (operation, forecast) = await Forecast("adj-withdraw");
        var before = Means(await Intervals(operation, forecast));
        var address = (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation))).Is(HttpStatusCode.Created).Headers.Location!.ToString();

        var withdrawn = (await Client.Delete(address)).Is(HttpStatusCode.OK);

        Means(await Intervals(operation, forecast)).Should().Equal(before);
        ((string?)withdrawn.Json["withdrawnBy"]).Should().Be((string?)withdrawn.Json["author"]);
        withdrawn.Json["withdrawnAt"].Should().NotBeNull();
        ((string?)withdrawn.Json["appliesUntil"]).Should().Be((string?)withdrawn.Json["from"]);
        (await Client.Delete(address)).Is(HttpStatusCode.OK).Text.Should().Be(withdrawn.Text, "withdrawing twice is withdrawing once");
        var listed = (await Client.Get($"/api/v1/forecasts/{forecast}/adjustments?queue={operation.Chat}")).Json["items"]!.AsArray();
        listed.Select(a => (string?)a!["id"]).Should().Equal((string?)withdrawn.Json["id"]);
    }

    [Test]
    public async Task Withdraw_HalfWay_LeavesWhatHasComeUnderIt()
    {
        var (operation, forecast) = await Forecast("adj-half");
        var before = Means(await Intervals(operation, forecast));
        var address = (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", Body(operation))).Is(HttpStatusCode.Created).Headers.Location!.ToString();
        await operation.Import(operation.Rows(operation.Chat, SmallOperation.CutOffDate, 7)); // 08:00 in Dublin is 07:00 UTC

        ((string?)(await Client.Delete(address)).Is(HttpStatusCode.OK).Json["appliesUntil"]).Should().Be("2025-07-28T07:30:00Z");

        Means(await Intervals(operation, forecast)).Should().Equal([2 * before[0], before[1], before[2], before[3]], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Test]
    public async Task Publish_OfANewForecast_CarriesRunningAdjustmentsUnlessToldNotTo()
    {
        var (operation, first) = await Forecast("adj-carry");
        var original = (await Client.Post($"/api/v1/forecasts/{first}/adjustments", Body(operation))).Json;
        (await Client.Post($"/api/v1/forecasts/{first}/adjustments", Body(operation, null, 4, "later"))).Is(HttpStatusCode.Created);
        var gone = (await Client.Post($"/api/v1/forecasts/{first}/adjustments", Body(operation, 9, null, "withdrawn"))).Headers.Location!.ToString();
        await Client.Delete(gone);

        var draft = await operation.Forecast(new { horizonDays = 2, publish = false });
        (await Adjustments(draft)).Should().BeEmpty("a draft is not in force");
        (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{draft["id"]}:publish")).Is(HttpStatusCode.OK);

        var carried = await Adjustments(draft);
        carried.Select(a => (string?)a["reason"]).Should().Equal("launch", "later");
        ((string?)carried[0]["carriedFrom"]).Should().Be((string?)original["id"]);
        ((string?)carried[0]["author"]).Should().Be((string?)original["author"]);
        ((string?)carried[0]["createdAt"]).Should().Be((string?)original["createdAt"]);
        (await Client.Post($"/api/v1/forecasts/{first}/adjustments", Body(operation))).Is(HttpStatusCode.Conflict);
        var third = await operation.Forecast(new { horizonDays = 2 });
        (await Adjustments(third)).Select(a => (string?)a["carriedFrom"]).First().Should()
            .Be((string?)original["id"], "a copy of a copy goes back to the original");
        (await Adjustments(await operation.Forecast(new { horizonDays = 2, carryAdjustments = false }))).Should().BeEmpty();
    }

    [Test]
    public async Task Create_SameIdempotencyKey_IsOneLayer()
    {
        var (operation, forecast) = await Forecast("adj-once");

        for (var i = 0; i < 2; i++)
        {
            (
                await Client.Call(
                    HttpMethod.Post, $"/api/v1/forecasts/{forecast}/adjustments", Body(operation), null, (IdempotencyMiddleware.Header, "adj-once"))
            ).Is(HttpStatusCode.Created);
        }

        (await Client.Get($"/api/v1/forecasts/{forecast}/adjustments")).Json["items"]!.AsArray().Should().HaveCount(1);
    }

    [Test]
    public async Task Create_UnusableValues_NameTheFields()
    {
        var (operation, forecast) = await Forecast("adj-bad");
        foreach (
            var (body, status, fields) in new (object Body, HttpStatusCode Status, string[] Fields)[]
            {
                (Body(operation, null), HttpStatusCode.UnprocessableEntity, ["/factor"]),
                (Body(operation, 2, 3), HttpStatusCode.UnprocessableEntity, ["/factor"]),
                (Body(operation, -1), HttpStatusCode.UnprocessableEntity, ["/factor"]),
                (Body(operation, null, 1e12), HttpStatusCode.UnprocessableEntity, ["/added"]),
                (Body(operation, null, 1e7), HttpStatusCode.UnprocessableEntity, ["/added"]), // of a queue that has a handful
                (Body(operation, null, 1e-300), HttpStatusCode.BadRequest, ["/added"]),
                (Body(operation, to: "9999-07-28T07:00:00Z"), HttpStatusCode.BadRequest, ["/to"]),
                (Body(operation, to: "2025-07-28T07:00:00Z"), HttpStatusCode.UnprocessableEntity, ["/to"]),
                (Body(operation, from: "2025-07-27T07:00:00Z"), HttpStatusCode.UnprocessableEntity, ["/from"]), // has come already
                (Body(operation, from: "2026-07-27T07:00:00Z", to: "2026-07-28T07:00:00Z"), HttpStatusCode.UnprocessableEntity, ["/from"]),
                // No interval starts there.
                (Body(operation, from: "2025-07-28T07:01:00Z", to: "2025-07-28T07:20:00Z"), HttpStatusCode.UnprocessableEntity, ["/from"]),
                (Body(operation, reason: ""), HttpStatusCode.BadRequest, ["/reason"]),
                (
                    new
                    {
                        queue = "fax",
                        from = "2025-07-28T07:00:00Z",
                        to = "2025-07-28T08:00:00Z",
                        factor = 2,
                        reason = "x",
                    },
                    HttpStatusCode.UnprocessableEntity, ["/queue"]),
            })
        {
            (await Client.Post($"/api/v1/forecasts/{forecast}/adjustments", body)).Is(status).ErrorFields.Should()
                .Equal(fields, System.Text.Json.JsonSerializer.Serialize(body));
        }

        (await Client.Post($"/api/v1/forecasts/{Guid.Empty}/adjustments", Body(operation))).Is(HttpStatusCode.NotFound);
        (await Client.Get($"/api/v1/forecasts/{forecast}/adjustments/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
        (await Client.Delete($"/api/v1/forecasts/{forecast}/adjustments/{Guid.Empty}")).Is(HttpStatusCode.NotFound);
    }

    private async Task<JsonNode[]> Adjustments(JsonNode forecast) =>
        [.. (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/adjustments")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(a => a!)];
}
