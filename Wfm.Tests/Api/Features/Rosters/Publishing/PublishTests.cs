using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Publishing;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class PublishTests(StoreKind kind) : ApiFixture(kind)
{
    private const int People = 3;

    [Test]
    public async Task Publish_SevenDaysOfAPublishedFourteen_TheOtherDaysStayInForce()
    {
        var operation = await Plan("pb-seven", days: 14);
        var fortnight = await operation.Roster(new { days = 14 });
        await Publish(fortnight);
        var week = await operation.Roster(new { days = 7, seed = 2, replan = true }); // made with the second week in force before its eyes
        await Publish(week);

        await Shows(operation, day => day < 7 ? week : fortnight);
        (await State(fortnight)).Should().Be("published", "its second week is in force");
    }

    [Test]
    public async Task Publish_OverlappingPeriodWithAnotherStart_EachDayHasOneShift()
    {
        var operation = await Plan("pb-overlap", days: 14);
        var first = await operation.Roster(new { days = 9 });
        await Publish(first);
        var second = await operation.Roster(new { start = "2025-08-02", days = 9, replan = true });
        await Publish(second);

        await Shows(operation, day => day < 5 ? first : second);
        (await State(first)).Should().Be("published");

        await Publish(await operation.Roster(new { days = 5, replan = true })); // and with it nothing of the first is left
        (await State(first)).Should().Be("superseded");
        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish")).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Publish_WeekMadeAnewAsNightsBeforeAnEarlyShift_IsRefusedWithTheViolations()
    {
        var operation = await Plan("pb-nights", days: 28);
        (await Client.Post("/api/v1/shift-templates", operation.Template("night", new LocalTime(22, 0), new LocalTime(22, 0)))).Is(HttpStatusCode.Created);
        object Early(string agent) => new { agent, date = "2025-08-11", shift = new { template = "pb-nights-early", start = "08:00:00" } };
        object Night(string agent) => new { agent, date = "2025-08-10", shift = new { template = "pb-nights-night", start = "22:00:00" } };
        var made = await operation.Roster(new { start = "2025-08-04", days = 7, pins = new[] { Night(operation.Agent(1)) } }); // before anything was in force
        await Publish(await operation.Roster(new { days = 28, pins = new[] { Early(operation.Agent(1)) } }));
        var before = await Shifts(operation.Agent(1));

        var week = await operation.Roster(new { start = "2025-08-04", days = 7, replan = true, pins = new[] { Night(operation.Agent(1)) } });
        foreach (var draft in new[] { made, week })
        {
            (await Violations(draft)).Should().ContainSingle(v => (bool)v!["hard"]! && IsRest(v) && (string?)v["agent"] == operation.Agent(1));
            var refused = (await Client.Call(HttpMethod.Post, $"{PathOf(draft)}:publish")).Is(HttpStatusCode.Conflict);
            refused.Json["violations"]!.AsArray().Should()
                .ContainSingle(v => IsRest(v) && (string?)v!["agent"] == operation.Agent(1) && (string?)v["to"] == "2025-08-11");
            ((string?)refused.Json["detail"]).Should().Contain(operation.Agent(1));
            (await State(draft)).Should().Be("draft");
        }

        (await Shifts(operation.Agent(1))).Should().Equal(before, "what is in force stays as it was");

        var legal = await operation.Roster(new { start = "2025-08-04", days = 7, maximumMoves = 5_000, replan = true }); // it sees the shifts after the period
        (await Violations(legal)).Should().NotContain(v => (bool)v!["hard"]!);
        await Publish(legal);
    }

    [Test]
    public async Task Publish_AgentWhoMovedHub_ShiftsOfTheOldHubStayAndNobodyWorksTwice()
    {
        var (old, other) = (await Plan("pb-old", days: 14), await Plan("pb-new", days: 14));
        await Publish(await old.Roster(new { days = 14 }));
        var moved = old.Agent(1);
        var before = await Shifts(moved);
        (await Client.Put($"/api/v1/agents/{moved}", Person(moved, other.Hub, "pb-old-full"), "*")).Is(HttpStatusCode.OK);

        var roster = await other.Roster(new { days = 14, maximumMoves = 5_000 });
        await Publish(roster);
        var now = await Shifts(moved);
        now.Should().Contain(before).And.OnlyHaveUniqueItems(s => s.Split(' ')[0], "one shift a day over both hubs");
        (await Violations(roster)).Should().NotContain(v => (bool)v!["hard"]!);

        var day = before[0].Split(' ')[0];
        var twice = await other.Roster(
            new
            {
                days = 14,
                pins = new[]
                {
                    new
                    {
                        agent = moved,
                        date = day,
                        shift = new { template = "pb-new-late", start = "12:00:00" },
                    },
                },
            });
        (await Client.Call(HttpMethod.Post, $"{PathOf(twice)}:publish")).Is(HttpStatusCode.Conflict).Json["violations"]!.AsArray().Should()
            .Contain(v => (string?)v!["rule"] == "oneShiftAtATime" && (string?)v["agent"] == moved && (string?)v["from"] == day);
        (await Shifts(moved)).Should().Equal(now);
    }

    [Test]
    public async Task Publish_DraftBeforeTheRoster_DoesNotStandInItsWay()
    {
        var operation = await Plan("pb-draft", days: 14);
        object[] Days(params string[] dates) =>
            [.. dates.Select(date => new { agent = operation.Agent(1), date, shift = new { template = "pb-draft-early", start = "08:00:00" } })];
        var second = await operation.Roster(
            new { start = "2025-08-04", days = 7, pins = Days("2025-08-04", "2025-08-05", "2025-08-06", "2025-08-07") });
        var first = await operation.Roster(new { days = 7, pins = Days("2025-07-31", "2025-08-01", "2025-08-02", "2025-08-03") });
        await Publish(second); // whether the draft before it is ever published, nobody knows

        (await Client.Call(HttpMethod.Post, $"{PathOf(first)}:publish")).Is(HttpStatusCode.Conflict).Json["violations"]!.AsArray().Should()
            .Contain(v => (string?)v!["rule"] == "maximumConsecutiveDays" && (string?)v["agent"] == operation.Agent(1));
    }

    [Test]
    public async Task Create_TwoShiftsAtAnotherHubOnOneDayHere_BothCount()
    {
        var (near, far) = (await Plan("pb-near", days: 14), await Plan("pb-far", days: 14, DateTimeZoneProviders.Tzdb["Pacific/Auckland"]));
        var agent = far.Agent(1);
        object Day(int day, string template, string start) => new { agent, date = $"2025-08-{day:00}", shift = new { template, start } };
        await Publish(await far.Roster(
            new
            {
                start = "2025-08-05",
                days = 2, // in Dublin both shifts begin on Tuesday, at 00:00 and at 21:00
                pins = new[] { Day(5, "pb-far-late", "11:00:00"), Day(6, "pb-far-early", "08:00:00") },
            }));
        (await Client.Put($"/api/v1/agents/{agent}", Person(agent, near.Hub, "pb-far-full"), "*")).Is(HttpStatusCode.OK);

        var roster = await near.Roster(
            new { start = "2025-08-04", days = 7, pins = Enumerable.Range(7, 4).Select(d => Day(d, "pb-near-late", "12:00:00")).ToArray() });

        (await Violations(roster)).Should().ContainSingle(v => (string?)v!["rule"] == "contractMaximumHours" && (string?)v["agent"] == agent)
            .Which!["amount"]!.GetValue<double>().Should().Be(300, "six shifts of seven and a half hours are five hours more than 40");
    }

    [Test]
    public async Task Publish_AgentWhoLeftTheHubMeanwhile_LosesNothing()
    {
        var operation = await Plan("pb-left", days: 14);
        var draft = await operation.Roster(new { days = 7 });
        (await Client.Put($"/api/v1/agents/{operation.Agent(2)}", Person(operation.Agent(2), operation.Hub, "pb-left-full") with { Active = false }, "*")).Is(
            HttpStatusCode.OK);
        await Publish(draft);
        var mine = await Shifts(operation.Agent(2));
        mine.Should().NotBeEmpty();

        await Publish(await operation.Roster(new { days = 7, seed = 3, replan = true })); // made without them

        (await Shifts(operation.Agent(2))).Should().Equal(mine, "a roster that was not made for somebody says nothing of their days");
        (await State(draft)).Should().Be("published");
    }

    [Test]
    public async Task Create_AgentMovesDuringTheSearch_TheRosterKeepsThem()
    {
        var operation = await Plan("pb-during", days: 14);
        await Client.Create("hubs", SampleSetup.Hub("pb-elsewhere"));
        var accepted = (
            await Client.Post(
                "/api/v1/rosters", new
                {
                    hub = operation.Hub,
                    start = "2025-07-28",
                    days = 7,
                    maximumMoves = 1_000_000_000,
                    timeLimitSeconds = 5,
                })
        ).Is(HttpStatusCode.Accepted);
        var job = (string)accepted.Json["job"]!;
        while ((string?)(await Client.Get(job)).Json["step"] is not { } step || !step.StartsWith("searched", StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }

        (await Client.Put($"/api/v1/agents/{operation.Agent(1)}", Person(operation.Agent(1), "pb-elsewhere", "pb-during-full"), "*")).Is(HttpStatusCode.OK);

        var done = await Client.Finish(job);
        ((string?)done["state"]).Should().Be("succeeded", done.ToJsonString());
        var shifts = (await Client.Get($"{done["result"]}/shifts?limit=1000")).Json["items"]!.AsArray();
        shifts.Should().Contain(s => (string?)s!["agent"] == operation.Agent(1));
    }

    [Test]
    public async Task Publish_SeveralAtOnce_OneIsInForceAndTheOthersConflict()
    {
        var operation = await Plan("pb-race", days: 14);
        var drafts = new List<JsonNode>();
        for (var seed = 1; seed <= 5; seed++)
        {
            drafts.Add(await operation.Roster(new { days = 14, seed, maximumMoves = 2_000 }));
        }

        var answers = await Task.WhenAll(drafts.Select(d => Client.Call(HttpMethod.Post, $"{PathOf(d)}:publish")));

        answers.Select(a => a.Status).Should().OnlyContain(s => s == HttpStatusCode.OK || s == HttpStatusCode.Conflict).And.Contain(HttpStatusCode.OK);
        var states = await Task.WhenAll(drafts.Select(State));
        states.Should().ContainSingle(s => s == "published");
        states.Count(s => s != "draft").Should().Be(answers.Count(a => a.Status == HttpStatusCode.OK), "one after the other may still replace the one before");
        await Shows(operation, _ => drafts[Array.IndexOf(states, "published")]);
    }

    [Test]
    public async Task Create_SeveralOfOnePeriodAtOnce_EachHasARevision()
    {
        var operation = await Plan("pb-revisions", days: 14);

        var rosters = await Task.WhenAll(Enumerable.Range(1, 6).Select(seed => operation.Roster(new { days = 7, seed, maximumMoves = 0 })));

        rosters.Select(r => (int)r["revision"]!).Should().BeEquivalentTo([1, 2, 3, 4, 5, 6]);
    }

    [Test]
    public async Task AgentShifts_DraftAfterAPublishedWeek_SaysWhichIsWhich()
    {
        var operation = await Plan("pb-states", days: 14);
        var (draft, week) = (await operation.Roster(new { days = 14 }), await operation.Roster(new { days = 7 }));
        await Publish(week);

        var shifts = (await Client.Get($"/api/v1/agents/{operation.Agent(1)}/shifts?drafts=true")).Is(HttpStatusCode.OK).Json.AsArray();

        (await Client.Get($"/api/v1/agents/{operation.Agent(1)}/shifts")).Json.AsArray().Should()
            .HaveSameCount(shifts.Where(s => (string?)s!["state"] == "published"), "a draft is shown to those who ask for it");
        shifts.Select(s => (string?)s!["state"]).Distinct().Should().Equal("published", "draft");
        shifts.Should().OnlyContain(s => (string?)s!["state"] == "published" == (string.CompareOrdinal((string)s["date"]!, "2025-08-04") < 0));
        (await State(draft)).Should().Be("draft");
    }

    [Test]
    public async Task Repair_RosterWhoseFirstWeekALaterOneDecides_StartsFromWhatIsInForce()
    {
        var operation = await Plan("pb-repair", days: 14);
        var fortnight = await operation.Roster(new { days = 14 });
        await Publish(fortnight);
        var week = await operation.Roster(new { days = 7, seed = 2, replan = true }); // made with the second week in force before its eyes
        await Publish(week);
        var before = await Shifts(operation.Agent(1));

        var job = await Client.Finish(await Client.Post($"{PathOf(fortnight)}:repair", new { from = "2025-08-10T00:00:00Z", maximumMoves = 0 }));

        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        var repaired = (await Client.Get($"{job["result"]}/shifts?limit=1000&agent={operation.Agent(1)}")).Json["items"]!.AsArray();
        repaired.Select(s => $"{s!["date"]} {s["start"]}").Should().Equal(before);
    }

    /// <summary>A hub with three people and a requirement over the days from the cut-off.</summary>
    private async Task<SmallOperation> Plan(string hub, int days, DateTimeZone? zone = null)
    {
        var operation = await SmallOperation.SetUp(Client, hub, zone: zone);
        await operation.AddPeople(People);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = days + 1 });
        await operation.Requirement(new { paths = 20 });
        return operation;
    }

    /// <summary>Each agent's shifts are those of the roster that decides about the day, one a day at most.</summary>
    private async Task Shows(SmallOperation operation, Func<int, JsonNode> decides)
    {
        for (var i = 1; i <= People; i++)
        {
            var expected = new List<string>();
            foreach (var roster in Enumerable.Range(0, 14).Select(decides).Distinct())
            {
                var own = (await Client.Get($"{PathOf(roster)}/shifts?limit=1000&agent={operation.Agent(i)}")).Json["items"]!.AsArray();
                expected.AddRange(own.Where(s => decides(Day(s!)) == roster).Select(s => $"{s!["date"]} {s["start"]}"));
            }

            var shown = await Shifts(operation.Agent(i));
            shown.Should().Equal(expected.Order(StringComparer.Ordinal)).And.NotBeEmpty().And.OnlyHaveUniqueItems(s => s.Split(' ')[0]);
        }
    }

    private static int Day(JsonNode shift) =>
        Period.DaysBetween(SmallOperation.CutOffDate, NodaTime.Text.LocalDatePattern.Iso.Parse((string)shift["date"]!).Value);

    private async Task<List<string>> Shifts(string agent)
    {
        var shifts = (await Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray();
        return [.. shifts.Where(s => (string?)s!["state"] == "published").Select(s => $"{s!["date"]} {s["start"]}")];
    }

    private async Task<JsonArray> Violations(JsonNode roster) => (await Client.Get($"{PathOf(roster)}/violations")).Is(HttpStatusCode.OK).Json.AsArray();

    private static bool IsRest(JsonNode? violation) =>
        ((string)violation!["rule"]!).Replace("-", "", StringComparison.Ordinal).Equals("minimumDailyRest", StringComparison.OrdinalIgnoreCase);

    private async Task Publish(JsonNode roster) => (await Client.Call(HttpMethod.Post, $"{PathOf(roster)}:publish")).Is(HttpStatusCode.OK);

    private async Task<string?> State(JsonNode roster) => (string?)(await Client.Get(PathOf(roster))).Json["state"];

    private static string PathOf(JsonNode roster) => $"/api/v1/rosters/{roster["id"]}";

    private static AgentRequest Person(string code, string hub, string contract) => new()
    {
        Code = code,
        Name = "Person",
        Hub = hub,
        Contract = contract,
        Skills = [new AgentSkillData("live", 1), new AgentSkillData("review", 1)],
    };
}
