using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.People.Availability;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.Fairness;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class FairnessEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "fair");
        await _operation.AddPeople(4);
    }

    [Test]
    public async Task Get_WorkedShifts_AreCountedAgainstTheMeanOfEquals()
    {
        await Client.Post(
            "/api/v1/events",
            """
            {"code":"fair-holiday","kind":"holiday-public","name":"A holiday","hub":"fair","localStart":"2025-07-07T00:00:00",
             "localEnd":"2025-07-08T00:00:00","repeats":true}
            """);
        var rows = new StringBuilder("agent,start,end\n");
        foreach (var day in new[] { 5, 12 })
        {
            rows.Append(CultureInfo.InvariantCulture, $"fair-01,2025-07-{day:00}T22:00,2025-07-{day + 1:00}T06:00\n"); // Saturday nights
        }

        rows.Append("fair-01,2025-07-07T08:00,2025-07-07T16:00\nfair-02,2025-07-08T08:00,2025-07-08T16:00\nfair-02,2024-07-06T22:00,2024-07-07T06:00\n");
        (await Client.Post("/api/v1/worked-shifts:import", new StringContent(rows.ToString(), Encoding.UTF8, "text/csv"))).Is(HttpStatusCode.OK);

        var people = (await Client.Get("/api/v1/fairness/people?hub=fair&asOf=2025-07-28&groupBy=hub")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        people.Select(p => (string)p!["agent"]!).Should().Equal("fair-01", "fair-02", "fair-03", "fair-04");
        Carried(0).Should().Be("""{"nights":2,"weekends":2,"holidays":1,"lateChanges":0,"refusedWishes":0,"requestsAsked":0,"requestsRefused":0}""");
        Carried(1).Should().Be(
            """{"nights":0,"weekends":0,"holidays":0,"lateChanges":0,"refusedWishes":0,"requestsAsked":0,"requestsRefused":0}""", "a year ago is past");
        ((double)people[0]!["aboveMean"]!["nights"]!).Should().Be(1.5);

        var hub = (await Client.Get("/api/v1/fairness?hub=fair&asOf=2025-07-28&groupBy=hub")).Is(HttpStatusCode.OK).Json;
        var (group, nights) = (hub["groups"]!.AsArray().Single()!, hub["groups"]![0]!["before"]!["nights"]!);
        ((int)group["people"]!, (double)nights["mean"]!, (double)nights["gini"]!, (int)nights["most"]!).Should().Be((4, 0.5, 0.75, 2));
        group["after"].Should().BeNull();
        var page = (await Client.Get("/api/v1/fairness/people?hub=fair&asOf=2025-07-28&limit=3")).Json;
        (await Client.Get($"/api/v1/fairness/people?hub=fair&asOf=2025-07-28&after={page["next"]}")).Json["items"]!.AsArray().Should().HaveCount(1);

        string Carried(int person) => people[person]!["carried"]!.ToJsonString();
    }

    [Test]
    public async Task Get_WithADraft_AddsItsShifts()
    {
        var operation = await SmallOperation.Staffed(Client, "fair-draft");
        var roster = await operation.Roster();

        var answer = (await Client.Get($"/api/v1/fairness?hub=fair-draft&roster={roster["id"]}")).Is(HttpStatusCode.OK).Json;

        var groups = answer["groups"]!.AsArray();
        ((string)answer["until"]!).Should().Be((string)roster["start"]!);
        double Weekends(string when) => groups.Sum(g => (double)g![when]!["weekends"]!["mean"]! * (int)g["people"]!);
        Weekends("before").Should().Be(0);
        Weekends("after").Should().BePositive();
    }

    [Test]
    public async Task Get_PublishedAgainWithinTheNotice_CountsTheDaysWhoseTimesChanged()
    {
        var operation = await SmallOperation.Staffed(Client, "fair-late");
        var first = await Publish(operation, new { days = 7 });
        var second = await Publish(operation, new { days = 7, replan = true, seed = 5 });
        var at = SmallOperation.CutOffDate.At(new LocalTime(12, 0)).InZoneStrictly(SmallOperation.Zone).ToInstant();
        await using (var scope = Server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
            await db.Rosters.Where(r => r.Id == Guid.Parse(second)).ExecuteUpdateAsync(r => r.SetProperty(x => x.PublishedAt, at));
        }

        var (before, after) = (await Times(first), await Times(second));
        var changed = before.Keys.Union(after.Keys).Where(d => before.GetValueOrDefault(d) != after.GetValueOrDefault(d))
            .Where(d => new[] { before.GetValueOrDefault(d).End, after.GetValueOrDefault(d).End }.Max() > at.ToDateTimeOffset()).ToList();
        var people = (await Client.Get("/api/v1/fairness/people?hub=fair-late&asOf=2025-08-11")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        changed.Should().NotBeEmpty();
        people.Where(p => (int)p!["carried"]!["lateChanges"]! > 0).ToDictionary(p => (string)p!["agent"]!, p => (int)p!["carried"]!["lateChanges"]!).Should()
            .BeEquivalentTo(changed.GroupBy(d => d.Agent).ToDictionary(g => g.Key, g => g.Count()));
        (await Client.Get("/api/v1/fairness/people?hub=fair-late&asOf=2025-08-11&noticeDays=0")).Json["items"]!.AsArray()
            .Should().OnlyContain(p => (int)p!["carried"]!["lateChanges"]! <= 1, "only what had begun when it was changed");
    }

    [Test]
    public async Task Get_NoNoticeAsked_IsThatOfThePolicyWithItsSource()
    {
        var law = new SmallOperation(Client, "fair-notice").Law();
        law.Rules.Add(new(
            "noticeOfChange", new Dictionary<string, double> { ["hours"] = 36 }, "A day and a half.", "Works agreement 7", new LocalDate(2025, 1, 1),
            new LocalDate(2025, 1, 1), null, RuleAuthority.Agreement));
        await SmallOperation.SetUp(Client, "fair-notice", law);

        var answer = (await Client.Get("/api/v1/fairness?hub=fair-notice&asOf=2025-07-28")).Is(HttpStatusCode.OK).Json;
        ((double)answer["noticeDays"]!).Should().Be(1.5);
        answer["notice"]!.ToJsonString().Should()
            .Be("""{"rule":"noticeOfChange","hours":36,"text":"A day and a half.","source":"Works agreement 7","authority":"agreement"}""");

        var before = (await Client.Get("/api/v1/fairness?hub=fair-notice&asOf=2024-12-31")).Is(HttpStatusCode.OK).Json;
        ((double)before["noticeDays"]!, before["notice"]).Should().Be((7, null), "the rule is not in force yet");
        var asked = (await Client.Get("/api/v1/fairness?hub=fair-notice&asOf=2025-07-28&noticeDays=3")).Is(HttpStatusCode.OK).Json;
        ((double)asked["noticeDays"]!, asked["notice"]).Should().Be((3, null));
    }

    [Test]
    public async Task Get_Requests_AreCountedWithThoseRefusedAndSpread()
    {
        var operation = await SmallOperation.SetUp(Client, "fair-asked");
        await operation.AddPeople(3);
        await using (var scope = Server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
            var hub = (await db.Hubs.SingleAsync(h => h.Code == "fair-asked")).Id;
            var ids = await db.Agents.Where(a => a.HubId == hub).OrderBy(a => a.Code).Select(a => a.Id).ToListAsync();
            Leave(ids[0], LeaveState.Refused, 1);
            Leave(ids[0], LeaveState.Expired, 2);
            Leave(ids[0], LeaveState.Approved, 3);
            Leave(ids[0], LeaveState.Withdrawn, 4); // taken back
            Leave(ids[0], LeaveState.Refused, 5, "sick"); // told, not asked
            Leave(ids[0], LeaveState.Refused, 200); // more than 26 weeks ago
            Ask(ids[0], SwapState.Refused);
            Ask(ids[1], SwapState.Approved);
            Ask(ids[1], SwapState.Asked); // still open
            db.AvailabilityRequests.Add(new AvailabilityRequest { AgentId = ids[1], HubId = hub, State = AvailabilityState.Refused, AskedAt = On(6) });
            await db.SaveChangesAsync();

            void Leave(Guid agent, LeaveState state, int daysAgo, string type = "annual") => db.LeaveRequests.Add(
                new LeaveRequest { AgentId = agent, HubId = hub, Type = type, Start = On(-30), End = On(-31), State = state, AskedAt = On(daysAgo) });

            void Ask(Guid agent, SwapState state) => db.Swaps.Add(new Swap
            {
                AgentId = agent,
                HubId = hub,
                Kind = SwapKind.GiveAway,
                Date = SmallOperation.CutOffDate,
                Shift = new EditedShift("fair-asked-early", On(-1), On(-2), 480, []),
                State = state,
                AskedAt = On(7),
            });
        }

        var people = (await Client.Get("/api/v1/fairness/people?hub=fair-asked&asOf=2025-07-28")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        people.Select(p => ((int)p!["carried"]!["requestsAsked"]!, (int)p["carried"]!["requestsRefused"]!)).Should().Equal((4, 3), (3, 1), (0, 0));
        ((double)people[0]!["aboveMean"]!["requestsRefused"]!).Should().BeApproximately(3 - (4 / 3.0), 1e-4);
        var group = (await Client.Get("/api/v1/fairness?hub=fair-asked&asOf=2025-07-28")).Is(HttpStatusCode.OK).Json["groups"]!.AsArray().Single()!;
        var refused = group["before"]!["requestsRefused"]!;
        // 0, 1, 3: G = (−2·0 + 0·1 + 2·3) ÷ (3 · 4) = 0.5
        ((int)refused["least"]!, (int)refused["most"]!, (double)refused["gini"]!).Should().Be((0, 3, 0.5));
        ((double)group["before"]!["requestsAsked"]!["mean"]!).Should().BeApproximately(7 / 3.0, 1e-4);

        static Instant On(int daysAgo) => SmallOperation.Zone.AtStartOfDay(SmallOperation.CutOffDate.PlusDays(-daysAgo)).ToInstant();
    }

    private async Task<string> Publish(SmallOperation operation, object request)
    {
        var id = (string)(await operation.Roster(request))["id"]!;
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{id}:publish")).Is(HttpStatusCode.OK);
        return id;
    }

    private async Task<Dictionary<(string Agent, string Date), (DateTimeOffset Start, DateTimeOffset End)>> Times(string roster) =>
        (await Client.Get($"/api/v1/rosters/{roster}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().ToDictionary(
            s => ((string)s!["agent"]!, (string)s["date"]!),
            s => (DateTimeOffset.Parse((string)s!["start"]!), DateTimeOffset.Parse((string)s["end"]!)));

    [TestCase("hub=fair&noticeDays=91", HttpStatusCode.UnprocessableEntity)]
    [TestCase("hub=nowhere", HttpStatusCode.UnprocessableEntity)]
    [TestCase("hub=fair&roster=00000000-0000-0000-0000-000000000001", HttpStatusCode.UnprocessableEntity)]
    [TestCase("hub=fair&groupBy=age", HttpStatusCode.BadRequest)]
    public async Task Get_WhatCannotBe_IsRefused(string query, HttpStatusCode status) => (await Client.Get($"/api/v1/fairness?{query}")).Is(status);
}
