using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Events;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class EventEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static EventRequest Event(string code) => new()
    {
        Code = code,
        Kind = "ev-kind",
        Name = "Something",
        Start = Instant.FromUtc(2027, 1, 1, 0, 0),
        End = Instant.FromUtc(2027, 1, 2, 0, 0),
    };

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("ev-hub", "America/Santiago"));
        await Client.Create("hubs", SampleSetup.Hub("ev-other"));
        await Client.Create("queues", SampleSetup.Queue("ev-queue"));
    }

    [Test]
    public async Task Event_InLocalTime_IsStoredAsInstants()
    {
        // Santiago springs forward at midnight: 2027-09-05 begins at 01:00, that is 04:00 UTC; the clock before was UTC−4
        var created = await Client.Create("events", Event("ev-gap") with
        {
            Hub = "ev-hub",
            Start = null,
            End = null,
            LocalStart = new LocalDateTime(2027, 9, 5, 0, 0),
            LocalEnd = new LocalDateTime(2027, 9, 6, 0, 0),
        });

        ((string?)created.Json["start"]).Should().Be("2027-09-05T04:00:00Z");
        ((string?)created.Json["end"]).Should().Be("2027-09-06T03:00:00Z");
        (await Client.Get("/api/v1/events/ev-gap")).Is(HttpStatusCode.OK).Text.Should().Be(created.Text);
    }

    [Test]
    public async Task Event_ReplacedAndDeleted_RoundTrips()
    {
        var created = await Client.Create("events", Event("ev-trip") with { Hub = "ev-hub", Queue = "ev-queue" });
        var edited = created.Json.AsObject();
        edited["repeats"] = true;
        foreach (var echoed in new[] { "etag", "version", "updatedAt" })
        {
            edited.Remove(echoed);
        }

        var replaced = (await Client.Put("/api/v1/events/ev-trip", edited, created.ETag)).Is(HttpStatusCode.OK);

        ((bool?)replaced.Json["repeats"]).Should().BeTrue();
        ((string?)replaced.Json["queue"]).Should().Be("ev-queue");
        (await Client.Put("/api/v1/events/ev-trip", edited, created.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Delete("/api/v1/queues/ev-queue", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 events");
        (await Client.Delete("/api/v1/events/ev-trip", replaced.ETag)).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task List_FiltersByTimeHubAndPage()
    {
        await Client.Create("events", Event("ev-all") with { Kind = "ev-list" });
        await Client.Create(
            "events", Event("ev-ours") with
            {
                Kind = "ev-list",
                Hub = "ev-hub",
                Start = Instant.FromUtc(2027, 2, 1, 0, 0),
                End = Instant.FromUtc(2027, 2, 2, 0, 0),
            });
        await Client.Create(
            "events", Event("ev-theirs") with
            {
                Kind = "ev-list",
                Hub = "ev-other",
                Start = Instant.FromUtc(2027, 2, 1, 0, 0),
                End = Instant.FromUtc(2027, 2, 3, 0, 0),
            });

        (await Codes("")).Should().HaveCount(3);
        (await Codes("&hub=ev-hub")).Should().Equal("ev-all", "ev-ours");
        (await Codes("&from=2027-01-02T00:00:00Z&to=2027-02-01T00:00:00Z")).Should().BeEmpty(); // half-open on both sides
        (await Codes("&from=2027-02-02T00:00:00Z")).Should().Equal("ev-theirs");
        var first = (await Client.Get("/api/v1/events?kind=ev-list&limit=2")).Json;
        (await Codes($"&limit=2&after={first["next"]}")).Should().HaveCount(1);
        (await Client.Get("/api/v1/events?from=soon")).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("from");
        (await Client.Get("/api/v1/events?hub=nowhere")).Is(HttpStatusCode.NotFound);

        async Task<string[]> Codes(string query) =>
            [.. (await Client.Get($"/api/v1/events?kind=ev-list{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(e => (string)e!["code"]!)];
    }

    private static readonly TestCaseData[] Unusable =
    [
        new(Event("ev-bad") with { Hub = "nowhere", Queue = "nothing" }, new[] { "/hub", "/queue" }),
        new(Event("ev-bad") with { End = Instant.FromUtc(2027, 1, 1, 0, 0) }, new[] { "/end" }),
        new(Event("ev-bad") with { Start = null, LocalStart = new LocalDateTime(2027, 1, 1, 0, 0) }, new[] { "/localStart" }), // no hub, no zone
        new(Event("ev-bad") with { Start = null, End = null }, new[] { "/start", "/end" }),
    ];

    [TestCaseSource(nameof(Unusable))]
    public async Task Create_RangeOrReferenceThatCannotBeUsed_Is422(object request, string[] fields)
    {
        (await Client.Post("/api/v1/events", request)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo(fields);
    }

    [Test]
    public async Task KeyOfOneHub_MayNotTouchWhatAllHubsShare()
    {
        var key = await Client.Create("api-keys", new { name = "planner", role = "planner", hubs = new[] { "ev-hub" } });
        using var planner = Server.ClientWith((string)key.Json["key"]!);

        (await planner.Post("/api/v1/events", Event("ev-scoped") with { Hub = "ev-hub" })).Is(HttpStatusCode.Created);
        (await planner.Post("/api/v1/events", Event("ev-scoped-all"))).Is(HttpStatusCode.Forbidden);
        (await planner.Post("/api/v1/events", Event("ev-scoped-other") with { Hub = "ev-other" })).Is(HttpStatusCode.Forbidden);
        (await planner.Put("/api/v1/events/ev-scoped", Event("ev-scoped"), "*")).Is(HttpStatusCode.Forbidden);
        (await planner.Post("/api/v1/queues", SampleSetup.Queue("ev-scoped"))).Is(HttpStatusCode.Forbidden);
        (await planner.Put("/api/v1/hubs/ev-other", SampleSetup.Hub("ev-other"), "*")).Is(HttpStatusCode.Forbidden);
        (await planner.Put("/api/v1/hubs/ev-hub", SampleSetup.Hub("ev-hub", "America/Santiago"), "*")).Is(HttpStatusCode.OK);
    }
}
