using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Forecasts.Stored;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ForecastPublicationTests(StoreKind kind) : ApiFixture(kind)
{
    [Test]
    public async Task Publish_SeveralForecastsAtOnce_OneIsServed()
    {
        var operation = await SmallOperation.SetUp(Client, "fp-race");
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        var drafts = new List<JsonNode>();
        for (var seed = 1; seed <= 4; seed++)
        {
            drafts.Add(await operation.Forecast(new { horizonDays = 8, seed, publish = false }));
        }

        var answers = await Task.WhenAll(drafts.Select(d => Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{d["id"]}:publish")));

        answers.Should()
            .OnlyContain(a => a.Status == HttpStatusCode.OK || a.Status == HttpStatusCode.PreconditionFailed || a.Status == HttpStatusCode.Conflict)
            .And.Contain(a => a.Status == HttpStatusCode.OK);
        var listed = (await Client.Get("/api/v1/forecasts?hub=fp-race")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        listed.Should().ContainSingle(f => (string?)f!["state"] == "published");
    }

    [Test]
    public async Task Publish_ForecastOfOneQueue_JoinsTheOthersAndGoesBack()
    {
        var operation = await SmallOperation.SetUp(Client, "fp-join");
        foreach (var queue in new[] { operation.Chat, operation.Review })
        {
            await operation.Import(operation.Volumes(queue, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        }

        var whole = await operation.Forecast(new { horizonDays = 8 });
        var path = $"/api/v1/forecasts/{whole["id"]}";
        var adjustment = new
        {
            queue = operation.Review,
            from = $"{SmallOperation.CutOffDate:uuuu-MM-dd}T09:00:00Z",
            to = $"{SmallOperation.CutOffDate:uuuu-MM-dd}T12:00:00Z",
            factor = 2,
            reason = "x",
        };
        (await Client.Post($"{path}/adjustments", adjustment)).Is(HttpStatusCode.Created);
        var part = await operation.Forecast(new { horizonDays = 21, queues = new[] { operation.Chat }, publish = false });
        ((string?)part["state"]).Should().Be("draft");
        part["series"]!.AsArray().Should().ContainSingle();

        var served = (await Client.Call(HttpMethod.Post, $"/api/v1/forecasts/{part["id"]}:publish")).Is(HttpStatusCode.OK).Json;

        served["series"]!.AsArray().Select(s => (string?)s!["queue"]).Should().BeEquivalentTo(operation.Chat, operation.Review);
        ((string?)served["end"]).Should().Be((string?)whole["end"], "as far as all its queues reach");
        (await Client.Get($"/api/v1/forecasts/{part["id"]}/adjustments")).Json["items"]!.AsArray().Should().ContainSingle();
        (await Mean(part)).Should().Be(await Mean(whole));

        var back = (await Client.Call(HttpMethod.Post, $"{path}:publish")).Is(HttpStatusCode.OK).Json;

        ((string?)back["state"]).Should().Be("published");
        (await Client.Get($"{path}/adjustments")).Json["items"]!.AsArray().Should().ContainSingle("what came from it does not come back twice");
        var listed = (await Client.Get("/api/v1/forecasts?hub=fp-join&state=published")).Json["items"]!.AsArray();
        listed.Should().ContainSingle().Which!["id"]!.ToString().Should().Be(whole["id"]!.ToString());

        async Task<double> Mean(JsonNode forecast) => (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/intervals?queue={operation.Review}&limit=1000"))
            .Is(HttpStatusCode.OK).Json["items"]!.AsArray().Sum(i => (double)i!["mean"]!);
    }
}
