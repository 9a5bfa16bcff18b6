using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Agents;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AgentImportTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/agents:import";
    private const string Header = "code,name,hub,contract,skills,availability,opt_out_groups,preferred_templates,preferred_days_off,active\n";

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("imp-hub"));
        await Client.Create("hubs", SampleSetup.Hub("imp-other"));
        await Client.Create("contracts", SampleSetup.Contract("imp-contract"));
        await Client.Create("shift-templates", SampleSetup.Template("imp-day", "imp-hub"));
        await Client.CreateGroups("live-en", "policy-en", "child-safety");
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static int[] Counts(ApiAnswer answer) =>
        [.. new[] { "rows", "accepted", "created", "updated", "unchanged", "rejectedRows" }.Select(name => (int)answer.Is(HttpStatusCode.OK).Json[name]!)];

    private static string[] Rejections(ApiAnswer answer) => [.. answer.Json["rejected"]!.AsArray().Select(r => $"{r!["row"]} {r["field"]} {r["value"]}")];

    [Test]
    public async Task Import_Csv_StoresEveryColumn()
    {
        var answer = await Client.Post(Path, Csv(Header
            + "imp-csv-1,\"Doe, Jo\",imp-hub,imp-contract,live-en:1.10;policy-en:0.75,mon-fri 08:00-18:00;sun 22:00-06:00,child-safety,imp-day,mon;sat-sun,\n"
            + "imp-csv-2,Ann,imp-hub,imp-contract,,,,,,false\n"));

        Counts(answer).Should().Equal(2, 2, 2, 0, 0, 0);
        var agent = (await Client.Get("/api/v1/agents/imp-csv-1")).Is(HttpStatusCode.OK).Json;
        ((string?)agent["name"]).Should().Be("Doe, Jo");
        agent["skills"]!.ToJsonString().Should().Be("""[{"group":"live-en","proficiency":1.1},{"group":"policy-en","proficiency":0.75}]""");
        agent["availability"]!.AsArray().Should().HaveCount(6);
        agent["availability"]![5]!.ToJsonString().Should().Be("""{"day":"sunday","from":"22:00:00","to":"06:00:00"}""");
        agent["preferredDaysOff"]!.ToJsonString().Should().Be("""["monday","saturday","sunday"]""");
        ((bool?)agent["active"]).Should().BeTrue();
        ((bool?)(await Client.Get("/api/v1/agents/imp-csv-2")).Json["active"]).Should().BeFalse();
    }

    [Test]
    public async Task Import_SentAgain_ChangesNothingAndUpdatesOnlyWhatDiffers()
    {
        const string Rows = Header + "imp-again-1,A,imp-hub,imp-contract,live-en:1,,,,,\nimp-again-2,B,imp-hub,imp-contract,live-en:1,,,,,\n";
        Counts(await Client.Post(Path, Csv(Rows))).Should().Equal(2, 2, 2, 0, 0, 0);
        Counts(await Client.Post(Path, Csv(Rows))).Should().Equal(2, 2, 0, 0, 2, 0);
        ((int?)(await Client.Get("/api/v1/agents/imp-again-1")).Json["version"]).Should().Be(1);

        Counts(await Client.Post(Path, Csv(Rows.Replace("2,B,imp-hub,imp-contract,live-en:1", "2,B,imp-hub,imp-contract,live-en:0.9")))).Should()
            .Equal(2, 2, 0, 1, 1, 0);
        ((int?)(await Client.Get("/api/v1/agents/imp-again-2")).Json["version"]).Should().Be(2);
    }

    [Test]
    public async Task Import_BadRows_LoseNothingElse()
    {
        var answer = await Client.Post(Path, Csv(Header
            + "imp-bad-1,A,imp-hub,imp-contract,live-en:1,,,,,\n"
            + "imp-bad-2,B,nowhere,nothing,live-en:1,,,,,\n"
            + "imp-bad-3,C,imp-hub,imp-contract,live-en:fast,,,,,\n"
            + "Imp-Bad-4,,imp-hub,imp-contract,,,,,,\n"
            + "imp-bad-5,E,imp-hub,imp-contract,live-en:3,mon 8-18,,imp-night,someday,maybe\n"
            + "imp-bad-1,F,imp-hub,imp-contract,,,,,,\n"
            + "imp-bad-6,G,imp-hub\n"
            + "imp-bad-7,H,imp-hub,imp-contract,live-en:3,,,imp-night,,\n"
            + "imp-bad-8,I,imp-hub,imp-contract,live-en:1,,,,,\n"));

        Counts(answer).Should().Equal(9, 2, 2, 0, 0, 7);
        Rejections(answer).Should().Equal(
                "3 hub nowhere", "3 contract nothing", "4 skills live-en:fast", "5 code ", "5 name ", "6 availability mon 8-18", "6 preferred_days_off someday",
                "6 active maybe", "6 skills 3", "6 preferred_templates imp-night", "7 code imp-bad-1", "8 row ", "9 skills 3", "9 preferred_templates imp-night"
            ); // lines of the file; what can be read of a row is checked to its end
        (await Client.Get("/api/v1/agents/imp-bad-1")).Is(HttpStatusCode.OK);
        (await Client.Get("/api/v1/agents/imp-bad-8")).Is(HttpStatusCode.OK);
        (await Client.Get("/api/v1/agents/imp-bad-2")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Import_LinesOfJson_ReportUnreadableLines()
    {
        var good = JsonSerializer.Serialize(SampleSetup.Agent("imp-line-1", "imp-hub", "imp-contract"), RequestJson.Options);
        using var content = new StringContent(
            good + "\n\n{broken\n" + good.Replace("line-1", "line-2").Replace("\"active\"", "\"aktiv\"") + "\nnull\n" + good.Replace("line-1", "line-3"),
            Encoding.UTF8, "application/x-ndjson");

        var answer = await Client.Post(Path, content);

        Counts(answer).Should().Equal(5, 2, 2, 0, 0, 3);
        Rejections(answer).Should().Equal("3 / ", "4 /aktiv ", "5 / "); // lines of the file, the empty one too
    }

    [Test]
    public async Task Import_JsonArray_ReportsPointersAndRefusesABrokenDocumentWhole()
    {
        var agents = new JsonArray(
            JsonSerializer.SerializeToNode(SampleSetup.Agent("imp-json-1", "imp-hub", "imp-contract"), RequestJson.Options),
            JsonSerializer.SerializeToNode(
                SampleSetup.Agent("imp-json-2", "imp-hub", "imp-contract") with
                {
                    OptOutGroups = ["live-en", "live-en"],
                },
                RequestJson.Options));

        var answer = await Client.Post(Path, agents);

        Counts(answer).Should().Equal(2, 1, 1, 0, 0, 1);
        Rejections(answer).Should().Equal("2 /optOutGroups/1 live-en");
        (await Client.Post(Path, "[{\"code\":\"imp-json-3\"")).Is(HttpStatusCode.BadRequest);
        (await Client.Post(Path, "{}")).Is(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Import_WrongHeaderOrType_Is400Or415()
    {
        var header = (await Client.Post(Path, Csv("cod,name,hubb,contract,contract\nx,y,z,a,b\n"))).Is(HttpStatusCode.BadRequest);
        ((string?)header.Json["detail"]).Should().Contain("'code' is missing").And.Contain("'hubb' is unknown").And.Contain("'contract' is there twice");
        using var xml = new StringContent("<agents/>", Encoding.UTF8, "application/xml");
        (await Client.Post(Path, xml)).Is(HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task Import_KeyOfOneHub_RejectsRowsOfOthers()
    {
        await Client.Create("agents", SampleSetup.Agent("imp-theirs", "imp-other", "imp-contract"));
        var key = await Client.Create("api-keys", new { name = "hr", role = "integration", hubs = new[] { "imp-hub" } });
        using var hr = Server.ClientWith((string)key.Json["key"]!);

        var answer = await hr.Post(
            Path, Csv(Header + "imp-new,A,imp-other,imp-contract,,,,,,\nimp-theirs,B,imp-hub,imp-contract,,,,,,\nimp-ours,C,imp-hub,imp-contract,,,,,,\n"));

        Counts(answer).Should().Equal(3, 1, 1, 0, 0, 2);
        Rejections(answer).Should().Equal("2 hub imp-other", "3 code imp-theirs");
        ((string?)(await Client.Get("/api/v1/agents/imp-theirs")).Json["hub"]).Should().Be("imp-other");
    }

    [Test]
    public async Task Import_MoreThanABatch_StoresAll()
    {
        var rows = new StringBuilder(Header);
        for (var i = 0; i < 1203; i++)
        {
            rows.Append("imp-many-").Append(i).Append(",A,imp-hub,imp-contract,live-en:1,,,,,\n");
        }

        Counts(await Client.Post(Path, Csv(rows.ToString()))).Should().Equal(1203, 1203, 1203, 0, 0, 0);
    }

    [Test]
    public async Task Import_CsvOfFourColumns_LeavesSkillsAndOptOutsAsTheyAre()
    {
        var before = await Client.Create(
            "agents", SampleSetup.Agent("imp-hr", "imp-hub", "imp-contract") with
            {
                OptOutGroups = ["child-safety"],
                PreferredTemplates = ["imp-day"],
                Active = false,
            });

        Counts(await Client.Post(Path, Csv("code,name,hub,contract\nimp-hr,New Name,imp-hub,imp-contract\n"))).Should().Equal(1, 1, 0, 1, 0, 0);

        var after = (await Client.Get("/api/v1/agents/imp-hr")).Is(HttpStatusCode.OK).Json;
        ((string?)after["name"]).Should().Be("New Name");
        foreach (var member in new[] { "skills", "optOutGroups", "preferredTemplates", "active", "availability" })
        {
            after[member]!.ToJsonString().Should().Be(before.Json[member]!.ToJsonString());
        }

        Counts(await Client.Post(Path, Csv("code,skills,active\nimp-hr,,true\n"))).Should().Equal(1, 1, 0, 1, 0, 0); // there, and empty: emptied
        after = (await Client.Get("/api/v1/agents/imp-hr")).Json;
        after["skills"]!.AsArray().Should().BeEmpty();
        ((bool?)after["active"]).Should().BeTrue();
        after["optOutGroups"]!.ToJsonString().Should().Be("""["child-safety"]""");
    }

    [TestCase("application/x-ndjson")]
    [TestCase("application/json")]
    public async Task Import_JsonWithoutAMember_LeavesItAsItIs(string type)
    {
        var code = $"imp-part-{type.Length}";
        await Client.Create("agents", SampleSetup.Agent(code, "imp-hub", "imp-contract") with { OptOutGroups = ["child-safety"] });
        var row = $$"""{"code":"{{code}}","name":"Renamed","skills":[]}""";
        using var content = new StringContent(type == "application/json" ? $"[{row}]" : row, Encoding.UTF8, type);

        Counts(await Client.Post(Path, content)).Should().Equal(1, 1, 0, 1, 0, 0);

        var agent = (await Client.Get($"/api/v1/agents/{code}")).Json;
        ((string?)agent["name"]).Should().Be("Renamed");
        agent["skills"]!.AsArray().Should().BeEmpty();
        agent["optOutGroups"]!.ToJsonString().Should().Be("""["child-safety"]""");
        ((string?)agent["contract"]).Should().Be("imp-contract");
    }

    [Test]
    public async Task Import_NewAgentWithoutWhatIsRequired_IsRefused()
    {
        var answer = await Client.Post(Path, Csv("code,skills\nimp-bare,live-en:1\n"));

        Counts(answer).Should().Equal(1, 0, 0, 0, 0, 1);
        Rejections(answer).Should().BeEquivalentTo("2 name ", "2 hub ", "2 contract ");
    }

    [TestCase(';')]
    [TestCase('\t')]
    public async Task Import_OtherSeparators_AreFoundByThemselves(char separator)
    {
        var code = $"imp-sep-{(int)separator}";
        var file = string.Join(separator, "code", "name", "hub", "contract", "skills", "preferred_days_off") + "\r\n"
            + string.Join(separator, code, "Müller, Jo", "imp-hub", "imp-contract", "\"live-en:1;policy-en:0.5\"", "sat-sun") + "\r\n";

        Counts(await Client.Post(Path, Csv(file))).Should().Equal(1, 1, 1, 0, 0, 0);

        var agent = (await Client.Get($"/api/v1/agents/{code}")).Json;
        ((string?)agent["name"]).Should().Be("Müller, Jo");
        agent["skills"]!.AsArray().Should().HaveCount(2);
        agent["preferredDaysOff"]!.ToJsonString().Should().Be("""["saturday","sunday"]""");
    }

    [Test]
    public async Task Import_EmploymentAndLaterContracts_AreColumnsToo()
    {
        var answer = await Client.Post(Path, Csv("code,name,hub,contract,contracts,employed_from,employed_to\n"
            + "imp-term-1,A,imp-hub,imp-contract,imp-contract:2027-02-01,2026-01-05,2027-12-31\n"
            + "imp-term-2,B,imp-hub,imp-contract,,05.01.2026,\n"
            + "imp-term-3,C,imp-hub,imp-contract,imp-contract,,\n"));

        Counts(answer).Should().Equal(3, 1, 1, 0, 0, 2);
        Rejections(answer).Should().Equal("3 employed_from ", "4 contracts imp-contract");
        var agent = (await Client.Get("/api/v1/agents/imp-term-1")).Json;
        ((string?)agent["employedFrom"]).Should().Be("2026-01-05");
        agent["contracts"]!.ToJsonString().Should().Be("""[{"contract":"imp-contract","from":"2027-02-01"}]""");
        Counts(await Client.Post(Path, Csv("code,employed_to\nimp-term-1,\n"))).Should().Equal(1, 1, 0, 1, 0, 0);
        (await Client.Get("/api/v1/agents/imp-term-1")).Json["employedTo"].Should().BeNull();
    }

    [Test]
    public async Task Import_RowsThatAreNoObjectOrSayAMemberTwice_AreReported()
    {
        using var content = new StringContent("""
            5
            {"code":"imp-twice","name":"A","name":"B"}
            """, Encoding.UTF8, "application/x-ndjson");

        var answer = await Client.Post(Path, content);

        Counts(answer).Should().Equal(2, 0, 0, 0, 0, 2);
        answer.Json["rejected"]!.AsArray().Select(r => (int)r!["row"]!).Should().Equal(1, 2);
    }

    private static ByteArrayContent Packed(string begin, string repeated, int times, string end, string type)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        using (var writer = new StreamWriter(gzip))
        {
            writer.Write(begin);
            for (var i = 0; i < times; i++)
            {
                writer.Write(repeated);
            }

            writer.Write(end);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(type);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    [TestCase("[", "[],", 2_100_000, "[]]", "application/json", "values")]
    [TestCase("[", "                                ", 1_100_000, "]", "application/json", "bytes")]
    [TestCase("", "[[[[[[[[[[[[[[[[", 10_000, "\n", "application/x-ndjson", "Line 1")]
    [TestCase("", "null\n", 200_001, "", "application/x-ndjson", "200,000 rows")]
    public async Task Import_FewBytesThatUnpackToMillions_Are413(string begin, string repeated, int times, string end, string type, string said)
    {
        using var content = Packed(begin, repeated, times, end, type);

        (await Client.Post(Path, content)).Is(HttpStatusCode.RequestEntityTooLarge).Text.Should().Contain(said);
    }

    [Test]
    public async Task Import_LineWithHalfASurrogatePair_LosesNothingElse()
    {
        var good = JsonSerializer.Serialize(SampleSetup.Agent("imp-half-1", "imp-hub", "imp-contract"), RequestJson.Options);
        using var content = new StringContent(
            good + "\n" + good.Replace("imp-half-1", "imp-half-\\ud800") + "\n" + good.Replace("half-1", "half-2"), Encoding.UTF8, "application/x-ndjson");

        Counts(await Client.Post(Path, content)).Should().Equal(3, 2, 2, 0, 0, 1);
    }

    [Test]
    public async Task Import_ManyAtOnce_EachGivesAReport()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Client.Post(
            Path, Csv("code,name,hub,contract\n" + string.Concat(Enumerable.Range(0, 20).Select(n => $"imp-atonce-{n},Name {i},imp-hub,imp-contract\n"))))));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.OK);
        answers.Sum(a => (int)a.Json["created"]!).Should().Be(20);
        answers.Should().OnlyContain(a => (int)a.Json["accepted"]! == 20);
    }
}
