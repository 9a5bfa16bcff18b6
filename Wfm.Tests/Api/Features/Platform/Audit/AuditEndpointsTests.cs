using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wfm.Api.Auditing;
using Wfm.Api.Commands;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Platform.Audit;

/// <summary>What is written down, for whom, and that it cannot be written otherwise; on a store of its own.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AuditEndpointsTests(StoreKind kind)
{
    private TestStore _store = null!;
    private WfmServer _server = null!;

    private HttpClient Client => _server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _store = await TestStore.Migrated(kind);
        _server = await WfmServer.Start(kind, _store);
        await Client.Create("hubs", SampleSetup.Hub("audit-hub"));
        await Client.Create("contracts", SampleSetup.Contract("audit-full"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test]
    public async Task Change_OfASetUp_TellsWhoAskedAndWhatBecameOfIt()
    {
        var key = await Client.Create("api-keys", new { name = "audit planner", role = "planner" });
        using var planner = _server.ClientWith((string)key.Json["key"]!);
        var made = await planner.Create("hubs", SampleSetup.Hub("audit-changed"));
        (await planner.Put("/api/v1/hubs/audit-changed", SampleSetup.Hub("audit-changed") with { Seats = 77 }, made.ETag)).Is(HttpStatusCode.OK);

        var rows = await Rows("operation=ReplaceHub");

        rows.Select(r => (string?)r["kind"]).Should().Equal("done", "asked");
        var (done, asked) = (rows[0], rows[1]);
        ((string?)done["traceId"]).Should().Be((string?)asked["traceId"]);
        ((string?)done["name"]).Should().Be("audit planner");
        ((string?)done["key"]).Should().Be((string?)key.Json["details"]!["id"]);
        ((string?)done["roles"]).Should().Be("planner");
        ((string?)done["path"]).Should().Be("/api/v1/hubs/audit-changed");
        ((string?)done["address"]).Should().Be("127.0.0.1");
        ((int?)done["status"]).Should().Be(200);
        asked["status"].Should().BeNull();
        var change = done["details"]!["changes"]!.AsArray().Single()!;
        ((string?)change["what"]).Should().Be("Hub");
        ((int?)change["before"]!["seats"]).Should().Be(20);
        ((int?)change["after"]!["seats"]).Should().Be(77);
    }

    [Test]
    public async Task Change_OfAPerson_TellsNoNamesAndNotes()
    {
        await Client.Create("agents", SampleSetup.Agent("audit-01", "audit-hub", "audit-full") with { Skills = [], Name = "Very Personal" });

        var done = (await Rows("operation=CreateAgent&kind=done")).First();

        done["details"]!.ToJsonString().Should().NotContain("Very Personal").And.Contain("audit-01").And.Contain("(not told)");
        (await Rows("limit=1000")).Select(r => r.ToJsonString()).Should().NotContain(r => r.Contains("Very Personal"));
    }

    [Test]
    public async Task Read_OfPeople_IsWrittenBeforeItIsGiven_AndOthersAreNot()
    {
        (await Client.Get("/api/v1/agents?hub=audit-hub&limit=7")).Is(HttpStatusCode.OK);
        (await Client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
        (await Client.Get("/api/v1/me")).Is(HttpStatusCode.OK);

        var read = (await Rows("operation=ListAgents&kind=read")).First();

        ((string?)read["query"]).Should().Be("?hub=audit-hub&limit=7");
        read["status"].Should().BeNull();
        (await Rows("operation=ListHubs")).Should().BeEmpty();
        (await Rows("operation=GetMe")).Should().BeEmpty();
        (await Rows("operation=ListAudit&kind=read")).Should().NotBeEmpty("who looks at the audit is looked at too");
    }

    [Test]
    public async Task Failure_OfAChange_IsToldWithItsStatus()
    {
        (await Client.Post("/api/v1/hubs", SampleSetup.Hub("audit-hub"))).Is(HttpStatusCode.Conflict);

        var done = (await Rows("operation=CreateHub&kind=done")).First();

        ((int?)done["status"]).Should().Be(409);
        done["details"].Should().BeNull();
    }

    [Test]
    public async Task Refusal_ByRoleAndByHub_IsWritten()
    {
        await Client.Create("hubs", SampleSetup.Hub("audit-far"));
        var key = await Client.Create("api-keys", new { name = "audit manager", role = "hub-manager", hubs = new[] { "audit-hub" } });
        using var manager = _server.ClientWith((string)key.Json["key"]!);
        var id = key.Json["details"]!["id"];

        (await manager.Get("/api/v1/audit")).Is(HttpStatusCode.Forbidden);
        (await manager.Delete("/api/v1/hubs/audit-far", "*")).Is(HttpStatusCode.Forbidden);
        (await manager.Get("/api/v1/agents?hub=audit-far")).Is(HttpStatusCode.Forbidden);

        (await Rows($"key={id}&kind=refused")).Select(r => (string?)r["operation"]).Should().Equal("ListAgents", "DeleteHub", "ListAudit");
        (await Rows($"key={id}&kind=asked")).Should().BeEmpty("what a role does not hold is not let through");
    }

    [Test]
    public async Task Secrets_OfKeysSessionsAndLinks_AreNowhere()
    {
        var key = (string)(await Client.Create("api-keys", new { name = "audit secrets", role = "planner" })).Json["key"]!;
        using var caller = _server.ClientWith(key);
        var code = (string)(await caller.Post("/api/v1/sign-in-links", "")).Is(HttpStatusCode.Created).Json["code"]!;
        using var browser = _server.Browser();
        (await browser.Get($"/console/sign-in/{code}")).Status.Should().Be(HttpStatusCode.Redirect);
        (await browser.Get($"/console/sign-in/{code}")).Status.Should().Be(HttpStatusCode.Gone);
        (await browser.Post("/api/v1/session", new { key = "wfm_guess" })).Is(HttpStatusCode.Unauthorized);

        var signIns = await Rows("kind=signIn");
        signIns.Select(r => (int?)r["status"]).Should().Equal(401, 410, 302);
        signIns.Select(r => (string?)r["path"]).Should().Equal("/api/v1/session", "/console/sign-in/{code}", "/console/sign-in/{code}");
        signIns.Select(r => (string?)r["name"]).Should().Equal(null, null, "audit secrets");
        var all = (await Client.Get("/api/v1/audit:export?format=ndjson")).Text;
        all.Should().NotContain(key).And.NotContain(code).And.NotContain("wfm_guess").And.NotContain(WfmServer.AdminKey);
    }

    [Test]
    public async Task Pages_OfTheAudit_AreNewestFirstWithoutGapOrRepeat()
    {
        var (numbers, after) = (new List<long>(), "");
        var until = (await Rows("limit=1"))[0]["at"];
        do
        {
            var page = (await Client.Get($"/api/v1/audit?limit=3&to={until}&after={after}")).Is(HttpStatusCode.OK).Json;
            numbers.AddRange(page["items"]!.AsArray().Select(r => (long)r!["number"]!));
            after = (string?)page["next"];
        }
        while (after is not null);

        numbers.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
        numbers.Should().HaveCount((int)numbers[0], "numbers have no gaps");
        (await Client.Get("/api/v1/audit?after=bm90")).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Export_AsCsv_HasEveryRowAndNoFormulas()
    {
        await Client.Create("api-keys", new { name = "=1+1", role = "planner" });
        var key = await Client.Create("api-keys", new { name = "=cmd|' /C calc'!A0", role = "planner" });
        using var planner = _server.ClientWith((string)key.Json["key"]!);
        (await planner.Get("/api/v1/agents")).Is(HttpStatusCode.OK);

        var csv = await Client.Get("/api/v1/audit:export?format=csv");

        csv.Status.Should().Be(HttpStatusCode.OK);
        csv.ContentHeaders.ContentType!.MediaType.Should().Be("text/csv");
        var lines = csv.Text.TrimEnd().Split('\n');
        lines[0].Should().StartWith("number,at,kind,key,name");
        lines.Should().HaveCountGreaterThan(5).And.NotContain(l => l.Contains(",=cmd") || l.Contains(",\"=cmd"));
        var limited = await Client.Create("api-keys", new { name = "audit hub admin", role = "admin", hubs = new[] { "audit-hub" } });
        using var hubs = _server.ClientWith((string)limited.Json["key"]!);
        (await hubs.Get("/api/v1/audit:export?format=csv")).Is(HttpStatusCode.Forbidden).Text.Should().Contain("all hubs");
    }

    [Test]
    public async Task Rows_OfManyAtOnceAndOfTwoProcesses_FormOneChain()
    {
        await using var second = await WfmServer.Start(kind, _store);
        var before = (await Rows("limit=1"))[0]["number"]!.GetValue<long>();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? Client : second.Client).Get("/api/v1/agents?limit=1")));

        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var verdict = await AuditChain.Verify(db.AuditEntries.AsNoTracking().OrderBy(e => e.Number).AsAsyncEnumerable(), null, CancellationToken.None);
        verdict.Fault.Should().BeNull();
        verdict.Rows.Should().BeGreaterThanOrEqualTo(before + 60);
    }

    [Test]
    public async Task Command_OverAStoreThatSomebodyTamperedWith_NamesTheRowAndFails()
    {
        await using var store = await TestStore.Migrated(kind);
        await using (var server = await WfmServer.Start(kind, store))
        {
            foreach (var i in Enumerable.Range(0, 3))
            {
                await server.Client.Create("hubs", SampleSetup.Hub($"tamper-{i}"));
            }
        }

        var (code, whole) = await Verify(store);
        code.Should().Be(0);
        whole.Should().Contain("The audit is whole.").And.Contain("Rows that fit: 6.");
        var kept = whole[(whole.LastIndexOf(' ') + 1)..].Trim();

        await FluentActions.Awaiting(() => Execute(store, "UPDATE audit_entries SET name = 'nobody' WHERE number = 4")).Should()
            .ThrowAsync<System.Data.Common.DbException>().WithMessage("*append-only*");
        await FluentActions.Awaiting(() => Execute(store, "DELETE FROM audit_entries WHERE number = 4")).Should()
            .ThrowAsync<System.Data.Common.DbException>().WithMessage("*append-only*");
        await Execute(store, kind == StoreKind.Sqlite ? "DROP TRIGGER audit_entries_no_update; DROP TRIGGER audit_entries_no_delete"
            : "DROP TRIGGER audit_entries_append_only ON audit_entries");
        await Execute(store, "DELETE FROM audit_entries WHERE number = 6");
        (await Verify(store)).Code.Should().Be(0, "an end that is cut off leaves a whole chain");
        var (cut, told) = await Verify(store, kept);
        cut.Should().Be(3);
        told.Should().Contain("Rows 6 to 6 are missing");
        await Execute(store, "UPDATE audit_entries SET name = 'nobody' WHERE number = 4");

        var (broken, named) = await Verify(store);

        broken.Should().Be(3);
        named.Should().Contain("The chain breaks at row 4 (").And.Contain("Done CreateHub").And.Contain("Rows that fit: 3.");
    }

    private static async Task<(int Code, string Text)> Verify(TestStore store, string? kept = null)
    {
        await using var output = new StringWriter();
        var code = await AuditCommand.Verify(["--Logging:LogLevel:Default=Warning"], store.ConnectionString, kept, output, CancellationToken.None);
        return (code, output.ToString());
    }

    private async Task Execute(TestStore store, string sql)
    {
        await using System.Data.Common.DbConnection connection = kind == StoreKind.Sqlite
            ? new Microsoft.Data.Sqlite.SqliteConnection(Store.Parse(store.ConnectionString).ConnectionString)
            : new Npgsql.NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<JsonNode[]> Rows(string query) =>
        [.. (await Client.Get($"/api/v1/audit?{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(r => r!)];
}
