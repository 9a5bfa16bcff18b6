using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Tests.Api.Features.Volumes.Query;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeQueryTests(StoreKind kind)
{
    private VolumeServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = await VolumeServer.Start(kind);
        await _server.Import(HalfHours("DUB", new DateTime(2026, 3, 27, 0, 0, 0, DateTimeKind.Utc), 5)); // Friday to Tuesday, the clocks change on Sunday 29
        await _server.Import("interval_start,queue,hub,offered\n2026-03-28,chat-de,HYD,50\n", query: "?intervalMinutes=1440");
        await _server.Import("interval_start,queue,hub,offered,handled\n2026-03-28T00:00Z,appeals-en,'=1+1,5,4\n"); // as our own export writes the code
    }

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Query_InPages_GivesEachIntervalOnceInOrder()
    {
        var starts = new List<string?>();
        string? after = null;
        do
        {
            var page = await _server.Server.GetJson($"/api/v1/volumes?queue=appeals-en&hub=DUB&limit=100&after={after}");
            starts.AddRange(page["items"]!.AsArray().Select(i => (string?)i!["intervalStart"]));
            after = (string?)page["next"];
        }
        while (after is not null);

        starts.Should().HaveCount(240).And.OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Test]
    public async Task Query_RolledUpToDays_FollowsTheLocalDayAcrossTheClockChange()
    {
        var days = await Items("queue=appeals-en&hub=DUB&interval=1440");

        days.Select(d => (string?)d["intervalStart"]).Should().Equal(
            "2026-03-27T00:00:00Z", "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z", "2026-03-30T23:00:00Z", "2026-03-31T23:00:00Z");
        days.Select(d => (int)d["intervals"]!).Should().Equal(48, 48, 46, 48, 48, 2); // 23 hours on Sunday; the file ends an hour into Wednesday
    }

    [Test]
    public async Task Query_RolledUpInPages_NeverCutsADay()
    {
        var first = await _server.Server.GetJson("/api/v1/volumes?queue=appeals-en&hub=DUB&interval=1440&limit=3");
        var second = await _server.Server.GetJson($"/api/v1/volumes?queue=appeals-en&hub=DUB&interval=1440&limit=3&after={first["next"]}");

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(d => (int)d!["intervals"]!).Should().Equal(48, 48, 46, 48, 48, 2);
        second["next"].Should().BeNull();
    }

    [TestCase(30)]
    [TestCase(60)]
    [TestCase(1440)]
    [TestCase(10080)]
    public async Task Query_RolledUp_KeepsTheSums(int interval)
    {
        var items = await Items($"queue=appeals-en&hub=DUB&interval={interval}&limit=1000");

        items.Sum(i => (double)i["offered"]!).Should().Be(Enumerable.Range(0, 240).Sum());
        items.Sum(i => (double)i["handleTimeSeconds"]!).Should().Be(240 * 60);
        items.Select(i => (int)i["intervalMinutes"]!).Should().AllBeEquivalentTo(interval);
        ((double)items[^1]["backlog"]!).Should().Be(239, "a backlog is a level: the last one stands");
    }

    [Test]
    public async Task Query_RolledUpToWeeks_StartsOnMonday() =>
        (await Items("queue=appeals-en&hub=DUB&interval=10080")).Select(w => (string?)w["intervalStart"]).Should()
            .Equal("2026-03-23T00:00:00Z", "2026-03-29T23:00:00Z");

    [Test]
    public async Task Query_Stretch_IsHalfOpen()
    {
        var items = await Items("queue=appeals-en&hub=DUB&from=2026-03-27T01:00:00Z&to=2026-03-27T03:00:00%2B01:00");

        items.Select(i => (string?)i["intervalStart"]).Should().Equal("2026-03-27T01:00:00Z", "2026-03-27T01:30:00Z");
    }

    [TestCase("queue=nobody", "queue")]
    [TestCase("hub=nowhere", "hub")]
    [TestCase("from=2026-03-28T00:00:00Z&to=2026-03-28T00:00:00Z", "from")]
    [TestCase("from=yesterday", "from")]
    [TestCase("interval=45", "interval")]
    [TestCase("interval=60", "interval")] // one series is daily
    [TestCase("limit=0", "limit")]
    [TestCase("after=zzz", "after")]
    [TestCase("format=xml", "format")]
    public async Task Query_ParameterUnusable_NamesIt(string query, string field)
    {
        using var response = await _server.Client.GetAsync($"/api/v1/volumes?{query}");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject().Should().ContainKey(field);
    }

    [Test]
    public async Task Query_Csv_ComesBackUnchangedThroughAnImport()
    {
        var csv = await _server.Client.GetStringAsync("/api/v1/volumes?format=csv");

        var report = await _server.Import(csv);

        ((long)report["accepted"]!).Should().Be(242);
        ((long)report["unchanged"]!).Should().Be(242);
    }

    [Test]
    public async Task Query_CsvByAccept_NeutralisesFormulas()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/volumes?hub=%3D1%2B1");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var response = await _server.Client.SendAsync(request);

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/csv");
        (await response.Content.ReadAsStringAsync()).Should().Be(VolumeServer.Header + "2026-03-28T00:00:00Z,appeals-en,\"'=1+1\",5,4,,,\n");
    }

    [Test]
    public async Task Query_CsvInGzip_IsPacked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/volumes?format=csv");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await _server.Client.SendAsync(request);

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
    }

    [Test]
    public async Task Query_KeyOfOneHub_SeesThatHubAlone()
    {
        using var client = await _server.ClientAs(Roles.HubManager, "HYD");

        using var other = await client.GetAsync("/api/v1/volumes?hub=DUB");
        var own = JsonNode.Parse(await client.GetStringAsync("/api/v1/volumes"))!["items"]!.AsArray();

        other.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        own.Select(i => (string?)i!["hub"]).Should().Equal("HYD");
    }

    [Test]
    public async Task Series_InPages_SaysFromWhenToWhen()
    {
        var first = await _server.Server.GetJson("/api/v1/series?limit=2");
        var second = await _server.Server.GetJson($"/api/v1/series?limit=2&after={first["next"]}");

        var items = first["items"]!.AsArray().Concat(second["items"]!.AsArray()).ToArray();
        items.Select(s => ((string?)s!["hub"], (int)s["intervalMinutes"]!, (long)s["count"]!)).Should()
            .Equal(("DUB", 30, 240), ("HYD", 1440, 1), ("=1+1", 30, 1));
        ((string?)items[0]!["firstInterval"]).Should().Be("2026-03-27T00:00:00Z");
        ((string?)items[0]!["lastInterval"]).Should().Be("2026-03-31T23:30:00Z");
    }

    private async Task<JsonNode[]> Items(string query) =>
        [.. (await _server.Server.GetJson($"/api/v1/volumes?{query}"))["items"]!.AsArray().Select(i => i!)];

    private static string HalfHours(string hub, DateTime first, int days)
    {
        var file = new StringBuilder(VolumeServer.Header);
        for (var i = 0; i < days * 48; i++)
        {
            file.Append($"{first.AddMinutes(30 * i):yyyy-MM-ddTHH:mm:ssZ},appeals-en,{hub},{i},,60,,{i}\n");
        }

        return file.ToString();
    }
}
