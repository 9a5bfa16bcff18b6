using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Agents;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AgentEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private string _managerKey = ""; // of ag-hub only

    private static AgentRequest Agent(string code) => SampleSetup.Agent(code, "ag-hub", "ag-contract");

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("ag-hub"));
        await Client.Create("hubs", SampleSetup.Hub("ag-other"));
        await Client.Create("contracts", SampleSetup.Contract("ag-contract"));
        await Client.Create("shift-templates", SampleSetup.Template("ag-day", "ag-hub"));
        await Client.Create("shift-templates", SampleSetup.Template("ag-other-day", "ag-other"));
        await Client.CreateGroups("live-en", "policy-en", "child-safety", "list-even", "list-odd");
        await Client.Create("agents", SampleSetup.Agent("ag-foreign", "ag-other", "ag-contract"));
        var key = await Client.Create("api-keys", new { name = "manager", role = "hub-manager", hubs = new[] { "ag-hub" } });
        _managerKey = (string)key.Json["key"]!;
    }

    [Test]
    public async Task Agent_CreatedEditedDeleted_RoundTrips()
    {
        var created = await Client.Create("agents", Agent("ag-trip") with
        {
            Availability = [new OpeningWindow(IsoDayOfWeek.Friday, new LocalTime(8, 0), new LocalTime(16, 0))],
            OptOutGroups = ["child-safety"],
            PreferredTemplates = ["ag-day"],
            PreferredDaysOff = [IsoDayOfWeek.Sunday],
        });
        created.Headers.CacheControl!.NoStore.Should().BeTrue();
        var edited = created.Json.AsObject();
        edited["active"] = false;
        edited["hub"] = "ag-other";
        edited["preferredTemplates"] = new System.Text.Json.Nodes.JsonArray("ag-other-day");

        var replaced = (await Client.Put("/api/v1/agents/ag-trip", edited, created.ETag)).Is(HttpStatusCode.OK);

        var read = (await Client.Get("/api/v1/agents/ag-trip")).Is(HttpStatusCode.OK);
        read.Text.Should().Be(replaced.Text);
        ((string?)read.Json["hub"]).Should().Be("ag-other");
        ((string?)read.Json["availability"]![0]!["day"]).Should().Be("friday");
        (await Client.Delete("/api/v1/agents/ag-trip", created.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Delete("/api/v1/agents/ag-trip", read.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get("/api/v1/agents/ag-trip")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Create_UnusableValues_Are422WithPointers()
    {
        var answer = (await Client.Post("/api/v1/agents", Agent("ag-bad") with
        {
            Hub = "ag-hub",
            Contract = "nothing",
            Skills = [new AgentSkillData("live-en", 2.1), new AgentSkillData("live-en", 1), new AgentSkillData("UPPER", 0)],
            PreferredTemplates = ["ag-other-day"],
            PreferredDaysOff = [IsoDayOfWeek.Sunday, IsoDayOfWeek.Sunday],
        })).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().BeEquivalentTo(
                "/contract", "/skills/0/proficiency", "/skills/1/group", "/skills/2/group", "/skills/2/proficiency", "/preferredTemplates/0",
                "/preferredDaysOff/1");
        (await Client.Post("/api/v1/agents", Agent("ag-bad") with { Hub = "nowhere" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/hub");
    }

    [Test]
    public async Task List_Filters_GiveOnlyWhatFitsPageByPage()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            await Client.Create(
                "agents", Agent($"ag-list-{i}") with
                {
                    Skills = [new AgentSkillData(i % 2 == 0 ? "list-even" : "list-odd", 1)],
                    Active = i != 4,
                });
        }

        (await Codes("hub=ag-hub&skillGroup=list-even&limit=1")).Should().Equal("ag-list-0", "ag-list-2", "ag-list-4");
        (await Codes("skillGroup=list-even&active=true&limit=2")).Should().Equal("ag-list-0", "ag-list-2");
        (await Codes("skillGroup=list-even&active=false")).Should().Equal("ag-list-4");
        (await Codes("hub=ag-other")).Should().Contain("ag-foreign").And.NotContain("ag-list-0");

        async Task<List<string>> Codes(string query)
        {
            var (codes, after) = (new List<string>(), (string?)"");
            while (after is not null)
            {
                var page = (await Client.Get($"/api/v1/agents?{query}&after={after}")).Is(HttpStatusCode.OK).Json;
                codes.AddRange(page["items"]!.AsArray().Select(a => (string)a!["code"]!));
                after = (string?)page["next"];
            }

            return codes;
        }
    }

    [Test]
    public async Task HubManager_OfOneHub_SeesAndTouchesOnlyThatHub()
    {
        await Client.Create("agents", Agent("ag-mine"));
        using var manager = Server.ClientWith(_managerKey);

        (await manager.Get("/api/v1/agents/ag-mine")).Is(HttpStatusCode.OK);
        (await manager.Get("/api/v1/agents/ag-foreign")).Is(HttpStatusCode.Forbidden).Text.Should().Contain("ag-other");
        (await manager.Get("/api/v1/agents")).Is(HttpStatusCode.OK).Text.Should().Contain("ag-mine").And.NotContain("ag-foreign");
        (await manager.Get("/api/v1/agents?hub=ag-other")).Is(HttpStatusCode.Forbidden);
        (await manager.Post("/api/v1/agents", SampleSetup.Agent("ag-x", "ag-other", "ag-contract"))).Is(HttpStatusCode.Forbidden);
        (await manager.Put("/api/v1/agents/ag-mine", Agent("ag-mine") with { Hub = "ag-other" }, "*")).Is(HttpStatusCode.Forbidden); // not even away
        (await manager.Put("/api/v1/agents/ag-foreign", Agent("ag-foreign"), "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Delete("/api/v1/agents/ag-foreign", "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Get("/api/v1/agents/ag-foreign/time-off")).Is(HttpStatusCode.Forbidden);
        (
            await manager.Post(
                "/api/v1/agents/ag-foreign/time-off", new
                {
                    type = "training",
                    start = "2027-01-01T00:00:00Z",
                    end = "2027-01-02T00:00:00Z",
                })
        ).Is(HttpStatusCode.Forbidden);
        (await manager.Put("/api/v1/agents/ag-mine", Agent("ag-mine") with { Name = "Renamed" }, "*")).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task TimeOff_GrantedListedTakenBack_InTheHubsTime()
    {
        await Client.Create("agents", Agent("ag-leave"));
        const string Path = "/api/v1/agents/ag-leave/time-off";

        // Dublin: 2027-03-28 has 23 hours
        var local = (
            await Client.Post(
                Path, new
                {
                    type = "annual",
                    localStart = "2027-03-28T00:00",
                    localEnd = "2027-03-29T00:00",
                })
        ).Is(HttpStatusCode.Created);
        ((string?)local.Json["start"]).Should().Be("2027-03-28T00:00:00Z");
        ((string?)local.Json["end"]).Should().Be("2027-03-28T23:00:00Z");
        (await Client.Post(Path, new { type = "annual", start = "2027-03-28T00:00:00Z", end = "2027-03-28T23:00:00Z" })).Is(HttpStatusCode.Conflict);
        (await Client.Post(Path, new { type = "training", start = "2027-05-01T00:00:00Z", end = "2027-05-02T00:00:00Z" })).Is(HttpStatusCode.Created);

        (await Client.Get(local.Headers.Location!.ToString())).Is(HttpStatusCode.OK).Text.Should().Be(local.Text);
        (await Kinds("")).Should().Equal("annual", "training");
        (await Kinds("?from=2027-03-28T23:00:00Z")).Should().Equal("training"); // half-open
        (await Kinds("?to=2027-05-01T00:00:00Z")).Should().Equal("annual");
        var first = (await Client.Get(Path + "?limit=1")).Json;
        (await Kinds($"?limit=1&after={first["next"]}")).Should().Equal("training");

        (await Client.Delete(local.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);
        (await Client.Delete(local.Headers.Location!.ToString())).Is(HttpStatusCode.NotFound);
        (await Kinds("")).Should().Equal("training");

        async Task<string[]> Kinds(string query) =>
            [.. (await Client.Get(Path + query)).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(t => (string)t!["type"]!)];
    }

    [TestCase("""{"type":"training","start":"2027-01-02T00:00:00Z","end":"2027-01-02T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity, "/end")]
    [TestCase("""{"type":"training","localStart":"2027-01-02T00:00","localEnd":"2027-01-01T00:00"}""", HttpStatusCode.UnprocessableEntity, "/localEnd")]
    [TestCase("""{"type":"training","start":"2027-01-02T00:00:00Z"}""", HttpStatusCode.UnprocessableEntity, "/end")]
    [TestCase(
        """{"type":"training","start":"2027-01-02T00:00:00Z","localStart":"2027-01-02T00:00","localEnd":"2027-01-03T00:00"}""",
        HttpStatusCode.UnprocessableEntity, "/localStart")]
    [TestCase("""{"type":"training","start":"2027-01-02T00:00:00","end":"2027-01-03T00:00:00Z"}""", HttpStatusCode.BadRequest, "/start")] // no Z
    [TestCase("""{"type":"Sick: flu","start":"2027-01-02T00:00:00Z","end":"2027-01-03T00:00:00Z"}""", HttpStatusCode.BadRequest, "/type")]
    public async Task TimeOff_BadRange_NamesTheField(string body, HttpStatusCode status, string field)
    {
        if ((await Client.Get("/api/v1/agents/ag-range")).Status == HttpStatusCode.NotFound)
        {
            await Client.Create("agents", Agent("ag-range"));
        }

        (await Client.Post("/api/v1/agents/ag-range/time-off", body)).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task Create_NamesThatNothingHas_AreRefusedByName()
    {
        var answer = (await Client.Post("/api/v1/agents", Agent("ag-unknown") with
        {
            Skills = [new AgentSkillData("live-en", 1), new AgentSkillData("juggling", 1)],
            OptOutGroups = ["child-safety", "knitting"],
            PreferredTemplates = ["ag-day", "ag-nowhere"],
        })).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().BeEquivalentTo("/skills/1/group", "/optOutGroups/1", "/preferredTemplates/1");
        answer.ErrorOf("/skills/1/group").Should().Contain("'juggling'");
        answer.ErrorOf("/optOutGroups/1").Should().Contain("'knitting'");
        answer.ErrorOf("/preferredTemplates/1").Should().Contain("'ag-nowhere'");
    }

    [Test]
    public async Task Create_AnnotationsAndReferencesWrong_AreToldAtOnce()
    {
        var answer = (
            await Client.Post(
                "/api/v1/agents", Agent("ag-both") with
                {
                    Name = "",
                    Contract = "nothing",
                    PreferredDaysOff = [.. Enumerable.Repeat(IsoDayOfWeek.Monday, 8)],
                })
        ).Is(HttpStatusCode.BadRequest);

        answer.ErrorFields.Should().Contain(["/name", "/contract", "/preferredDaysOff"]);
        (await Client.Get("/api/v1/agents/ag-both")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task TimeOff_ThatOverlaps_IsRefusedSayingWhatIsThere()
    {
        await Client.Create("agents", Agent("ag-overlap"));
        const string Path = "/api/v1/agents/ag-overlap/time-off";
        (await Client.Post(Path, new { type = "annual", start = "2027-06-01T00:00:00Z", end = "2027-06-08T00:00:00Z" })).Is(HttpStatusCode.Created);

        (await Client.Post(Path, new { type = "sick", start = "2027-06-07T12:00:00Z", end = "2027-06-09T00:00:00Z" })).Is(HttpStatusCode.Conflict)
            .Text.Should().Contain("2027-06-01T00:00:00Z").And.Contain("2027-06-08T00:00:00Z");
        (await Client.Post(Path, new { type = "sick", start = "2027-06-02T00:00:00Z", end = "2027-06-03T00:00:00Z" })).Is(HttpStatusCode.Conflict);
        (await Client.Post(Path, new { type = "sick", start = "2027-05-01T00:00:00Z", end = "2027-07-01T00:00:00Z" })).Is(HttpStatusCode.Conflict);
        (await Client.Post(Path, new { type = "sick", start = "2027-06-08T00:00:00Z", end = "2027-06-09T00:00:00Z" })).Is(HttpStatusCode.Created); // half-open
        (await Client.Post(Path, new { type = "sick", start = "2027-05-31T00:00:00Z", end = "2027-06-01T00:00:00Z" })).Is(HttpStatusCode.Created);
    }

    [Test]
    public async Task TimeOff_TwoThatOverlapAtOnce_OneIsStored()
    {
        await Client.Create("agents", Agent("ag-race"));

        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(i =>
            Client.Post("/api/v1/agents/ag-race/time-off", new { type = "annual", start = $"2027-06-0{i}T00:00:00Z", end = "2027-06-20T00:00:00Z" })));

        answers.Select(a => a.Status).Should().OnlyContain(s => s == HttpStatusCode.Created || s == HttpStatusCode.Conflict)
            .And.ContainSingle(s => s == HttpStatusCode.Created);
    }

    [Test]
    public async Task TimeOff_SameTwentyTimesAtOnce_IsStoredOnce()
    {
        await Client.Create("hubs", SampleSetup.Hub("off-race"));
        await Client.Create("contracts", SampleSetup.Contract("off-race"));
        await Client.CreateGroups("live-en", "policy-en");
        await Client.Create("agents", SampleSetup.Agent("off-race", "off-race", "off-race"));
        var leave = new { type = "annual", localStart = "2030-01-07T00:00", localEnd = "2030-01-12T00:00" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Client.Post("/api/v1/agents/off-race/time-off", leave)));

        answers.Select(a => a.Status).Should().OnlyContain(s => s == HttpStatusCode.Created || s == HttpStatusCode.Conflict);
        answers.Count(a => a.Status == HttpStatusCode.Created).Should().Be(1);
        (await Client.Get("/api/v1/agents/off-race/time-off")).Json["items"]!.AsArray().Should().ContainSingle();
    }
}
