using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using NodaTime.Text;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Publishing;

/// <summary>What is published stays: nights and new rosters keep it, leave takes away only what it meets.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class PublishedDaysTests(StoreKind kind)
{
    private const int People = 3;
    private static readonly Instant Now = SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate).ToInstant();

    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start() => _server = await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(new FakeClock(Now)));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Create_FirstWeekIsPublished_KeepsItAndAddsTheSecond()
    {
        var operation = await Plan("pd-keep");
        var week = await operation.Roster(new { days = 7 });
        await Publish(week);
        var published = await Shifts(week);

        var fortnight = await operation.Roster(new { days = 14, seed = 2 });

        var shifts = await Shifts(fortnight);
        shifts.Where(s => Day(s) < 7).Select(Words).Should().Equal(published.Select(Words)).And.NotBeEmpty();
        shifts.Should().Contain(s => Day(s) >= 7).And.OnlyContain(s => (string?)s["state"] == "draft");
        (await Violations(fortnight)).Should().NotContain(v => (bool)v!["hard"]!);
        await Publish(fortnight);
        (await Shifts(week)).Should().OnlyContain(s => (string?)s["state"] == "superseded");
        (await Shifts(fortnight)).Should().OnlyContain(s => (string?)s["state"] == "published");

        var anew = await operation.Roster(new { days = 14, seed = 3, replan = true });
        (await Shifts(anew)).Select(Words).Should().NotEqual(shifts.Select(Words), "asked for, published days are solved anew");
    }

    [Test]
    public async Task Create_PinOnAPublishedDay_IsAnExplicitChangeOfThatDayAlone()
    {
        var operation = await Plan("pd-pin");
        var week = await operation.Roster(new { days = 7 });
        await Publish(week);
        var published = await Shifts(week);
        var off = new { agent = (string?)published[0]["agent"], date = (string?)published[0]["date"], shift = (object?)null };

        var pinned = await operation.Roster(new { days = 7, pins = new[] { off } });

        (await Shifts(pinned)).Select(Words).Should().Equal(published.Skip(1).Select(Words));
    }

    [Test]
    public async Task Create_PersonWhoJoinedAPublishedWeek_IsRosteredBesideIt()
    {
        var operation = await Plan("pd-join");
        var week = await operation.Roster(new { days = 7 });
        await Publish(week);
        await operation.AddPeople(People + 1, from: People + 1);

        var shifts = await Shifts(await operation.Roster(new { days = 7 }));

        shifts.Where(s => (string?)s["agent"] != operation.Agent(People + 1)).Select(Words).Should().Equal((await Shifts(week)).Select(Words));
        shifts.Should().Contain(s => (string?)s["agent"] == operation.Agent(People + 1));
    }

    [Test]
    public async Task TimeOff_OnAPublishedDay_FreesItAtOnceAndOpensARepairThatChangesOnlyWhatIsAsked()
    {
        var operation = await Plan("pd-leave");
        var roster = await operation.Roster();
        await Publish(roster);
        var (agent, before) = (operation.Agent(1), await Shifts(roster));
        var lost = before.First(s => (string?)s["agent"] == agent);
        var leave = (
            await Client.Post(
                $"/api/v1/agents/{agent}/time-off", new
                {
                    type = "annual",
                    localStart = $"{lost["date"]}T00:00",
                    localEnd = $"{LocalDatePattern.Iso.Format(Date(lost).PlusDays(1))}T00:00",
                })
        ).Is(HttpStatusCode.Created);

        (await InForce(agent)).Should().Equal(before.Where(s => (string?)s["agent"] == agent && s != lost).Select(Words));
        (await Shifts(roster)).Select(Words).Should().BeEquivalentTo(before.Where(s => s != lost).Select(Words));
        var edit = (await Client.Get($"/api/v1/rosters/{roster["id"]}/edits")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle().Which!;
        ((string?)edit["cause"], edit["days"]!.AsArray().Count).Should().Be(("leave", 1));
        (edit["days"]![0]!["agent"]!.ToString(), edit["days"]![0]!["date"]!.ToString(), (string?)edit["days"]![0]!["after"]?.ToJsonString()).Should()
            .Be((agent, lost["date"]!.ToString(), null));
        leave.Json["edits"]!.AsArray().Single()!["number"]!.ToString().Should().Be(edit["number"]!.ToString());
        var job = await Client.Finish((string)leave.Json["repairs"]!.AsArray().Single()!);
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        var changes = (await Client.Get($"{job["result"]}/changes")).Is(HttpStatusCode.OK).Json["changes"]!.AsArray();
        changes.Should().ContainSingle(c => (string?)c!["reason"] == "absence").Which!["date"]!.ToString().Should().Be((string?)lost["date"]);
        changes.Should().OnlyContain(c => !string.IsNullOrEmpty((string?)c!["why"]), "who is asked to work otherwise is told why");
        var repaired = (await Client.Get((string)job["result"]!)).Json;
        await Publish(repaired);
        (await InForce(agent)).Should().NotContain(s => s.Contains((string)lost["date"]!, StringComparison.Ordinal));
    }

    [Test]
    public async Task TimeOff_TakenBackBeforeARepairIsPublished_PutsTheShiftBackInForce()
    {
        var operation = await Plan("pd-back");
        var roster = await operation.Roster();
        await Publish(roster);
        var agent = operation.Agent(2);
        var before = await InForce(agent);
        var leave = (
            await Client.Post($"/api/v1/agents/{agent}/time-off", new { type = "sick", localStart = "2025-07-28T00:00", localEnd = "2025-08-11T00:00" })
        ).Is(HttpStatusCode.Created);
        (await InForce(agent)).Should().BeEmpty("every day is taken away");
        await Client.Finish((string)leave.Json["repairs"]!.AsArray().Single()!);

        (await Client.Delete(leave.Headers.Location!.ToString())).Is(HttpStatusCode.NoContent);

        (await InForce(agent)).Should().Equal(before).And.NotBeEmpty();
    }

    [Test]
    public async Task TimeOff_WhereNothingIsPublished_OpensNoRepair()
    {
        var operation = await Plan("pd-none");
        await operation.Roster(new { days = 7 });

        var leave = await Client.Post(
            $"/api/v1/agents/{operation.Agent(1)}/time-off", new { type = "annual", localStart = "2025-07-28T00:00", localEnd = "2025-08-04T00:00" });

        leave.Is(HttpStatusCode.Created).Json["repairs"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Night_TenInARowEachPublished_ChangeNoPublishedDay()
    {
        var operation = await SmallOperation.SetUp(Client, "pd-nights");
        await operation.AddPeople(People);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-10 - 14), 14));
        var known = new Dictionary<string, string>(); // by agent and day, the shift or "off"
        var changed = new List<string>();
        for (var night = 0; night < 10; night++)
        {
            await operation.Import(operation.Volumes(operation.Chat, 5, 50 + night, SmallOperation.CutOffDate.PlusDays(night - 10), 1));
            var roster = await Night(operation);
            await Publish(roster);
            var start = LocalDatePattern.Iso.Parse((string)roster["start"]!).Value;
            var shifts = (await Shifts(roster)).ToDictionary(s => $"{s["agent"]} {s["date"]}", Words);
            foreach (var key in Keys(operation, start))
            {
                var now = shifts.GetValueOrDefault(key, "off");
                if (known.TryGetValue(key, out var then) && then != now) changed.Add($"night {night}: {then} is now {now}");
                known[key] = now;
            }
        }

        changed.Should().BeEmpty();
        known.Should().HaveCount(2 * 7 * People, "the cut-off passed one Monday");
        known.Values.Should().Contain(v => v != "off");
    }

    private static IEnumerable<string> Keys(SmallOperation operation, LocalDate start) =>
        from i in Enumerable.Range(1, People)
        from day in Enumerable.Range(0, 7)
        select $"{operation.Agent(i)} {LocalDatePattern.Iso.Format(start.PlusDays(day))}";

    private async Task<JsonNode> Night(SmallOperation operation)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.Where(h => h.Code == operation.Hub).Select(h => h.Id).SingleAsync();
        var arguments = new NightlyChainArguments(
            HorizonDays: 16, Paths: 20, RosterDays: 7, MaximumMoves: 2_000, ProofRounds: 1, ProofTrials: 0, ProofMoves: 2_000);
        var chain = await scope.ServiceProvider.GetRequiredService<JobQueue>().Submit<NightlyChain>(arguments, hub, new JobOwner("test"), null, default);
        var done = await Client.Finish($"/api/v1/jobs/{chain.Id}");
        ((string?)done["state"]).Should().Be("succeeded", done.ToJsonString());
        return (await Client.Get((string)done["result"]!)).Is(HttpStatusCode.OK).Json;
    }

    /// <summary>A hub with three people, and a requirement over two weeks from the cut-off.</summary>
    private async Task<SmallOperation> Plan(string hub)
    {
        var operation = await SmallOperation.SetUp(Client, hub);
        await operation.AddPeople(People);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 15 });
        await operation.Requirement(new { paths = 20 });
        return operation;
    }

    private async Task Publish(JsonNode roster) => (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}:publish")).Is(HttpStatusCode.OK);

    private async Task<JsonArray> Violations(JsonNode roster) =>
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Is(HttpStatusCode.OK).Json.AsArray();

    private async Task<List<JsonNode>> Shifts(JsonNode roster)
    {
        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        return [.. shifts.Select(s => s!).OrderBy(Words, StringComparer.Ordinal)];
    }

    private async Task<List<string>> InForce(string agent) =>
        [.. (await Client.Get($"/api/v1/agents/{agent}/shifts")).Is(HttpStatusCode.OK).Json.AsArray().Select(Words)];

    private static string Words(JsonNode? shift) => $"{shift!["agent"]} {shift["date"]} {shift["start"]} {shift["end"]}";

    private static LocalDate Date(JsonNode shift) => LocalDatePattern.Iso.Parse((string)shift["date"]!).Value;

    private static int Day(JsonNode shift) => Period.DaysBetween(SmallOperation.CutOffDate, Date(shift));
}
