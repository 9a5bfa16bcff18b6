using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.CapacityPlans;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class CapacityPlanEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/capacity-plans";
    private PlannedOperation _planned = null!;

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public async Task Create_TenPeopleNobodyLeaves_IsWhatArithmeticSays()
    {
        var created = (
            await Client.Post(
                Path, Plan("ten", 10, 4, assumptions: new JsonObject { ["leaveShare"] = new JsonArray(0.1), ["overtimeShare"] = new JsonArray(0.1) }))
        ).Is(HttpStatusCode.Created);
        var weeks = (await Client.Get($"{created.Headers.Location}/weeks")).Is(HttpStatusCode.OK).Json.AsArray();

        weeks.Select(w => (string?)w!["week"]).Should().Equal("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26");
        weeks.Should().OnlyContain(w =>
                Close(w!["regularFte"], 9)
                && Close(w!["overtimeFte"], 0.9)
                && Close(w!["availableFte"], 9.9)
                && Close(w!["gap"], 0.1)
                && Close(w!["gapProbability"], 1));
        ((double)created.Json["summary"]!["shortageFteWeeks"]!).Should().BeApproximately(0.4, 1e-9);
        ((int)created.Json["summary"]!["weeksBelow"]!).Should().Be(4);
        ((string?)created.Json["summary"]!["firstWeekBelow"]).Should().Be("2026-01-05");
        created.ETag.Should().Be((string?)created.Json["etag"]);
    }

    [Test]
    public async Task Create_CohortsOmitted_CountsTheActivePeopleOfTheHub()
    {
        var plan = await Make(Plan("people", 10, 2, cohorts: false));

        var cohort = plan["assumptions"]!["cohorts"]!.AsArray().Should().ContainSingle().Subject!;
        ((int)cohort["heads"]!).Should().Be(SmallOperation.People, "ten people of forty hours");
        var review = await Make(Plan("reviewers", 10, 2, cohorts: false, group: "review"));
        ((int)review["assumptions"]!["cohorts"]![0]!["heads"]!).Should().Be(0, "everybody's first skill is live");
    }

    [Test]
    public async Task Create_Hiring_GivesDatesThatKeepTheLevel()
    {
        var assumptions = new JsonObject
        {
            ["attrition"] = new JsonObject { ["yearlyRate"] = 0.4 },
            ["trainingWeeks"] = 3,
            ["ramp"] = new JsonObject { ["start"] = 0.5, ["weeks"] = 4 },
            ["hiring"] = new JsonObject { ["classSize"] = 5, ["leadWeeks"] = 4 },
            ["level"] = 0.9,
            ["paths"] = 200,
        };
        var plan = await Make(Plan("hiring", 10, 26, assumptions: assumptions));
        var hires = (await Client.Get($"{Path}/{plan["id"]}/hires")).Is(HttpStatusCode.OK).Json;
        var weeks = (await Client.Get($"{Path}/{plan["id"]}/weeks")).Json.AsArray();

        var classes = hires["classes"]!.AsArray();
        classes.Should().NotBeEmpty();
        classes.Sum(c => (int)c!["heads"]!).Should().Be((int)hires["heads"]!).And.Be((int)plan["summary"]!["hireHeads"]!);
        classes.Should().OnlyContain(c => (int)c!["heads"]! <= 5 && Days(c["decideBy"], c["start"]) == 28 && Days(c["start"], c["productive"]) == 21);
        var uncovered = hires["uncoveredWeeks"]!.AsArray().Select(w => (string?)w).ToHashSet();
        weeks.Where(w => !uncovered.Contains((string?)w!["week"])).Should().NotBeEmpty()
            .And.OnlyContain(w => (double)w!["gapProbabilityWithHires"]! <= 0.1 + 1e-9);
    }

    [Test]
    public async Task Hires_PlanWithoutHiring_Is404SayingWhatToDo()
    {
        var plan = await Make(Plan("no hiring", 5, 2));

        (await Client.Get($"{Path}/{plan["id"]}/hires")).Is(HttpStatusCode.NotFound).Text.Should().Contain("assumptions.hiring");
    }

    [Test]
    public async Task Create_Quantiles_CarriesTheirSpreadIntoTheProbability()
    {
        var plan = await Make(
            Plan(
                "uncertain", 0, 3, requirement: new JsonObject
                {
                    ["quantiles"] = new JsonObject
                    {
                        ["levels"] = new JsonArray(0.1, 0.9),
                        ["fteQuantiles"] = new JsonArray(new JsonArray(8, 8, 8), new JsonArray(12, 12, 12)),
                    },
                }));
        var week = (await Client.Get($"{Path}/{plan["id"]}/weeks")).Json[0]!;

        ((double)week["requiredFteP50"]!).Should().BeApproximately(10, 0.05);
        ((double)week["gapProbability"]!).Should().BeApproximately(0.5, 0.03, "ten people against 8 to 12");
    }

    [Test]
    public async Task Create_FromStoredRequirement_GoesOnWithGrowthBeyondItsEnd()
    {
        var plan = await Make(Plan("stored", 0, 56, start: null, requirement: new JsonObject { ["stored"] = new JsonObject { ["growthPerYear"] = 0.1 } }));
        var weeks = (await Client.Get($"{Path}/{plan["id"]}/weeks")).Json.AsArray();

        ((string?)plan["start"]).Should().Be("2025-07-28");
        var chat = (await Client.Get($"/api/v1/requirements/{_planned.Requirement["id"]}")).Json["series"]!.AsArray();
        // three whole weeks of the horizon: the head-hours of the median are those of the first weeks
        var hours = chat.Where(s => (double)s!["riskLevel"]! == 0.5).Sum(s => (double)s!["headHours"]!);
        weeks.Take(2).Sum(w => (double)w!["requiredFteP50"]! * 40).Should().BeInRange(hours * 0.5, hours);
        ((double)weeks[55]!["requiredFteP50"]!).Should().BeGreaterThan(1.08 * weeks.Take(2).Average(w => (double)w!["requiredFteP50"]!));
    }

    [Test]
    public async Task Create_FromForecasts_IsAJobThatNamesItsQueues()
    {
        var request = Plan("long range", 0, 8, start: null, requirement: new JsonObject { ["longRange"] = new JsonObject { ["occupancy"] = 0.8 } });
        var job = await Client.Finish(await Client.Post(Path, request));
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        var plan = (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json;
        var weeks = (await Client.Get($"{job["result"]}/weeks")).Json.AsArray();

        ((string?)plan["requirementOrigin"]).Should().Contain(_planned.Operation.Chat).And.Contain(_planned.Operation.Review);
        weeks.Should().HaveCount(8).And.OnlyContain(w =>
                (double)w!["requiredFteP10"]! <= (double)w["requiredFteP50"]! && (double)w["requiredFteP50"]! <= (double)w["requiredFteP90"]!);
        weeks.Should().OnlyContain(w => (double)w!["requiredFte"]! > 0);
    }

    [Test]
    public async Task Copy_AFifthMoreWork_KeepsTheRestAndComparesOnTheSameLuck()
    {
        var assumptions = new JsonObject { ["attrition"] = new JsonObject { ["yearlyRate"] = 0.3 }, ["paths"] = 200 };
        var plan = await Make(Plan("base", 9, 12, assumptions: assumptions));
        var copy = (
            await Client.Post($"{Path}/{plan["id"]}/copies", """{"name":"a fifth more","requirementFactor":1.2,"assumptions":{"overtimeShare":[0.2]}}"""))
            .Is(HttpStatusCode.Created).Json;

        ((string?)copy["basedOn"]).Should().Be((string?)plan["id"]);
        ((double)copy["assumptions"]!["attrition"]!["yearlyRate"]!).Should().Be(0.3);
        ((string?)copy["requirementOrigin"]).Should().Contain("times 1.2");
        var comparison = (await Client.Get($"{Path}/compare?ids={plan["id"]},{copy["id"]}")).Is(HttpStatusCode.OK).Json;
        var (first, second) = (comparison["plans"]![0]!, comparison["plans"]![1]!);
        comparison["weeks"]!.AsArray().Should().HaveCount(12);
        second["difference"]!["requiredFte"]!.AsArray().Should().OnlyContain(v => Close(v, 9 * 0.2));
        first["difference"]!["gap"]!.AsArray().Should().OnlyContain(v => (double)v! == 0);
        second["gap"]!.AsArray().Zip(first["gap"]!.AsArray(), (b, a) => (double)b! - (double)a!)
            .Zip(second["difference"]!["gap"]!.AsArray(), (x, d) => Math.Abs(x - (double)d!)).Should().OnlyContain(e => e < 1e-9);
        (await Client.Get($"{Path}?basedOn={plan["id"]}")).Json["items"]!.AsArray().Should().ContainSingle();
    }

    [TestCase("", "ids")]
    [TestCase("abc", "ids")]
    [TestCase("abc,def", "ids")]
    public async Task Compare_UnusableIds_Is422(string ids, string field) =>
        (await Client.Get($"{Path}/compare?ids={ids}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Compare_OtherWeeks_Is422()
    {
        var (one, other) = (await Make(Plan("two weeks", 1, 2)), await Make(Plan("three weeks", 1, 3)));

        (await Client.Get($"{Path}/compare?ids={one["id"]},{other["id"]}")).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("ids").Should()
            .Contain("three weeks");
    }

    [Test]
    public async Task Weeks_Csv_HasTheSameFigures()
    {
        var plan = await Make(Plan("csv", 3, 2));
        var csv = await Client.Get($"{Path}/{plan["id"]}/weeks?format=csv");

        csv.Is(HttpStatusCode.OK).ContentHeaders.ContentType!.MediaType.Should().Be("text/csv");
        var lines = csv.Text.TrimEnd().Split('\n');
        lines.Should().HaveCount(3);
        lines[0].Should().StartWith("week,required_fte,").And.EndWith(",overtime_fte");
        lines[1].Split(',').Should().HaveCount(lines[0].Split(',').Length).And.StartWith(["2026-01-05", "3"]);
        (await Client.Get($"{Path}/{plan["id"]}/weeks?format=xml")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("format");
    }

    [Test]
    public async Task List_Pages_FollowOneAnotherNewestFirst()
    {
        foreach (var name in new[] { "page 1", "page 2", "page 3" })
        {
            await Make(Plan(name, 1, 1, group: "live"));
        }

        var first = (await Client.Get($"{Path}?hub=planned&group=live&limit=2")).Is(HttpStatusCode.OK).Json;
        var second = (await Client.Get($"{Path}?hub=planned&group=live&limit=2&after={first["next"]}")).Json;
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(p => (string?)p!["name"]).Should().StartWith(["page 3", "page 2", "page 1"]);
    }

    [Test]
    public async Task Delete_NeedsTheETagAndLeavesCopies()
    {
        var plan = await Make(Plan("short-lived", 1, 1));
        var copy = (await Client.Post($"{Path}/{plan["id"]}/copies", """{"name":"survivor"}""")).Is(HttpStatusCode.Created).Json;

        (await Client.Delete($"{Path}/{plan["id"]}")).Is(HttpStatusCode.PreconditionRequired);
        (await Client.Delete($"{Path}/{plan["id"]}", "\"stale\"")).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Delete($"{Path}/{plan["id"]}", (string?)plan["etag"])).Is(HttpStatusCode.NoContent);
        (await Client.Get($"{Path}/{plan["id"]}")).Is(HttpStatusCode.NotFound);
        (await Client.Get($"{Path}/{copy["id"]}")).Is(HttpStatusCode.OK);
    }

    [TestCase("hub", "\"nowhere\"", "/hub")]
    [TestCase("group", "\"nobody\"", "/group")]
    [TestCase("start", "\"2026-01-06\"", "/start")]
    [TestCase("requirementFactor", "0", "/requirementFactor")]
    [TestCase("requirement", "{}", "/requirement")]
    [TestCase("requirement", """{"fte":[1,1],"stored":{}}""", "/requirement")]
    [TestCase("requirement", """{"fte":[1]}""", "/requirement/fte")]
    [TestCase("requirement", """{"fte":[1,-1]}""", "/requirement/fte/1")]
    [TestCase("requirement", """{"fte":["Infinity",1]}""", "/requirement/fte/0")]
    [TestCase("requirement", """{"quantiles":{"levels":[0.5,0.5],"fteQuantiles":[[1,1],[2,2]]}}""", "/requirement/quantiles/levels/1")]
    [TestCase("requirement", """{"quantiles":{"levels":[0.5,0.9],"fteQuantiles":[[1,1],[2,0]]}}""", "/requirement/quantiles/fteQuantiles/1/1")]
    [TestCase("requirement", """{"quantiles":{"levels":[0.5],"fteQuantiles":[null]}}""", "/requirement/quantiles/fteQuantiles/0")]
    [TestCase("requirement", """{"quantiles":{"levels":[],"fteQuantiles":[]}}""", "/requirement/quantiles/fteQuantiles")]
    [TestCase("requirement", """{"longRange":{"occupancy":0}}""", "/requirement/longRange/occupancy")]
    [TestCase("requirement", """{"longRange":{"shrinkage":1}}""", "/requirement/longRange/shrinkage")]
    [TestCase("requirement", """{"stored":{"growthPerYear":-1}}""", "/requirement/stored/growthPerYear")]
    [TestCase("requirement", """{"stored":{"requirementId":"00000000-0000-0000-0000-000000000000"}}""", "/requirement/stored/requirementId")]
    [TestCase("requirement", """{"stored":{}}""", "/start")]
    [TestCase("assumptions", """{"cohorts":[null]}""", "/assumptions/cohorts/0")]
    [TestCase("assumptions", """{"cohorts":[{"heads":-1}]}""", "/assumptions/cohorts/0/heads")]
    [TestCase("assumptions", """{"cohorts":[{"heads":30000}]}""", "/assumptions/cohorts")]
    [TestCase("assumptions", """{"cohorts":[{"heads":20000}],"paths":1001}""", "/assumptions/paths")]
    [TestCase("assumptions", """{"cohorts":[{"kind":"hired","heads":1,"startWeek":2}]}""", "/assumptions/cohorts/0/startWeek")]
    [TestCase("assumptions", """{"cohorts":[{"kind":"hired","heads":1,"tenureWeeks":3}]}""", "/assumptions/cohorts/0/tenureWeeks")]
    [TestCase("assumptions", """{"cohorts":[{"kind":"starting","heads":1,"startWeek":1}]}""", "/assumptions/cohorts/0/startWeek")]
    [TestCase("assumptions", """{"cohorts":[{"heads":1,"exposureFactor":-1}]}""", "/assumptions/cohorts/0/exposureFactor")]
    [TestCase("assumptions", """{"transfersOut":[{"cohort":1,"week":1,"heads":1}]}""", "/assumptions/transfersOut/0/cohort")]
    [TestCase("assumptions", """{"cohorts":[{"heads":1}],"transfersOut":[{"cohort":0,"week":2,"heads":1}]}""", "/assumptions/transfersOut/0/week")]
    [TestCase("assumptions", """{"transfersOut":[null]}""", "/assumptions/transfersOut/0")]
    [TestCase("assumptions", """{"attrition":{}}""", "/assumptions/attrition")]
    [TestCase("assumptions", """{"attrition":{"yearlyRate":1}}""", "/assumptions/attrition/yearlyRate")]
    [TestCase("assumptions", """{"attrition":{"weeklyHazard":[0.1,2]}}""", "/assumptions/attrition/weeklyHazard/1")]
    [TestCase("assumptions", """{"ramp":{"start":0.5}}""", "/assumptions/ramp")]
    [TestCase("assumptions", """{"ramp":{"start":2,"weeks":3}}""", "/assumptions/ramp/start")]
    [TestCase("assumptions", """{"ramp":{"productivity":[0.5],"quality":[0.5,1]}}""", "/assumptions/ramp/quality")]
    [TestCase("assumptions", """{"trainingWeeks":105}""", "/assumptions/trainingWeeks")]
    [TestCase("assumptions", """{"leaveShare":[0.1,0.1,0.1]}""", "/assumptions/leaveShare")]
    [TestCase("assumptions", """{"overtimeShare":[0.1,1.1]}""", "/assumptions/overtimeShare/1")]
    [TestCase("assumptions", """{"weeklyHours":0}""", "/assumptions/weeklyHours")]
    [TestCase("assumptions", """{"level":1}""", "/assumptions/level")]
    [TestCase("assumptions", """{"paths":10}""", "/assumptions/paths")]
    [TestCase("assumptions", """{"hiring":{"classSize":201}}""", "/assumptions/hiring/classSize")]
    [TestCase("assumptions", """{"hiring":{"leadWeeks":-1}}""", "/assumptions/hiring/leadWeeks")]
    [TestCase("assumptions", """{"hiring":{"exposureFactor":"NaN"}}""", "/assumptions/hiring/exposureFactor")]
    public async Task Create_UnusableValue_Is422NamingIt(string member, string value, string field)
    {
        var request = Plan("bad", 1, 2);
        request[member] = JsonNode.Parse(value);

        (await Client.Post(Path, request.ToJsonString())).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);
    }

    [TestCase("name", "\"\"", "/name")]
    [TestCase("weeks", "105", "/weeks")]
    [TestCase("weeks", "0", "/weeks")]
    [TestCase("assumptions", "null", "/assumptions")]
    [TestCase("assumptions", """{"cohorts":[{"people":1}]}""", "/assumptions/cohorts/0/people")]
    [TestCase("start", "\"soon\"", "/start")]
    public async Task Create_UnreadableValue_Is400NamingIt(string member, string value, string field)
    {
        var request = Plan("bad", 1, 2);
        request[member] = JsonNode.Parse(value);

        (await Client.Post(Path, request.ToJsonString())).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Contain(field);
    }

    [Test]
    public async Task Plan_ManagerOfAnotherHub_IsForbidden()
    {
        await SmallOperation.SetUp(Client, "capacity-other");
        var plan = await Make(Plan("private", 1, 1));
        using var stranger = Server.ClientWith((string?)(
                    await Client.Post(
                        "/api/v1/api-keys", new
                        {
                            name = "c",
                            role = "planner",
                            hubs = new[] { "capacity-other" },
                        })
                ).Is(HttpStatusCode.Created).Json["key"]);

        foreach (var path in new[] { "", "/weeks", "/hires" })
        {
            (await stranger.Get($"{Path}/{plan["id"]}{path}")).Is(HttpStatusCode.Forbidden);
        }

        (await stranger.Post(Path, Plan("theirs", 1, 1))).Is(HttpStatusCode.Forbidden);
        (await stranger.Post($"{Path}/{plan["id"]}/copies", """{"name":"theirs"}""")).Is(HttpStatusCode.Forbidden);
        (await stranger.Get($"{Path}/compare?ids={plan["id"]},{plan["id"]}")).Is(HttpStatusCode.Forbidden);
        (await stranger.Delete($"{Path}/{plan["id"]}", "*")).Is(HttpStatusCode.Forbidden);
        (await stranger.Get(Path)).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
    }

    private static JsonObject Plan(
        string name, double fte, int weeks, string? start = "2026-01-05", bool cohorts = true, string? group = null, JsonObject? requirement = null,
        JsonObject? assumptions = null)
    {
        assumptions ??= [];
        if (cohorts)
        {
            assumptions["cohorts"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "there",
                    ["heads"] = 10,
                    ["tenureWeeks"] = 200,
                });
        }

        return new JsonObject
        {
            ["name"] = name,
            ["hub"] = "planned",
            ["group"] = group,
            ["start"] = start,
            ["weeks"] = weeks,
            ["requirement"] = requirement ?? new JsonObject { ["fte"] = new JsonArray([.. Enumerable.Repeat(fte, weeks).Select(f => JsonValue.Create(f))]) },
            ["assumptions"] = assumptions,
        };
    }

    private async Task<JsonNode> Make(JsonObject request) => (await Client.Post(Path, request)).Is(HttpStatusCode.Created).Json;

    private static bool Close(JsonNode? value, double expected) => Math.Abs((double)value! - expected) < 1e-9;

    private static int Days(JsonNode? from, JsonNode? to) => DateOnly.Parse((string)to!, null).DayNumber - DateOnly.Parse((string)from!, null).DayNumber;
}
