using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Edits;

/// <summary>A roster as a document: edits that are done whole or not at all, checks, history, undo, who fits and why.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterEditTests(StoreKind kind)
{
    private const int People = 4;
    private static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    private WfmServer _server = null!;
    private SmallOperation _operation = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));
        _operation = await SmallOperation.SetUp(Client, "ed");
        await _operation.AddPeople(People);
        await _operation.Import(_operation.Volumes(_operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await _operation.Forecast(new { horizonDays = 15 });
        await _operation.Requirement(new { paths = 20 });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Edit_Check_SaysWhatItWouldDoAndChangesNothing()
    {
        var roster = await Draft(1);
        var shift = (await Shifts(roster))[0];

        var answer = await Edit(roster, "?check=true", Remove(shift));

        answer.Is(HttpStatusCode.OK);
        ((bool)answer.Json["stored"]!).Should().BeFalse();
        answer.Json["number"].Should().BeNull();
        var day = answer.Json["days"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)day["before"]!["start"]).Should().Be((string?)shift["start"]);
        day["after"].Should().BeNull();
        answer.Json["coverage"]!.AsArray().Should().NotBeEmpty("heads are missing then");
        ((double)answer.Json["cost"]!["change"]!).Should().NotBe(0);
        var person = answer.Json["people"]!.AsArray().Should().ContainSingle().Subject!;
        ((double)person["before"]!["paidHours"]! - (double)person["after"]!["paidHours"]!).Should().BeApproximately((int)shift["paidMinutes"]! / 60.0, 1e-9);
        (await Shifts(roster)).Select(Words).Should().Contain(Words(shift));
        (await History(roster)).Should().BeEmpty();
    }

    [Test]
    public async Task Edit_Published_IsInForceAtOnceAndInTheHistoryAndUndone()
    {
        var roster = await Published(2);
        var before = await Shifts(roster);
        var shift = before[^1];
        var etag = await ETag(roster);

        var removed = (await Edit(roster, "", [Remove(shift)], etag)).Is(HttpStatusCode.OK);

        ((int)removed.Json["number"]!).Should().Be(1);
        removed.ETag.Should().NotBe(etag).And.Be(await ETag(roster));
        (await InForce((string)shift["agent"]!)).Should().NotContain(Words(shift));
        var edit = (await History(roster)).Should().ContainSingle().Subject;
        ((string?)edit["reason"], (string?)edit["cause"], (bool)edit["inForce"]!).Should().Be(("A test.", "edit", true));
        var now = (await Client.Get($"/api/v1/rosters/{roster["id"]}")).Json;
        ((int)now["edits"]!, (int)now["summary"]!["shifts"]!).Should().Be((1, before.Count - 1));

        var undone = (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits/1:undo", new { reason = "Needed." }, removed.ETag))
            .Is(HttpStatusCode.OK);

        ((int)undone.Json["number"]!).Should().Be(2);
        (await Shifts(roster)).Select(Words).Should().Equal(before.Select(Words));
        ((int?)(await History(roster))[1]["undoes"]).Should().Be(1);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits/1:undo", new { }, "*")).Is(HttpStatusCode.Conflict)
            .Json["detail"]!.ToString().Should().Contain("has changed since edit 1");
        Client.Get($"/api/v1/rosters/{roster["id"]}/explanation").Result.Is(HttpStatusCode.OK);
        Client.Get($"/api/v1/rosters/{roster["id"]}/violations").Result.Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task Edit_AgainstARule_IsRefusedWithRuleNumbersTextAndSource()
    {
        var roster = await Draft(3);
        var (late, early) = Following(await Shifts(roster));
        var start = SmallOperation.Zone.AtStartOfDay(Date(early)).ToInstant().Plus(Duration.FromHours(3)); // before the rest of the night is over
        var rest = (start - Instant(late["end"])).TotalMinutes;

        var refused = (await Edit(roster, "", Move(early, start))).Is(HttpStatusCode.UnprocessableEntity);

        var finding = refused.Json["findings"]!.AsArray().First(f => (string?)f!["rule"] == "minimumDailyRest")!;
        ((double)finding["limits"]!["hours"]!).Should().Be(11);
        ((string?)finding["source"]).Should().Be("Organisation of Working Time Act 1997, section 11");
        ((string?)finding["text"]).Should().Be("Consecutive hours of rest in each period of 24.");
        ((double)finding["amount"]!, (string?)finding["unit"]).Should().Be((660 - rest, "minutes"));
        (await Shifts(roster)).Select(Words).Should().Contain(Words(early), "nothing of it is done");
    }

    [Test]
    public async Task Edit_StaleVersion_IsToldWhatChangedMeanwhile()
    {
        var roster = await Draft(4);
        var etag = await ETag(roster);
        var shifts = await Shifts(roster);
        (await Edit(roster, "", [Remove(shifts[0])], etag)).Is(HttpStatusCode.OK);

        var stale = (await Edit(roster, "", [Remove(shifts[1])], etag)).Is(HttpStatusCode.PreconditionFailed);

        var since = stale.Json["changedSince"]!.AsArray().Should().ContainSingle().Subject!;
        ((string?)since["days"]![0]!["agent"]).Should().Be((string?)shifts[0]["agent"]);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits", Request(Remove(shifts[1])))).Is(HttpStatusCode.PreconditionRequired);
    }

    [Test]
    public async Task Edit_TwoAtOnceOnOneShift_OneWins()
    {
        var roster = await Draft(5);
        var etag = await ETag(roster);
        var shift = (await Shifts(roster))[0];

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Edit(roster, "", [Remove(shift)], etag)));

        answers.Count(a => a.Status == HttpStatusCode.OK).Should().Be(1);
        answers.Where(a => a.Status != HttpStatusCode.OK).Should().OnlyContain(a => a.Status == HttpStatusCode.PreconditionFailed);
        (await History(roster)).Should().ContainSingle();
    }

    [Test]
    public async Task Edit_EveryKindOfOperation_ReplaysToTheRoster()
    {
        var roster = await Draft(6);
        var start = await Shifts(roster);
        var (agent, date) = ((string)start[0]["agent"]!, (string)start[0]["date"]!);
        var (from, to) = (Instant(start[0]["start"]), Instant(start[0]["end"]));

        await Ok(roster, Move(start[0], from.Plus(Duration.FromMinutes(30))));
        await Ok(roster, new { kind = "resize", agent, date, end = Text(to.Plus(Duration.FromHours(1))) });
        await Ok(roster, new { kind = "segment", agent, date, activity = "training", start = After(from, 30), end = After(from, 90) });
        await Ok(roster, new { kind = "segment", agent, date, activity = "work", group = "review", start = After(from, 90), end = After(from, 105) });
        await Ok(roster, new { kind = "leave", agent, start = Text(to.Minus(Duration.FromHours(1))), end = Text(to.Plus(Duration.FromHours(5))) });
        await Ok(roster, Remove(start[0]));
        await Ok(roster, new { kind = "assign", agent, date, shift = new { template = "ed-late", start = "11:00:00", group = "live" } });

        var replayed = start.ToDictionary(Key, s => (string?)s["start"] + s["end"]);
        foreach (var day in (await History(roster)).SelectMany(e => e["days"]!.AsArray()))
        {
            var key = $"{day!["agent"]} {day["date"]}";
            replayed.GetValueOrDefault(key).Should().Be(day["before"] is { } old ? (string?)old["start"] + old["end"] : null);
            replayed.Remove(key);
            if (day["after"] is { } after) replayed[key] = (string?)after["start"] + after["end"];
        }

        (await Shifts(roster)).ToDictionary(Key, s => (string?)s["start"] + s["end"]).Should().BeEquivalentTo(replayed);
        (await History(roster)).Should().HaveCount(7);
    }

    [Test]
    public async Task Edit_Rubbish_IsNamedByPointer()
    {
        var roster = await Draft(7);
        var shift = (await Shifts(roster))[0];
        var (agent, date) = ((string)shift["agent"]!, (string)shift["date"]!);

        (await Edit(roster, "", new { kind = "remove", agent })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/operations/0/date");
        (await Edit(roster, "", new { kind = "remove", agent = "nobody", date }))
            .Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain("no agent 'nobody'");
        (await Edit(roster, "", new { kind = "assign", agent, date, shift = new { template = "ed-none", start = "11:00:00" } }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/operations/0/shift/template");
        (await Edit(roster, "", new { kind = "assign", agent, date, shift = new { template = "ed-late", start = "11:00:00" } }))
            .Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain("has a shift on");
        (await Edit(roster, "", new { kind = "swap", agent, date, other = agent }))
            .Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain("with oneself");
        (await Edit(roster, "", new { kind = "segment", agent, date, activity = "work", start = shift["start"], end = shift["end"] }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/operations/0/group");
        (await Edit(roster, "", new { kind = "move", agent, date, localStart = "2025-12-01T09:00:00" }))
            .Is(HttpStatusCode.UnprocessableEntity).Text.Should().Contain("is not in the 14 days");
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits", new { reason = "x", operations = Array.Empty<object>() }, "*"))
            .Status.Should().Be(HttpStatusCode.BadRequest);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{Guid.Empty}/edits", Request(Remove(shift)), "*")).Is(HttpStatusCode.NotFound);
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits/99:undo", new { }, "*")).Is(HttpStatusCode.NotFound);
        (await History(roster)).Should().BeEmpty();
    }

    [Test]
    public async Task Fits_OfARemovedShift_RanksWhoCouldTakeItAndEditsAccept()
    {
        var roster = await Draft(8);
        var shift = (await Shifts(roster))[0];
        await Ok(roster, Remove(shift));
        var date = (string)shift["date"]!;

        var fits = (await Client.Get($"/api/v1/rosters/{roster["id"]}/fits?date={date}&group=live&from=09:00&to=16:00")).Is(HttpStatusCode.OK).Json;

        var people = fits["people"]!.AsArray();
        people.Should().HaveCountGreaterThan(1).And.HaveCountLessThanOrEqualTo(People, "who works on the group then already is nobody to ask");
        ((int)fits["fitting"]!).Should().Be(people.Count(p => (bool)p!["fits"]!));
        people.Where(p => !(bool)p!["fits"]!).Should().OnlyContain(p => p!["stops"]!.AsArray().Count > 0 && p["stops"]![0]!["rule"] != null);
        var best = people.First(p => (bool)p!["fits"]! && (string?)p["kind"] == "newShift")!;
        var after = best["after"]!;
        var answer = (await Edit(roster, "?check=true", new
        {
            kind = "assign",
            agent = (string)best["agent"]!,
            date = (string)best["date"]!,
            shift = new { template = (string)after["template"]!, activities = after["activities"]!.DeepClone(), paidMinutes = (int)after["paidMinutes"]! },
        })).Is(HttpStatusCode.OK).Json;
        ((bool)answer["allowed"]!).Should().BeTrue(answer.ToJsonString());
        ((double)answer["cost"]!["change"]!).Should().BeApproximately((double)best["cost"]!, 1e-6);
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/fits?date={date}&group=none&from=09:00&to=16:00")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/fits?date=2025-01-01&group=live&from=09:00&to=16:00")).Is(HttpStatusCode.UnprocessableEntity);
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/fits?date={date}&group=live&from=9&to=16:00")).Is(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Why_AShift_SaysWhatItServesAndWhatItsRemovalCosts()
    {
        var roster = await Draft(9);
        var shift = (await Shifts(roster))[0];

        var why = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts/{shift["id"]}/why")).Is(HttpStatusCode.OK).Json;

        why["serves"]!.AsArray().Should().NotBeEmpty();
        var removal = (await Edit(roster, "?check=true", Remove(shift))).Json;
        ((double)why["removalCost"]!).Should().BeApproximately((double)removal["cost"]!["change"]!, 1e-6);
        if ((bool)why["hasAlternative"]!) ((double)why["alternativeCost"]!).Should().BeLessThanOrEqualTo((double)why["removalCost"]! + 1e-6);
    }

    [Test]
    public async Task Edit_OfADayThatAnotherRosterDecides_IsRefused()
    {
        var week = await _operation.Roster(new { days = 14, seed = 20 });
        await Publish(week);
        var second = LocalDatePattern.Iso.Format(SmallOperation.CutOffDate.PlusDays(7));
        var next = await _operation.Roster(new { start = second, days = 7, seed = 21, replan = true });
        await Publish(next);
        var late = (await Shifts(week)).First(s => string.CompareOrdinal((string?)s["date"], second) >= 0);

        (await Edit(week, "", Remove(late))).Is(HttpStatusCode.UnprocessableEntity).Json["refusals"]![0]!["code"]!.ToString().Should().Be("lockedDay");
    }

    private static object Remove(JsonNode shift) => new { kind = "remove", agent = (string)shift["agent"]!, date = (string)shift["date"]! };

    private static object Move(JsonNode shift, Instant start) =>
        new { kind = "move", agent = (string)shift["agent"]!, date = (string)shift["date"]!, start = Text(start) };

    private static object Request(params object[] operations) => new { reason = "A test.", operations };

    private Task<ApiAnswer> Edit(JsonNode roster, string query, params object[] operations) => Edit(roster, query, operations, "*");

    private Task<ApiAnswer> Edit(JsonNode roster, string query, object[] operations, string ifMatch) =>
        Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}/edits{query}", Request(operations), ifMatch);

    private async Task Ok(JsonNode roster, object operation) => (await Edit(roster, "", operation)).Is(HttpStatusCode.OK);

    // Two shifts of one person on days that follow one another.
    private static (JsonNode Late, JsonNode Early) Following(List<JsonNode> shifts) => shifts.SelectMany(a => shifts.Select(b => (a, b)))
        .First(p => (string?)p.a["agent"] == (string?)p.b["agent"] && Date(p.b) == Date(p.a).PlusDays(1));

    private async Task<JsonNode> Draft(int seed) => await _operation.Roster(new { days = 14, seed, replan = true });

    private async Task<JsonNode> Published(int seed)
    {
        var roster = await Draft(seed);
        await Publish(roster);
        return roster;
    }

    private async Task Publish(JsonNode roster) => (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}:publish")).Is(HttpStatusCode.OK);

    private async Task<string> ETag(JsonNode roster) => (await Client.Get($"/api/v1/rosters/{roster["id"]}")).ETag;

    private async Task<List<JsonNode>> Shifts(JsonNode roster)
    {
        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        return [.. shifts.Select(s => s!).OrderBy(Words, StringComparer.Ordinal)];
    }

    private async Task<List<JsonNode>> History(JsonNode roster) =>
        [.. (await Client.Get($"/api/v1/rosters/{roster["id"]}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(e => e!)];

    private async Task<List<string>> InForce(string agent) =>
        [.. (await Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray().Select(Words)];

    private static string Words(JsonNode? shift) => $"{shift!["agent"]} {shift["date"]} {shift["start"]} {shift["end"]}";

    private static string Key(JsonNode shift) => $"{shift["agent"]} {shift["date"]}";

    private static LocalDate Date(JsonNode shift) => LocalDatePattern.Iso.Parse((string)shift["date"]!).Value;

    private static Instant Instant(JsonNode? text) => InstantPattern.ExtendedIso.Parse((string)text!).Value;

    private static string After(Instant instant, int minutes) => Text(instant.Plus(Duration.FromMinutes(minutes)));

    private static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
