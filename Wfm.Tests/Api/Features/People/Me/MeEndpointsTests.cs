using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.Me;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class MeEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    private LocalDate Today => Server.Services.GetRequiredService<IClock>().GetCurrentInstant().InZone(Dublin).Date;

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("me-hub"));
        await Client.Create("hubs", SampleSetup.Hub("me-other"));
        await Client.Create("shift-templates", SampleSetup.Template("me-day", "me-hub"));
        await Client.Create("shift-templates", SampleSetup.Template("me-late", "me-hub"));
        await Client.Create("shift-templates", SampleSetup.Template("me-elsewhere", "me-other"));
        await Client.Create("contracts", SampleSetup.Contract("me-full"));
        await Client.Create("contracts", SampleSetup.Contract("me-days") with { Templates = ["me-day"] });
    }

    [Test]
    public async Task Shifts_Published_AreOnesOwnOnBothClocks()
    {
        var (ann, bob) = (await Person("me-ann"), await Person("me-bob"));
        await Publish(Today, [("me-ann", 1, 8), ("me-bob", 1, 9)]);

        var shifts = (await ann.Get("/api/v1/me/shifts?zone=Asia/Kolkata")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        var shift = shifts.Should().ContainSingle().Which!;
        var start = (Today.PlusDays(1) + new LocalTime(8, 0)).InZoneLeniently(Dublin);
        ((string?)shift["hub"]).Should().Be("me-hub");
        ((string?)shift["localStart"]).Should().StartWith(NodaTime.Text.LocalDateTimePattern.ExtendedIso.Format(start.LocalDateTime)[..16]);
        ((string?)shift["zone"]).Should().Be("Asia/Kolkata");
        ((string?)shift["zoneStart"]).Should().EndWith("+05:30");
        NodaTime.Text.OffsetDateTimePattern.Rfc3339.Parse((string)shift["zoneStart"]!).Value.ToInstant().Should().Be(start.ToInstant());
        shift["activities"]!.AsArray().Should().HaveCount(1);
        var bobs = (await bob.Get("/api/v1/me/shifts")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        ((string?)bobs.Should().ContainSingle().Which!["zone"]).Should().Be("Europe/Dublin");
    }

    [Test]
    public async Task Shifts_SmallPages_TellEachOnce()
    {
        var cat = await Person("me-cat");
        await Publish(Today, [("me-cat", 1, 8), ("me-cat", 2, 8), ("me-cat", 3, 8)]);
        var (dates, after) = (new List<string>(), "");
        do
        {
            var page = (await cat.Get($"/api/v1/me/shifts?limit=2&after={after}")).Is(HttpStatusCode.OK).Json;
            dates.AddRange(page["items"]!.AsArray().Select(s => (string)s!["date"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        dates.Should().Equal(Enumerable.Range(1, 3).Select(d => NodaTime.Text.LocalDatePattern.Iso.Format(Today.PlusDays(d))));
    }

    [TestCase("shifts?zone=Mars/Olympus", "zone")]
    [TestCase("shifts?from=2026-11-02&to=2026-11-02", "to")]
    [TestCase("shifts?from=2026-01-01&to=2026-11-02", "to")]
    [TestCase("changes?zone=nowhere", "zone")]
    public async Task Read_UnusableValues_NameTheParameter(string path, string parameter)
    {
        var dan = await Person("me-dan");
        (await dan.Get($"/api/v1/me/{path}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(parameter);
    }

    [Test]
    public async Task Changes_FromTheFirstLookOn_TellWhatCameSince()
    {
        var eve = await Person("me-eve");
        await Publish(Today, [("me-eve", 1, 8), ("me-eve", 2, 8), ("me-eve", 3, 8)]);
        var first = (await eve.Get("/api/v1/me/changes")).Is(HttpStatusCode.OK);
        first.Json["seenAt"].Should().BeNull();
        Kinds(first).Should().Equal("added", "added", "added");

        (await eve.Call(HttpMethod.Post, "/api/v1/me/changes:seen")).Is(HttpStatusCode.PreconditionRequired);
        var seen = (await eve.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, first.ETag)).Is(HttpStatusCode.OK);
        Kinds(seen).Should().BeEmpty();
        (await eve.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, first.ETag)).Is(HttpStatusCode.PreconditionFailed);

        // A roster over the one before: the first day as it was, in another row; the second moved, the third free, the fourth new.
        await Publish(Today, [("me-eve", 1, 8), ("me-eve", 2, 10), ("me-eve", 4, 8)]);
        var later = (await eve.Get("/api/v1/me/changes")).Is(HttpStatusCode.OK);
        Kinds(later).Should().Equal("moved", "removed", "added");
        var moved = later.Json["items"]![0]!;
        ((string?)moved["before"]!["localStart"]).Should().Contain("T08:00:00");
        ((string?)moved["after"]!["localStart"]).Should().Contain("T10:00:00");
        moved["before"]!["id"].Should().BeNull();
        moved["after"]!["id"].Should().NotBeNull();
        later.Json["items"]![1]!["after"].Should().BeNull();

        // What is published between look and seen is not taken for seen.
        await Publish(Today, [("me-eve", 5, 8)]);
        (await eve.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, later.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await eve.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, "*")).Is(HttpStatusCode.OK);
        Kinds((await eve.Get("/api/v1/me/changes")).Is(HttpStatusCode.OK)).Should().BeEmpty();
    }

    [Test]
    public async Task Changes_LeaveGranted_RemovesTheShiftAndShowsAsTimeOff()
    {
        var fay = await Person("me-fay");
        await Publish(Today, [("me-fay", 6, 8), ("me-fay", 7, 8)]);
        var look = (await fay.Get("/api/v1/me/changes")).Is(HttpStatusCode.OK);
        (await fay.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, look.ETag)).Is(HttpStatusCode.OK);
        var (start, end) = (Today.PlusDays(6).AtMidnight(), Today.PlusDays(7).AtMidnight());
        await WithDb(async db => // without the repairs that a request would open
        {
            db.TimeOff.Add(new TimeOffEntry
            {
                AgentId = await db.Agents.Where(a => a.Code == "me-fay").Select(a => a.Id).SingleAsync(),
                Kind = Wfm.Scheduling.Problem.LeaveKind.Annual,
                Start = start.InZoneLeniently(Dublin).ToInstant(),
                End = end.InZoneLeniently(Dublin).ToInstant(),
                GrantedAt = Server.Services.GetRequiredService<IClock>().GetCurrentInstant(),
            });
            await db.SaveChangesAsync();
        });

        Kinds((await fay.Get("/api/v1/me/changes")).Is(HttpStatusCode.OK)).Should().Equal("removed");
        var leave = (await fay.Get("/api/v1/me/time-off?limit=1")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().ContainSingle().Which!;
        ((string?)leave["treatment"]).Should().Be("annual");
        ((string?)leave["localStart"]).Should().Contain("T00:00:00");
        var gus = await Person("me-gus");
        (await gus.Get("/api/v1/me/time-off")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Wishes_Replaced_AreThePersonsAndNeedTheirVersion()
    {
        var hal = await Person("me-hal");
        var read = (await hal.Get("/api/v1/me/wishes")).Is(HttpStatusCode.OK);
        read.Json["templates"]!.AsArray().Select(t => (string)t!["code"]!).Should().Equal("me-day", "me-late");
        var wishes = new { preferredTemplates = new[] { "me-late" }, preferredDaysOff = new[] { "saturday", "sunday" } };

        (await hal.Put("/api/v1/me/wishes", wishes, null)).Is(HttpStatusCode.PreconditionRequired);
        var replaced = (await hal.Put("/api/v1/me/wishes", wishes, read.ETag)).Is(HttpStatusCode.OK);
        (await hal.Put("/api/v1/me/wishes", wishes, read.ETag)).Is(HttpStatusCode.PreconditionFailed);

        replaced.ETag.Should().NotBe(read.ETag);
        var agent = (await Client.Get("/api/v1/agents/me-hal")).Is(HttpStatusCode.OK);
        agent.Json["preferredTemplates"]!.ToJsonString().Should().Be("""["me-late"]""");
        agent.Json["preferredDaysOff"]!.ToJsonString().Should().Be("""["saturday","sunday"]""");
        agent.ETag.Should().Be(replaced.ETag);
    }

    [TestCase("""{"preferredTemplates":["me-elsewhere"],"preferredDaysOff":[]}""", HttpStatusCode.UnprocessableEntity, "/preferredTemplates/0")]
    [TestCase("""{"preferredTemplates":["me-late"],"preferredDaysOff":[]}""", HttpStatusCode.UnprocessableEntity, "/preferredTemplates/0")]
    [TestCase("""{"preferredTemplates":[],"preferredDaysOff":["friday","friday"]}""", HttpStatusCode.UnprocessableEntity, "/preferredDaysOff/1")]
    [TestCase("""{"preferredTemplates":[],"preferredDaysOff":["someday"]}""", HttpStatusCode.BadRequest, "/preferredDaysOff/0")]
    [TestCase("""{"preferredTemplates":[],"preferredDaysOff":[],"hub":"me-other"}""", HttpStatusCode.BadRequest, "/hub")]
    public async Task Wishes_UnusableValues_NameTheField(string body, HttpStatusCode status, string field)
    {
        var ida = await Person("me-ida", "me-days"); // whose contract allows days only
        (await ida.Put("/api/v1/me/wishes", body, "*")).Is(status).ErrorFields.Should().Equal(field);
    }

    [Test]
    public async Task KeyOfNobody_IsToldSo() => (await Client.Get("/api/v1/me/shifts")).Is(HttpStatusCode.Forbidden).Text.Should().Contain("bound to nobody");

    [Test]
    public async Task KeyOfSomebodyWhoLeft_SaysWhoItIsAndNothingElse()
    {
        var jon = await Person("me-jon");
        var agent = SampleSetup.Agent("me-jon", "me-hub", "me-full") with { Skills = [] };
        (await Client.Put("/api/v1/agents/me-jon", agent with { EmployedTo = Today.PlusDays(-1) }, "*")).Is(HttpStatusCode.OK);
        (await jon.Get("/api/v1/me/shifts")).Is(HttpStatusCode.Forbidden).Text.Should().Contain("me-jon").And.Contain("has left");
        ((bool)(await jon.Get("/api/v1/me")).Is(HttpStatusCode.OK).Json["agent"]!["active"]!).Should().BeFalse();

        (await Client.Put("/api/v1/agents/me-jon", agent with { EmployedTo = Today }, "*")).Is(HttpStatusCode.OK); // the last day
        (await jon.Get("/api/v1/me/shifts")).Is(HttpStatusCode.OK);
        (await Client.Put("/api/v1/agents/me-jon", agent with { Active = false }, "*")).Is(HttpStatusCode.OK);
        (await jon.Get("/api/v1/me/wishes")).Is(HttpStatusCode.Forbidden);
        (await Client.Put("/api/v1/agents/me-jon", agent with { EmployedFrom = Today.PlusDays(9) }, "*")).Is(HttpStatusCode.OK); // begins soon
        (await jon.Get("/api/v1/me/shifts")).Is(HttpStatusCode.OK);
    }

    [Test]
    public async Task DeletedPerson_GoesWithWhatWasSeen()
    {
        var kim = await Person("me-kim");
        (await kim.Call(HttpMethod.Post, "/api/v1/me/changes:seen", null, "*")).Is(HttpStatusCode.OK);
        var keys = (await Client.Get("/api/v1/api-keys?limit=1000")).Json["items"]!.AsArray();
        var key = (string)keys.Single(k => (string?)k!["agent"] == "me-kim")!["id"]!;
        (await Client.Delete($"/api/v1/api-keys/{key}")).Is(HttpStatusCode.NoContent);
        (await Client.Delete("/api/v1/agents/me-kim", "*")).Is(HttpStatusCode.NoContent);
        (await kim.Get("/api/v1/me")).Is(HttpStatusCode.Unauthorized);
    }

    private static IEnumerable<string> Kinds(ApiAnswer answer) => answer.Json["items"]!.AsArray().Select(c => (string)c!["kind"]!);

    /// <summary>A client with a key of a person, who is made where there is none.</summary>
    private async Task<HttpClient> Person(string code, string contract = "me-full")
    {
        if ((await Client.Get($"/api/v1/agents/{code}")).Status == HttpStatusCode.NotFound)
        {
            await Client.Create("agents", SampleSetup.Agent(code, "me-hub", contract) with { Skills = [] });
        }

        return Server.ClientWith((string)(await Client.Create("api-keys", new { name = code, role = "agent", agent = code })).Json["key"]!);
    }

    /// <summary>A published roster of four weeks with shifts of eight hours, for the people who have one.</summary>
    private Task Publish(LocalDate start, IReadOnlyList<(string Agent, int Day, int Hour)> shifts) => WithDb(async db =>
    {
        var codes = shifts.Select(s => s.Agent).Distinct().ToList();
        var people = await db.Agents.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id);
        var hub = await db.Hubs.SingleAsync(h => h.Code == "me-hub");
        var now = Server.Services.GetRequiredService<IClock>().GetCurrentInstant();
        var roster = new Roster
        {
            HubId = hub.Id,
            Start = start,
            Days = 28,
            Revision = await db.Rosters.CountAsync() + 1,
            RiskLevel = 0.8,
            State = PublicationState.Published,
            PublishedAt = now,
            IntervalMinutes = 30,
            Summary = new RosterSummary { StopReason = "workLimit" },
            CreatedAt = now,
        };
        roster.People.AddRange(people.Values.Select(id => new RosterPerson { RosterId = roster.Id, AgentId = id }));
        roster.Shifts.AddRange(shifts.Select(s =>
        {
            var from = (start.PlusDays(s.Day) + new LocalTime(s.Hour, 0)).InZoneLeniently(Dublin).ToInstant();
            var to = from + Duration.FromHours(8);
            return new Shift
            {
                RosterId = roster.Id,
                AgentId = people[s.Agent],
                Date = start.PlusDays(s.Day),
                Template = "me-day",
                Start = from,
                End = to,
                PaidMinutes = 480,
                Activities = [new ShiftActivityData("work", "live-en", from, to)],
            };
        }));
        await db.Save(roster);
    });

    private async Task WithDb(Func<WfmDbContext, Task> work)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<WfmDbContext>());
    }
}
