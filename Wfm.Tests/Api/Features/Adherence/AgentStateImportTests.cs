using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Retention;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.States;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Adherence;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AgentStateImportTests(StoreKind kind)
{
    private AdherenceBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = await AdherenceBench.Start(kind, "ads", 3);

    [SetUp]
    public Task Forget() => _bench.Forget();

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TestCase("ads-99,available,2025-07-28T09:00:00Z", "agent", "unknown")]
    [TestCase("ads-01,available,yesterday", "start", "unusable")]
    [TestCase("ads-01,available,2025-07-28T09:00:61Z", "start", "unusable")]
    [TestCase("ads-01,available,2025-08-02T11:02:00Z", "start", "unusable")] // a minute ahead is a clock, two are a mistake
    [TestCase("ads-01,,2025-07-28T09:00:00Z", "state", "malformed")]
    public async Task Import_ARowThatCannotBe_IsNamedAndLosesNoOther(string row, string field, string code)
    {
        var report = await _bench.Send(["ads-02,available,2025-07-28T09:00:00Z", row, "ads-02,break,2025-07-28T11:00:00Z"]);

        ((int)report["rows"]!, (int)report["accepted"]!, (int)report["created"]!, (int)report["rejectedRows"]!).Should().Be((3, 2, 2, 1));
        var rejected = report["rejected"]!.AsArray().Single()!;
        ((int)rejected["row"]!, (string)rejected["field"]!, (string)rejected["code"]!).Should().Be((3, field, code));
        (await States("ads-02")).Should().Equal("available", "break");
    }

    [Test]
    public async Task Import_UnknownState_IsKeptReportedAndUnknownUntilItIsMapped()
    {
        await _bench.Roster((0, _bench.Agent(1), "09:00 work, 13:00"));

        var report = await _bench.Send(AdherenceBench.Rows(_bench.Agent(1), 0, "09:00 available, 10:00 Escalation, 11:00 available, 13:00 off"));

        ((int)report["accepted"]!, (int)report["unmappedRows"]!).Should().Be((4, 1));
        ((int)report["unmapped"]![0]!["row"]!, (string)report["unmapped"]![0]!["value"]!).Should().Be((3, "Escalation"));
        (await Adherence()).Should().Be((10_800, 10_800), "nobody knows what an escalation is, and nothing is guessed");
        var mapping = (await _bench.Client.Get("/api/v1/agent-state-mapping")).Is(HttpStatusCode.OK);
        var states = mapping.Json["states"]!.AsArray().Select(s => s!.DeepClone()).Append(new JsonObject { ["state"] = "ESCALATION", ["use"] = "unplanned" });

        var body = new JsonObject { ["states"] = new JsonArray([.. states]) }.ToJsonString();
        var changed = (await _bench.Client.Put("/api/v1/agent-state-mapping", body, mapping.ETag)).Is(HttpStatusCode.OK);

        (await Adherence()).Should().Be((10_800, 14_400));
        (await _bench.Client.Put("/api/v1/agent-state-mapping", new { states = Array.Empty<object>() }, mapping.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await _bench.Client.Put(
                "/api/v1/agent-state-mapping",
                """
                {"states":[{"state":"Busy","use":"handling"},{"state":"busy","use":"off"},{"state":"pause","use":"activity"},
                {"state":"x","use":"off","group":"live"},null]}
                """,
                changed.ETag)).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/states/1/state", "/states/2/kind", "/states/3/group", "/states/4");
    }

    [Test]
    public async Task Stamp_StateOfTheSameStartCorrected_IsAnother()
    {
        await _bench.Send(["ads-01,available,2025-07-28T09:00:00Z", "ads-02,available,2025-07-28T09:30:00Z"]);
        var before = await Stamp();
        await _bench.Send(["ads-01,available,2025-07-28T09:00:00Z"]);
        (await Stamp()).Should().Be(before, "nothing has changed");

        await _bench.Send(["ads-01,break,2025-07-28T09:00:00Z"]);

        (await Stamp()).Should().NotBe(before, "it is neither more nor later, but another state");
    }

    private async Task<string> Stamp()
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Set<Hub>().SingleAsync(h => h.Code == _bench.Hub);
        return await scope.ServiceProvider.GetRequiredService<IActualStates>().Stamp(hub.Id, Instant.FromUtc(2025, 7, 28, 0, 0), CancellationToken.None);
    }

    [Test]
    public async Task Import_SentAgainWithAnotherState_Corrects()
    {
        await _bench.Send(["ads-01,available,2025-07-28T09:00:00.250Z", "ads-01,break,2025-07-28T09:00:00.500+00:00"]);
        var report = await _bench.Send(["ads-01,handling,2025-07-28T10:00:00.250"]); // Dublin is an hour ahead in summer

        ((int)report["updated"]!, (int)report["created"]!).Should().Be((1, 0));
        (await States("ads-01")).Should().Equal("handling", "break");
    }

    [Test]
    public async Task Import_JsonAndLines_AreReadToo()
    {
        var json = await _bench.Client.Post(AdherenceBench.Import, """[{"agent":"ads-01","state":"available","start":"2025-07-28T09:00:00Z"}]""");
        ((int)json.Is(HttpStatusCode.OK).Json["created"]!).Should().Be(1);
        using var lines = new StringContent(
            "{\"agent\":\"ads-01\",\"state\":\"break\",\"start\":\"2025-07-28T10:00:00Z\"}\n{\"agent\":\"ads-01\"}\n", System.Text.Encoding.UTF8,
            "application/x-ndjson");

        var report = (await _bench.Client.Post(AdherenceBench.Import, lines)).Is(HttpStatusCode.OK).Json;

        ((int)report["created"]!, (int)report["rejectedRows"]!).Should().Be((1, 1));
        ((string)report["asOf"]![0]!["asOf"]!).Should().Be("2025-07-28T10:00:00Z");
    }

    [Test]
    public async Task Import_TwoAtOnce_StoreEveryRowOnce()
    {
        string[] rows =
        [
            .. Enumerable.Range(0, 300).Select(i => $"ads-0{1 + (i % 3)},{(i % 2 == 0 ? "available" : "handling")},2025-07-28T09:{i / 60:00}:{i % 60:00}Z"),
        ];

        var reports = await Task.WhenAll(_bench.Send(rows), _bench.Send(rows.Reverse()));

        reports.Sum(r => (int)r["created"]!).Should().Be(300);
        reports.Select(r => (int)r["accepted"]!).Should().Equal(300, 300);
        ((await States("ads-01")).Length, (await States("ads-02")).Length, (await States("ads-03")).Length).Should().Be((100, 100, 100));
    }

    [Test]
    public async Task Import_AsOfToCome_IsRefused() => (await _bench.Client.Post($"{AdherenceBench.Import}?asOf=2025-08-03T00:00:00Z", "[]"))
        .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("asOf");

    [Test]
    public async Task Import_OtherHub_IsRefusedByRow()
    {
        var key = (string)(await _bench.Client.Create("hubs", SampleSetup.Hub("elsewhere"))).Json["code"]!;
        using var client = _bench.Server.ClientWith(
            (string)(await _bench.Client.Create("api-keys", new { name = "manager elsewhere", role = "hub-manager", hubs = new[] { key } })).Json["key"]!);

        var report = (await client.Post(AdherenceBench.Import, AdherenceBench.Csv(AdherenceBench.Header + "ads-01,off,2025-07-28T09:00:00Z\n")))
            .Is(HttpStatusCode.OK).Json;

        ((string)report["rejected"]![0]!["code"]!).Should().Be("otherHub");
        (await client.Get("/api/v1/adherence/people?hub=ads")).Is(HttpStatusCode.Forbidden);
        (await client.Get("/api/v1/adherence/people/ads-01")).Is(HttpStatusCode.Forbidden);
        (await client.Get("/api/v1/adherence/hub-days?hub=ads")).Is(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task Retention_OldStates_AreDeleted()
    {
        await _bench.Send(["ads-01,available,2025-06-01T09:00:00Z", "ads-01,off,2025-08-01T09:00:00Z"]);
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var limits = new RetentionLimits(Instant.FromUtc(2025, 8, 10, 0, 0), new RetentionPeriods { AgentStateDays = 14 }, new HashSet<Guid>());

        await new AgentStateRetention(db).Remove(limits, default);
        await new AdherenceClaimRetention(db).Remove(limits, default);

        (await States("ads-01")).Should().Equal("off");
    }

    private async Task<(double, double)> Adherence()
    {
        var figure = (await _bench.Person(_bench.Agent(1), 0))["day"]!["figures"]!["adherence"]!;
        return ((double)figure["numeratorSeconds"]!, (double)figure["denominatorSeconds"]!);
    }

    private async Task<string[]> States(string agent)
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var id = await db.Set<Wfm.Api.Features.Setup.Agents.Agent>().Where(a => a.Code == agent).Select(a => a.Id).SingleAsync();
        return await db.AgentStates.Where(s => s.AgentId == id).OrderBy(s => s.Start).Select(s => s.State).ToArrayAsync();
    }
}
