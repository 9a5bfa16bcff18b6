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
}
