using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Hubs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class HubEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static HubRequest Hub(string code) =>
        new()
        {
            Code = code,
            Name = "Testville",
            TimeZone = "Europe/Dublin",
            Country = "IE",
            Seats = 12,
            OpeningHours =
            [
                new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(8, 0), new LocalTime(18, 30)),
                new OpeningWindow(IsoDayOfWeek.Sunday, new LocalTime(22, 0), new LocalTime(6, 0)),
            ],
            PlannedShrinkage = 0.1,
            NightlyAt = new LocalTime(3, 15),
        };

    [Test]
    public async Task Create_NewHub_AnswersLocationETagAndWhatWasSent()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-create"))).Is(HttpStatusCode.Created);

        created.Headers.Location!.ToString().Should().Be("/api/v1/hubs/hub-create");
        var read = (await Client.Get("/api/v1/hubs/hub-create")).Is(HttpStatusCode.OK);
        read.Text.Should().Be(created.Text);
        read.ETag.Should().Be(created.ETag).And.Be((string?)read.Json["etag"]);
        ((string?)read.Json["openingHours"]![1]!["day"]).Should().Be("sunday");
        ((string?)read.Json["nightlyAt"]).Should().Be("03:15:00");
        ((int?)read.Json["version"]).Should().Be(1);
    }

    [Test]
    public async Task Create_CodeTaken_Is409()
    {
        (await Client.Post("/api/v1/hubs", Hub("hub-twice"))).Is(HttpStatusCode.Created);

        (await Client.Post("/api/v1/hubs", Hub("hub-twice"))).Is(HttpStatusCode.Conflict).Text.Should().Contain("hub-twice");
    }

    [TestCase("Dub")]
    [TestCase("-dub")]
    [TestCase("d ub")]
    [TestCase("")]
    [TestCase("a1234567890123456789012345678901234567890123456789012345678901234")] // 65
    public async Task Create_BadCode_Is400NamingTheField(string code)
    {
        (await Client.Post("/api/v1/hubs", Hub(code))).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal("/code");
    }

    [Test]
    public async Task Create_SeveralBadValues_NamesThemAll()
    {
        var answer = (await Client.Post("/api/v1/hubs", Hub("hub-bad") with { Name = "", Country = "Ireland", Seats = -1 })).Is(HttpStatusCode.BadRequest);

        answer.ErrorFields.Should().BeEquivalentTo("/name", "/country", "/seats");
    }

    [Test]
    public async Task Create_UnusableValues_Are422WithPointers()
    {
        var answer = (await Client.Post("/api/v1/hubs", Hub("hub-bad") with
        {
            TimeZone = "Europe/Atlantis",
            LabourPolicy = "no-such-policy",
            PlannedShrinkage = 1,
            UnplannedShrinkage = double.NaN,
        })).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().BeEquivalentTo("/timeZone", "/labourPolicy", "/plannedShrinkage", "/unplannedShrinkage");
        answer.ErrorOf("/timeZone").Should().Contain("Europe/Atlantis");
        (await Client.Get("/api/v1/hubs/hub-bad")).Is(HttpStatusCode.NotFound);
    }

    [TestCase("UTC+05")] // NodaTime would take it, the job engine would not
    [TestCase("Eastern Standard Time")]
    public async Task Create_ZoneNotIana_Is422(string zone)
    {
        (await Client.Post("/api/v1/hubs", Hub("hub-bad") with { TimeZone = zone })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/timeZone");
    }

    [TestCase("monday 08:00-12:00", "monday 11:59-13:00", "/openingHours/1")]
    [TestCase("sunday 22:00-06:00", "monday 05:00-12:00", "/openingHours/1")] // past the end of the week
    [TestCase("tuesday 00:00-00:00", "tuesday 10:00-11:00", "/openingHours/1")] // the whole day
    [TestCase("monday 08:00-12:00", "monday 12:00-13:00", null)]
    [TestCase("sunday 22:00-06:00", "monday 06:00-12:00", null)]
    public async Task Create_OpeningHours_MayTouchButNotOverlap(string first, string second, string? field)
    {
        var answer = await Client.Post(
            "/api/v1/hubs", Hub($"hub-hours-{first.Length}-{Math.Abs(HashCode.Combine(first, second))}") with
            {
                OpeningHours = [Window(first), Window(second)],
            });

        answer.Is(field is null ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity);
        answer.ErrorFields.Should().Equal(field is null ? [] : [field]);

        static OpeningWindow Window(string text)
        {
            var parts = text.Split(' ', '-');
            return new OpeningWindow(
                Enum.Parse<IsoDayOfWeek>(parts[0], true), NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(parts[1]).Value,
                NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(parts[2]).Value);
        }
    }

    [Test]
    public async Task Replace_WithIfMatch_ChangesAndCountsUp()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-replace"))).Is(HttpStatusCode.Created);
        var edited = created.Json.AsObject(); // an answer can be edited and sent back
        edited["seats"] = 99;

        var replaced = (await Client.Put("/api/v1/hubs/hub-replace", edited, created.ETag)).Is(HttpStatusCode.OK);

        ((int?)replaced.Json["seats"]).Should().Be(99);
        ((int?)replaced.Json["version"]).Should().Be(2);
        replaced.ETag.Should().NotBe(created.ETag);
        (await Client.Get("/api/v1/hubs/hub-replace")).Text.Should().Be(replaced.Text);
    }

    [Test]
    public async Task Replace_WithoutOrWithStaleIfMatch_Is428Or412()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-stale"))).Is(HttpStatusCode.Created);
        (await Client.Put("/api/v1/hubs/hub-stale", Hub("hub-stale") with { Seats = 1 }, created.ETag)).Is(HttpStatusCode.OK);

        (await Client.Put("/api/v1/hubs/hub-stale", Hub("hub-stale"), null)).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Put("/api/v1/hubs/hub-stale", Hub("hub-stale"), created.ETag)).Is(HttpStatusCode.PreconditionFailed).Text.Should()
            .Contain("current version");
        (await Client.Put("/api/v1/hubs/hub-stale", Hub("hub-stale"), "not-an-etag")).Is(HttpStatusCode.BadRequest);
        ((int?)(await Client.Get("/api/v1/hubs/hub-stale")).Json["seats"]).Should().Be(1);
    }

    [Test]
    public async Task Replace_TwoWritersAtOnce_OneWins()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-race"))).Is(HttpStatusCode.Created);

        var answers = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(i => Client.Put("/api/v1/hubs/hub-race", Hub("hub-race") with { Seats = i }, created.ETag)));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Count(a => a.Status == HttpStatusCode.PreconditionFailed).Should().Be(7);
        ((int?)(await Client.Get("/api/v1/hubs/hub-race")).Json["version"]).Should().Be(2);
    }

    [Test]
    public async Task Replace_UnknownHubOrOtherCode_Is404Or422()
    {
        (await Client.Put("/api/v1/hubs/hub-none", Hub("hub-none"), "*")).Is(HttpStatusCode.NotFound);
        (await Client.Post("/api/v1/hubs", Hub("hub-other"))).Is(HttpStatusCode.Created);
        (await Client.Put("/api/v1/hubs/hub-other", Hub("hub-another"), "*")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/code");
    }

    [Test]
    public async Task Delete_UnreferencedHub_IsGoneAndItsETagDoesNotFitASuccessor()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-delete"))).Is(HttpStatusCode.Created);
        (await Client.Delete("/api/v1/hubs/hub-delete")).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Delete("/api/v1/hubs/hub-delete", created.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get("/api/v1/hubs/hub-delete")).Is(HttpStatusCode.NotFound);

        (await Client.Post("/api/v1/hubs", Hub("hub-delete"))).Is(HttpStatusCode.Created);
        (await Client.Delete("/api/v1/hubs/hub-delete", created.ETag)).Is(HttpStatusCode.PreconditionFailed);
    }

    [Test]
    public async Task List_SmallPages_GiveEveryHubOnceInOrder()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            (await Client.Post("/api/v1/hubs", Hub($"hub-page-{i}") with { Country = "FJ" })).Is(HttpStatusCode.Created);
        }

        var (codes, after) = (new List<string>(), "");
        do
        {
            var page = (await Client.Get($"/api/v1/hubs?country=FJ&limit=2&after={after}")).Is(HttpStatusCode.OK).Json;
            codes.AddRange(page["items"]!.AsArray().Select(h => (string)h!["code"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        codes.Should().Equal("hub-page-0", "hub-page-1", "hub-page-2", "hub-page-3", "hub-page-4");
    }

    [TestCase("limit=0", HttpStatusCode.UnprocessableEntity, "limit")]
    [TestCase("limit=1001", HttpStatusCode.UnprocessableEntity, "limit")]
    [TestCase("limit=ten", HttpStatusCode.BadRequest, "limit")]
    [TestCase("after=!!", HttpStatusCode.UnprocessableEntity, "after")]
    public async Task List_BadQuery_NamesTheParameter(string query, HttpStatusCode status, string field)
    {
        (await Client.Get($"/api/v1/hubs?{query}")).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task Get_IfNoneMatchCurrent_Is304()
    {
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-304"))).Is(HttpStatusCode.Created);

        var answer = await Client.Call(HttpMethod.Get, "/api/v1/hubs/hub-304", null, null, ("If-None-Match", created.ETag));

        answer.Status.Should().Be(HttpStatusCode.NotModified);
        answer.Text.Should().BeEmpty();
        (await Client.Call(HttpMethod.Get, "/api/v1/hubs/hub-304", null, null, ("If-None-Match", "\"old\""))).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task WellbeingPolicy_SetOverHttp_IsReadAndKeepsThePolicy()
    {
        await Client.Create("labour-policies", SampleSetup.Policy("hub-wellbeing", new LocalDate(2020, 1, 1)));
        var created = (await Client.Post("/api/v1/hubs", Hub("hub-well") with { WellbeingPolicy = "hub-wellbeing" })).Is(HttpStatusCode.Created);

        ((string?)created.Json["wellbeingPolicy"]).Should().Be("hub-wellbeing");
        ((string?)(await Client.Get("/api/v1/hubs/hub-well")).Json["wellbeingPolicy"]).Should().Be("hub-wellbeing");
        (await Client.Delete("/api/v1/labour-policies/hub-wellbeing/2020-01-01", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 hubs");
        (await Client.Put("/api/v1/hubs/hub-well", Hub("hub-well") with { WellbeingPolicy = "hub-nothing" }, "*")).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorOf("/wellbeingPolicy").Should().Contain("'hub-nothing'");
        (await Client.Put("/api/v1/hubs/hub-well", Hub("hub-well"), "*")).Is(HttpStatusCode.OK);
        (await Client.Delete("/api/v1/labour-policies/hub-wellbeing/2020-01-01", "*")).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Create_ShapeAndMeaningWrong_AreToldInOneAnswer()
    {
        var answer = (await Client.Post("/api/v1/hubs", Hub("hub-bad") with { Name = "", Seats = -1, TimeZone = "Europe/Atlantis", PlannedShrinkage = 1 })).Is(
            HttpStatusCode.BadRequest);

        answer.ErrorFields.Should().BeEquivalentTo("/name", "/seats", "/timeZone", "/plannedShrinkage");
    }

    [Test]
    public async Task Delete_HubInUse_Is409NamingEverythingThatRefers()
    {
        await Client.Create("hubs", Hub("hub-used"));
        await Client.Create("shift-templates", SampleSetup.Template("hub-used-day", "hub-used"));
        await Client.Create(
            "events", new
            {
                code = "hub-used-event",
                kind = "outage",
                name = "Outage",
                hub = "hub-used",
                start = "2027-01-01T00:00:00Z",
                end = "2027-01-02T00:00:00Z",
            });
        await Client.Create("api-keys", new { name = "manager", role = "hub-manager", hubs = new[] { "hub-used" } });

        (await Client.Delete("/api/v1/hubs/hub-used", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 shift templates").And.Contain("1 events")
            .And.Contain("1 API keys");
    }
}
