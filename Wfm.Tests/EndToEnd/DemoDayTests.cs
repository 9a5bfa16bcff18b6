using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Testing;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>What somebody finds who looks at the demo at noon of its day: over HTTP, with the examples of the OpenAPI document as they read on that
/// day.</summary>
public sealed class DemoDayTests
{
    private const string Day = "2026-11-02";

    private ServerOverDemo _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await ServerOverDemo.Start(new FakeClock(DemoRun.Today.At(LocalTime.Noon).InUtc().ToInstant()));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Rosters_OfAHub_AreOnePublishedAndTheDraftAfterIt()
    {
        var published = await Items("/api/v1/rosters?hub=dub&state=published");
        var drafts = await Items("/api/v1/rosters?hub=dub&state=draft");

        published.Select(r => $"{r["start"]} {r["days"]}").Should().Equal("2026-10-26 21");
        drafts.Select(r => $"{r["start"]} {r["days"]}").Distinct().Should().Equal("2026-11-16 28");
    }

    [Test]
    public async Task Shifts_OfAnAgent_ArePublishedBeforeAndAfterToday()
    {
        var shifts = (await Get("/api/v1/agents/dub-001/shifts?from=2026-10-26&to=2026-11-30")).AsArray();
        var dates = shifts.Select(s => ((string)s!["state"]!, (string)s["date"]!)).ToList();

        dates.Should().OnlyContain(s => s.Item1 == "published");
        dates.Select(s => s.Item2).Should().Contain(d => string.CompareOrdinal(d, Day) < 0).And.Contain(d => string.CompareOrdinal(d, Day) >= 0);
    }

    [Test]
    public async Task Accuracy_OfTheForecastOfAWeekAgo_IsKnown()
    {
        var accuracy = await Get(await Example("GetForecastAccuracy"));

        accuracy["from"]!.ToString().Should().Be("2026-10-26T00:00:00Z");
        ((int)accuracy["overall"]!["published"]!["observations"]!).Should().BeGreaterThan(6 * 300); // seven queues by half-hours, some of them closed at times
        ((double)accuracy["overall"]!["published"]!["wape"]!).Should().BeLessThan((double)accuracy["overall"]!["seasonalNaive"]!["wape"]!);
        accuracy["groups"]!.AsArray().Should().HaveCount(7);
    }

    [Test]
    public async Task Ahead_OfToday_AreLeaveEventsAndAPlan()
    {
        (await Items("/api/v1/events?hub=sin&from=2026-11-02T12:00:00Z")).Select(e => (string)e["name"]!).Should().Contain(["Deepavali", "Christmas Day"]);
        (await Items("/api/v1/agents/sin-011/time-off?from=2026-11-02T12:00:00Z")).Should().NotBeEmpty();
        foreach (var hub in SampleHubs.Codes)
        {
            (await Items($"/api/v1/capacity-plans?hub={hub}")).Should().ContainSingle().Which["weeks"]!.GetValue<int>().Should().Be(52);
        }
    }

    [Test]
    public async Task Examples_OfToday_WorkOnTheDemo()
    {
        var served = (string)(await Items("/api/v1/forecasts?hub=dub&state=published"))[0]["id"]!;
        var roster = (string)(await Items("/api/v1/rosters?hub=dub&state=published"))[0]["id"]!;

        await Post("CreateAdjustment", served);
        await Post("CreateTimeOff", "dub-001");
        (await Post("RepairRoster", roster))["job"].Should().NotBeNull();
    }

    private async Task<JsonNode> Get(string path) => await WfmServer.Json(await _server.Client.GetAsync(path));

    private async Task<List<JsonNode>> Items(string path) => [.. (await Get(path))["items"]!.AsArray().Select(i => i!)];

    private async Task<JsonNode> Post(string operation, string key)
    {
        var (path, found) = await Find(operation);
        var body = found["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await WfmServer.Json(await _server.Client.PostAsync(path.Replace("{id}", key).Replace("{code}", key), content));
    }

    private async Task<string> Example(string operation)
    {
        var (path, found) = await Find(operation);
        var values = found["parameters"]!.AsArray().Where(p => p!["example"] is not null && (string?)p["in"] == "query");
        return $"{path}?{string.Join('&', values.Select(p => $"{p!["name"]}={p["example"]}"))}";
    }

    private async Task<(string Path, JsonObject Operation)> Find(string operation) =>
        (await Get("/swagger/v1/swagger.json"))["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (p.Key, o.Value!.AsObject())))
            .Single(o => (string?)o.Item2["operationId"] == operation);
}
