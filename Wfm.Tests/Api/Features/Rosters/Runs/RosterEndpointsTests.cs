using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/rosters/{_planned.Roster["id"]}";

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public async Task Get_Roster_SummaryAgreesWithShiftsAndCoverage()
    {
        var summary = _planned.Roster["summary"]!;
        var shifts = await AllShifts();
        var coverage = (await Client.Get($"{Path}/coverage")).Is(HttpStatusCode.OK).Json.AsArray();

        ((int)summary["agents"]!).Should().Be(SmallOperation.People);
        ((int)summary["shifts"]!).Should().Be(shifts.Count).And.BePositive();
        ((double)summary["paidHours"]!).Should().BeApproximately(shifts.Sum(s => (int)s["paidMinutes"]!) / 60.0, 1e-9);
        var due = coverage.SelectMany(c => c!["deferrable"]!.AsArray()).Sum(d => (double)d!["dueHours"]!.AsArray()[^1]!);
        ((double)summary["dueHours"]!).Should().BePositive().And.BeApproximately(due, 1e-6);
        var required = coverage.Sum(c => Sum(c!["required"]!) * (int)c["intervalMinutes"]! / 60) + (due / (0.9 * 0.95)); // head-hours: the hub's shrinkage
        ((double)summary["requiredHours"]!).Should().BeApproximately(required, 1e-6);
        coverage.Select(c => (string?)c!["group"]).Should().Equal("live", "review");
        coverage.Should().OnlyContain(c => c!["required"]!.AsArray().Count == 14 * 48 && c["scheduled"]!.AsArray().Count == 14 * 48);
    }

    [Test]
    public async Task Coverage_DeferrableQueue_IsWorkedBetweenItsCurves()
    {
        var coverage = (await Client.Get($"{Path}/coverage?group=review")).Is(HttpStatusCode.OK).Json.AsArray().Single()!;
        var work = coverage["deferrable"]!.AsArray().Single()!;
        double[] Curve(string name) => [.. work[name]!.AsArray().Select(v => (double)v!)];
        var (due, arrived, worked) = (Curve("dueHours"), Curve("arrivedHours"), Curve("workedHours"));

        ((string?)work["queue"]).Should().Be(_planned.Operation.Review);
        coverage["required"]!.AsArray().Should().OnlyContain(r => (double)r! == 0, "nobody is needed at a stated time");
        due.Should().HaveCount(14 * 48).And.BeInAscendingOrder();
        worked.Should().BeInAscendingOrder();
        worked.Zip(arrived).Should().OnlyContain(p => p.First <= p.Second + 1e-3);
        ((double)work["lateHours"]!).Should().Be((double)_planned.Roster["summary"]!["lateHours"]!);
        ((bool)(work["firstLate"] is null)).Should().Be((double)work["lateHours"]! == 0);
        if (work["firstLate"] is null) worked.Zip(due).Should().OnlyContain(p => p.First >= p.Second - 1e-3);
    }

    [Test]
    public async Task Shifts_EveryAgent_KeepsRestDailyAndWeeklyLimits()
    {
        foreach (var mine in (await AllShifts()).GroupBy(s => (string?)s["agent"]))
        {
            var times = mine.Select(s => (Start: Time(s["start"]!), End: Time(s["end"]!))).OrderBy(s => s.Start).ToList();
            times.Zip(times.Skip(1), (a, b) => b.Start - a.End).Should().OnlyContain(rest => rest >= TimeSpan.FromHours(11));
            mine.GroupBy(s => (DateTime.Parse((string)s["date"]!, null) - new DateTime(2025, 7, 28)).Days / 7).Should()
                .OnlyContain(week => week.Sum(s => (int)s["paidMinutes"]!) <= 40 * 60 && week.Count() <= 5);
        }
    }

    [Test]
    public async Task Shifts_Activities_FillTheShiftWithoutGapsAndLieInOpeningHours()
    {
        foreach (var shift in await AllShifts())
        {
            var activities = shift["activities"]!.AsArray().Select(a => (Start: Time(a!["start"]!), End: Time(a["end"]!))).ToList();
            activities[0].Start.Should().Be(Time(shift["start"]!));
            activities[^1].End.Should().Be(Time(shift["end"]!));
            activities.Zip(activities.Skip(1)).Should().OnlyContain(pair => pair.First.End == pair.Second.Start);
            ((string?)shift["localStart"]).Should().EndWith("+01:00").And.StartWith((string?)shift["date"]);
            shift["activities"]!.AsArray().Count(a => (string?)a!["kind"] == "meal").Should().Be(1);
        }
    }

    [Test]
    public async Task Shifts_ByAgentAndByDay_ArePartsOfAll()
    {
        var all = await AllShifts();

        var mine = (await Client.Get($"{Path}/shifts?agent={_planned.Operation.Agent(1)}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        mine.Select(Id).Should().BeEquivalentTo(all.Where(s => (string?)s["agent"] == _planned.Operation.Agent(1)).Select(Id)).And.NotBeEmpty();
        var day = (await Client.Get($"{Path}/shifts?from=2025-07-29&to=2025-07-29")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        day.Select(Id).Should().BeEquivalentTo(all.Where(s => (string?)s["date"] == "2025-07-29").Select(Id)).And.NotBeEmpty();
    }

    [Test]
    public async Task Shifts_AllPages_AreInOrderOfStartAndEachOnce()
    {
        var all = await AllShifts();

        all.Count.Should().BeGreaterThan(40, "a page has 40");
        all.Select(s => Time(s["start"]!)).Should().BeInAscendingOrder();
        all.Select(Id).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public async Task Violations_OfTheSmallOperation_BreakNoHardRule()
    {
        var violations = (await Client.Get($"{Path}/violations")).Is(HttpStatusCode.OK).Json.AsArray();

        violations.Should().NotContain(v => (bool)v!["hard"]!);
        violations.Count.Should().Be((int)_planned.Roster["violations"]!);
    }

    [Test]
    public async Task Explanation_EveryGap_NamesPeopleAndReasons()
    {
        var gaps = (await Client.Get($"{Path}/explanation")).Is(HttpStatusCode.OK).Json.AsArray();

        gaps.Count.Should().Be((int)_planned.Roster["uncoveredRuns"]!);
        gaps.Should().OnlyContain(g => (double)g!["headHours"]! > 0 && g["reasons"]!.AsArray().Sum(r => (int)r!["agents"]!) == SmallOperation.People);
    }

    [TestCase("agent=planned-99", "agent")]
    [TestCase("limit=1001", "limit")]
    [TestCase("after=YWJj", "after")]
    public async Task Shifts_UnusableValue_Is422NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/shifts?{query}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Shifts_UnreadableDate_Is400NamingIt() =>
        (await Client.Get($"{Path}/shifts?from=29-07-2025")).Is(HttpStatusCode.BadRequest).ErrorOf("from").Should()
            .Contain("2026-11-02", "an example shows the form");

    [TestCase("""{"hub":"nowhere"}""", HttpStatusCode.UnprocessableEntity, "/hub")]
    [TestCase("""{"hub":"planned","requirementId":"00000000-0000-0000-0000-000000000000"}""", HttpStatusCode.UnprocessableEntity, "/requirementId")]
    [TestCase("""{"hub":"planned","days":14,"riskLevel":0.7}""", HttpStatusCode.UnprocessableEntity, "/riskLevel")]
    [TestCase("""{"hub":"planned","start":"2025-07-21","days":7}""", HttpStatusCode.UnprocessableEntity, "/start")]
    [TestCase("""{"hub":"planned","days":28}""", HttpStatusCode.UnprocessableEntity, "/days")]
    [TestCase("""{"hub":"planned","days":0}""", HttpStatusCode.BadRequest, "/days")]
    [TestCase("""{"hub":"planned","riskLevel":"NaN"}""", HttpStatusCode.BadRequest, "/riskLevel")]
    [TestCase("""{"hub":"planned","maximumMoves":-1}""", HttpStatusCode.BadRequest, "/maximumMoves")]
    [TestCase("""{"hub":"planned","start":"soon"}""", HttpStatusCode.BadRequest, "/start")]
    public async Task Create_UnusableValue_NamesTheField(string body, HttpStatusCode status, string field) =>
        (await Client.Post("/api/v1/rosters", body)).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Publish_TwoRosters_ChecksTheETagAndSupersedesTheFirst()
    {
        var operation = await SmallOperation.Staffed(Client, "re-publish"); // of its own: what is published changes no roster of others
        var first = await operation.Roster(new { maximumMoves = 0, replan = true });
        var second = await operation.Roster(new { maximumMoves = 0, seed = 2, replan = true });
        string PathOf(JsonNode roster) => $"/api/v1/rosters/{roster["id"]}";
        var etag = (await Client.Get(PathOf(first))).ETag;

        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish", ifMatch: "\"99\"")).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish", ifMatch: etag)).Is(HttpStatusCode.OK).ETag.Should().NotBe(etag);
        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish", ifMatch: etag)).Is(HttpStatusCode.PreconditionFailed);
        var mine = (await Client.Get($"/api/v1/agents/{operation.Agent(1)}/shifts")).Is(HttpStatusCode.OK).Json.AsArray();
        mine.Select(Id).Should().BeEquivalentTo((await ShiftsOf(first, operation.Agent(1))).Select(Id)).And.NotBeEmpty();

        (await Client.Call(HttpMethod.Post, $"{PathOf(second)}:publish")).Is(HttpStatusCode.OK);

        ((string?)(await Client.Get(PathOf(first))).Json["state"]).Should().Be("superseded");
        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish")).Is(HttpStatusCode.Conflict);
        var now = (await Client.Get($"/api/v1/agents/{operation.Agent(1)}/shifts")).Json.AsArray();
        now.Select(Id).Should().BeEquivalentTo((await ShiftsOf(second, operation.Agent(1))).Select(Id));
        ((int)second["revision"]!).Should().Be((int)first["revision"]! + 1);
    }

    [Test]
    public async Task Create_WeekBeforePublishedDays_KeepsTheRulesAcrossTheEdge()
    {
        var operation = await SmallOperation.Staffed(Client, "re-edge");
        var published = await operation.Roster(new { seed = 3, replan = true });
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{published["id"]}:publish")).Is(HttpStatusCode.OK);
        var monday = SmallOperation.CutOffDate.PlusDays(7).ToDateOnly();

        var week = await operation.Roster(new { days = 7, seed = 4, replan = true });

        (await Client.Get($"/api/v1/rosters/{week["id"]}/violations")).Json.AsArray().Should().NotContain(v => (bool)v!["hard"]!);
        for (var i = 1; i <= SmallOperation.People; i++)
        {
            var shifts = (await ShiftsOf(week, operation.Agent(i))).Concat((await ShiftsOf(published, operation.Agent(i))).Where(s => DateOf(s!) >= monday))
                .Select(s => s!).ToList();
            shifts.Zip(shifts.Skip(1), (a, b) => Time(b["start"]!) - Time(a["end"]!)).Should().OnlyContain(rest => rest >= TimeSpan.FromHours(11));
            var days = shifts.Select(s => DateOf(s).DayNumber).ToList();
            days.Should()
                .NotContain(day => Enumerable.Range(day, 7).All(days.Contains), "nobody works seven days in a row, four of them drawn up and three in force");
        }
    }

    [Test]
    public async Task AgentShifts_UnknownAgent_Is404() => (await Client.Get("/api/v1/agents/nobody/shifts")).Is(HttpStatusCode.NotFound);

    private async Task<List<JsonNode>> AllShifts()
    {
        var (all, after) = (new List<JsonNode>(), "");
        do
        {
            var page = (await Client.Get($"{Path}/shifts?limit=40{after}")).Is(HttpStatusCode.OK).Json;
            all.AddRange(page["items"]!.AsArray().Select(s => s!));
            after = (string?)page["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        return all;
    }

    private async Task<IEnumerable<JsonNode?>> ShiftsOf(JsonNode roster, string agent) =>
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?agent={agent}")).Json["items"]!.AsArray();

    private static double Sum(JsonNode values) => values.AsArray().Sum(v => (double)v!);

    private static string? Id(JsonNode? shift) => (string?)shift!["id"];

    private static DateOnly DateOf(JsonNode shift) => DateOnly.Parse((string)shift["date"]!, null);

    private static DateTimeOffset Time(JsonNode time) => DateTimeOffset.Parse((string)time!, null);
}
