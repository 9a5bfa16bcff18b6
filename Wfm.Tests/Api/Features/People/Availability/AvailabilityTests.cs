using System.Net;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Availability;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AvailabilityTests(StoreKind kind)
{
    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await SwapBench.Start(kind, "av");

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Availability_WithNoticeAndNoShiftOutside_IsInForceForEdits()
    {
        var ann = (await _bench.People(1))[0];
        var roster = await _bench.Roster([ann], [(ann, 22, 10)], days: 28);
        var asked = (await Ask(ann, new { from = Day(21), to = Day(23), times = new[] { new { from = "09:00:00", to = "19:00:00" } } }))
            .Is(HttpStatusCode.Created);

        ((string?)asked.Json["state"], (string?)asked.Json["rule"]).Should().Be(("approved", "nothingWorse"));
        (await Rules(roster, ann, 21, "08:00:00")).Should().Equal("availability");
        (await Rules(roster, ann, 21, "09:00:00")).Should().BeEmpty();
        (await Rules(roster, ann, 24, "08:00:00")).Should().BeEmpty("nothing is said of that day");

        (await (await _bench.As(ann)).Call(HttpMethod.Post, $"/api/v1/me/availability/{asked.Json["id"]}:withdraw", new { }, asked.ETag)).Is(HttpStatusCode.OK);
        (await Rules(roster, ann, 21, "08:00:00")).Should().BeEmpty("the weekly availability holds again");
    }

    [Test]
    public async Task Availability_PublishedShiftOutsideOrLittleNotice_IsTheManagersToDecide()
    {
        var ann = (await _bench.People(1))[0];
        await _bench.Roster([ann], [(ann, 22, 8)], days: 28);
        var late = (await Ask(ann, new { from = Day(3) })).Is(HttpStatusCode.Created);
        ((string?)late.Json["state"], (string?)late.Json["rule"]).Should().Be(("asked", "notice"));
        var touching = (await Ask(ann, new { from = Day(22) })).Is(HttpStatusCode.Created);
        ((string?)touching.Json["state"], (string?)touching.Json["rule"]).Should().Be(("asked", "publishedShift"));

        var waiting = (await Client.Get($"/api/v1/availability-requests?agent={ann}&state=asked")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        waiting.Should().HaveCount(2);
        var path = $"/api/v1/availability-requests/{late.Json["id"]}";
        (await Client.Post($"{path}:approve", new { })).Is(HttpStatusCode.PreconditionRequired);
        var approved = (await Client.Call(HttpMethod.Post, $"{path}:approve", new { reason = "Fine." }, late.ETag)).Is(HttpStatusCode.OK);
        ((string?)approved.Json["state"]).Should().Be("approved");
        (await Client.Call(HttpMethod.Post, $"{path}:refuse", new { }, approved.ETag)).Is(HttpStatusCode.Conflict);
        (await Client.Call(HttpMethod.Post, $"/api/v1/availability-requests/{touching.Json["id"]}:refuse", new { }, touching.ETag)).Is(HttpStatusCode.OK);
    }

    [TestCase("""{"from":"2025-07-01"}""", "/from")]
    [TestCase("""{"from":"2025-09-10","to":"2025-09-09"}""", "/to")]
    [TestCase("""{"from":"2025-09-10","to":"2027-09-09"}""", "/to")]
    [TestCase(
        """{"from":"2025-09-10","windows":[{"day":"monday","from":"08:00:00","to":"12:00:00"}],"times":[{"from":"08:00:00","to":"12:00:00"}]}""", "/times")]
    [TestCase(
        """{"from":"2025-09-10","windows":[{"day":"monday","from":"08:00:00","to":"12:00:00"},{"day":"monday","from":"11:00:00","to":"13:00:00"}]}""",
        "/windows/1")]
    public async Task Availability_UnusableValues_NameTheField(string body, string field)
    {
        var ann = (await _bench.People(1))[0];
        (await Ask(ann, body)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task DatedWishes_AreLimitedByWeekAndToldWhatBecameOfThem()
    {
        var ann = (await _bench.People(1))[0];
        var client = await _bench.As(ann);
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(8) })).Is(HttpStatusCode.Created);
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(9), template = "av-early", wanted = true })).Is(HttpStatusCode.Created);
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(9) })).Is(HttpStatusCode.Conflict).Text.Should().Contain("already");
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(10) })).Is(HttpStatusCode.Conflict).Text.Should().Contain("wishesPerWeek");
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(-1) })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/date");
        (await client.Post("/api/v1/me/dated-wishes", new { date = Day(16), template = "none" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields
            .Should().Equal("/template");
        (await Outcomes()).Should().Equal("open", "open");

        await _bench.Roster([ann], [(ann, 8, 8), (ann, 9, 8)]);
        (await Outcomes()).Should().Equal("refused", "granted");
        (await client.Delete($"/api/v1/me/dated-wishes/{Day(8)}")).Is(HttpStatusCode.NoContent);
        (await client.Delete($"/api/v1/me/dated-wishes/{Day(8)}")).Is(HttpStatusCode.NotFound);
        (await Outcomes()).Should().Equal("granted");

        async Task<string[]> Outcomes() =>
            [.. (await client.Get("/api/v1/me/dated-wishes")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(w => (string)w!["outcome"]!)];
    }

    [Test]
    public async Task Wishes_ByRankAndStarts_AreKept()
    {
        var client = await _bench.As((await _bench.People(1))[0]);
        var wishes = new { preferredTemplates = new[] { "av-late", "av-early" }, preferredDaysOff = Array.Empty<string>(), byRank = true, starts = "later" };

        (await client.Put("/api/v1/me/wishes", wishes, "*")).Is(HttpStatusCode.OK);

        var read = (await client.Get("/api/v1/me/wishes")).Is(HttpStatusCode.OK).Json;
        ((bool)read["byRank"]!, (string?)read["starts"]).Should().Be((true, "later"));
    }

    private async Task<ApiAnswer> Ask(string code, object request) => await (await _bench.As(code)).Post("/api/v1/me/availability", request);

    private async Task<string[]> Rules(Guid roster, string agent, int day, string start)
    {
        var answer = await Client.Post($"/api/v1/rosters/{roster}/edits?check=true", new
        {
            reason = "A test.",
            operations = new[] { new { kind = "assign", agent, date = Day(day), shift = new { template = "av-early", start, group = "live" } } },
        });
        return [.. answer.Is(HttpStatusCode.OK).Json["broken"]!.AsArray().Select(b => (string)b!["rule"]!).Distinct()];
    }
}
