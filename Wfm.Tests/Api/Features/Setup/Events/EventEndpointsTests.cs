using System.Net;
using NodaTime;
using NodaTime.Text;
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

    private static EventRequest EverywhereOn(string code, LocalDate date) => Event(code) with
    {
        Start = null,
        End = null,
        LocalStart = date.AtMidnight(),
        LocalEnd = date.PlusDays(1).AtMidnight(),
        Repeats = true,
    };

    [Test]
    public async Task Event_OfAllHubsInLocalTime_RoundTripsAsLocalTime()
    {
        var created = await Client.Create("events", EverywhereOn("ev-everywhere", new LocalDate(2027, 1, 1)));

        ((string?)created.Json["localStart"]).Should().StartWith("2027-01-01T00:00:00");
        ((string?)created.Json["localEnd"]).Should().StartWith("2027-01-02T00:00:00");
        created.Json["start"].Should().BeNull("it begins at another instant at each hub");
        var edited = created.Json.AsObject();
        foreach (var echoed in new[] { "etag", "version", "updatedAt" })
        {
            edited.Remove(echoed);
        }

        edited["name"] = "New Year";
        var replaced = (await Client.Put("/api/v1/events/ev-everywhere", edited, created.ETag)).Is(HttpStatusCode.OK);
        ((string?)replaced.Json["localStart"]).Should().Be((string?)created.Json["localStart"]);
        var instants = (await Client.Put("/api/v1/events/ev-everywhere", Event("ev-everywhere"), replaced.ETag)).Is(HttpStatusCode.OK);
        instants.Json["localStart"].Should().BeNull();
        ((string?)instants.Json["start"]).Should().Be("2027-01-01T00:00:00Z");
    }

    [Test]
    public async Task List_EventOfAllHubsInLocalTime_IsThereWhileItIsThatDaySomewhere()
    {
        await Client.Create("events", EverywhereOn("ev-somewhere", new LocalDate(2029, 1, 1)) with { Kind = "ev-clock" });

        (await Count("from=2028-12-31T09:00:00Z&to=2028-12-31T11:00:00Z")).Should().Be(1, "midnight on Kiritimati is at 10:00 UTC");
        (await Count("from=2028-12-31T09:00:00Z&to=2028-12-31T10:00:00Z")).Should().Be(0);
        (await Count("from=2029-01-02T11:00:00Z")).Should().Be(1, "the day ends on Baker Island at 12:00 UTC");
        (await Count("from=2029-01-02T12:00:00Z")).Should().Be(0);

        async Task<int> Count(string query) => (await Client.Get($"/api/v1/events?kind=ev-clock&{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Count;
    }

    [Test]
    public async Task Forecast_EventOfAllHubsInLocalTime_TouchesEachHubsOwnDay()
    {
        var dublin = await SmallOperation.SetUp(Client, "ev-dub");
        var tokyo = await SmallOperation.SetUp(Client, "ev-tok", zone: DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);
        var (seen, ahead) = (new LocalDate(2025, 7, 16), new LocalDate(2025, 7, 30));
        foreach (var day in new[] { seen, ahead })
        {
            await Client.Create(
                "events", EverywhereOn($"ev-day-{day.Day}", day) with { Kind = "ev-day", Queue = dublin.Chat }); // of one queue: other tests share the store
        }

        foreach (var operation in new[] { dublin, tokyo })
        {
            await operation.Import(operation.Volumes(dublin.Chat, 6, 11, SmallOperation.CutOffDate.PlusWeeks(-8), 56));
            var forecast = await operation.Forecast(new { horizonDays = 7 });

            var told = (await Client.Get($"/api/v1/forecasts/{forecast["id"]}/explanation?queue={dublin.Chat}&by=interval")).Is(HttpStatusCode.OK).Json;

            var touched = told["items"]!.AsArray().Where(i => Math.Abs((double)i!["parts"]!["events"]!) > 1e-9)
                .Select(i => InstantPattern.ExtendedIso.Parse((string)i!["start"]!).Value.InZone(operation.TimeZone).Date).ToList();
            touched.Should().OnlyContain(date => date == ahead).And.HaveCount(24, "twelve open hours of its own {0}", ahead);
        }
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
    public async Task HubManager_KeepsTheEventsOfOwnHubs()
    {
        await Client.Create("events", Event("ev-of-all"));
        var key = await Client.Create("api-keys", new { name = "manager", role = "hub-manager", hubs = new[] { "ev-hub" } });
        using var manager = Server.ClientWith((string)key.Json["key"]!);

        var made = (await manager.Post("/api/v1/events", Event("ev-managed") with { Hub = "ev-hub" })).Is(HttpStatusCode.Created);
        (await manager.Put("/api/v1/events/ev-managed", Event("ev-managed") with { Hub = "ev-hub", Name = "Moved" }, made.ETag)).Is(HttpStatusCode.OK);
        (await manager.Put("/api/v1/events/ev-managed", Event("ev-managed") with { Hub = "ev-other" }, "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Put("/api/v1/events/ev-managed", Event("ev-managed"), "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Post("/api/v1/events", Event("ev-managed-all"))).Is(HttpStatusCode.Forbidden);
        (await manager.Put("/api/v1/events/ev-of-all", Event("ev-of-all") with { Hub = "ev-hub" }, "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Delete("/api/v1/events/ev-of-all", "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Delete("/api/v1/events/ev-managed", "*")).Is(HttpStatusCode.NoContent);
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
