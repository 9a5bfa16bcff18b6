using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Http;

/// <summary>Files as spreadsheets and other systems write them, real and rubbish, read the same by every import that answers row by row.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RowFileTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Path = "/api/v1/time-off:import";

    protected override async Task Prepare()
    {
        await Client.Create("hubs", SampleSetup.Hub("rf"));
        await Client.Create("contracts", SampleSetup.Contract("rf-full"));
        await Client.CreateGroups("live-en", "policy-en");
        await Client.Create("agents", SampleSetup.Agent("rf-001", "rf", "rf-full"));
        await Client.Create("agents", SampleSetup.Agent("rf-002", "rf", "rf-full"));
    }

    private Task<ApiAnswer> Try(byte[] body, string type = "text/csv")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Client.Post($"{Path}?dryRun=true", content);
    }

    private Task<ApiAnswer> Try(string text, string type = "text/csv") => Try(Encoding.UTF8.GetBytes(text), type);

    [TestCase("agent,type,from\nrf-001,annual,2027-07-05\nrf-002,annual,2027-07-05", TestName = "No line end after the last row")]
    [TestCase("agent,type,from\r\nrf-001,annual,2027-07-05\r\nrf-002,annual,2027-07-05\r\n", TestName = "Line ends of Windows")]
    [TestCase("agent,type,from\r\nrf-001,annual,2027-07-05\nrf-002,annual,2027-07-05\r\n", TestName = "Mixed line ends")]
    [TestCase("\uFEFFagent,type,from\nrf-001,annual,2027-07-05\nrf-002,annual,2027-07-05\n", TestName = "Byte order mark")]
    [TestCase("agent;type;from\nrf-001;annual;2027-07-05\nrf-002;annual;2027-07-05\n", TestName = "Semicolons")]
    [TestCase("agent\ttype\tfrom\nrf-001\tannual\t2027-07-05\nrf-002\tannual\t2027-07-05\n", TestName = "Tabs")]
    [TestCase("from,agent,type\n2027-07-05,rf-001,annual\n2027-07-05,rf-002,annual\n", TestName = "Columns in another order")]
    [TestCase("\"agent\",\"type\",\"from\"\n\"rf-001\",\"annual\",\"2027-07-05\"\n\"rf-002\",\"annual\",\"2027-07-05\"\n", TestName = "Everything quoted")]
    [TestCase("agent , type, from\nrf-001, annual ,2027-07-05\n rf-002,annual,2027-07-05 \n", TestName = "Spaces around")]
    public async Task Csv_AsItMayBeWritten_IsRead(string file) => (await Try(file)).Counts().Should().Equal(2, 2, 2, 0, 0, 0);

    [Test]
    public async Task Csv_QuotedCommasQuotesAndLineEnds_AreOneCell()
    {
        const string File = "agent,type,from,note\nrf-001,annual,2027-07-05,\"A \"\"long\"\" one, over\ntwo lines\"\nrf-002,annual,2027-07-05,x\n"
            + "rf-009,annual,2027-07-05,\n";

        var answer = await Try(File);

        answer.Counts().Should().Equal(3, 2, 2, 0, 0, 1);
        answer.Rejections().Should().Equal("5 agent unknown");
    }

    [TestCase("agent,kind,from\nrf-001,annual,2027-07-05\n", "'type' is missing", "'kind' is unknown")]
    [TestCase("rf-001,annual,2027-07-05\nrf-002,annual,2027-07-05\n", "'agent' is missing", "'rf-001' is unknown")]
    [TestCase("agent,type,from,from\nrf-001,annual,2027-07-05,2027-07-05\n", "'from' is there twice", "agent, type, from")]
    [TestCase("<html><body>404</body></html>\nx\n", "'agent' is missing", "is unknown")]
    public async Task Csv_WrongHeader_IsRefusedByName(string file, string first, string second) =>
        (await Try(file)).Is(HttpStatusCode.BadRequest).Text.Replace("\\u0027", "'").Should().Contain(first).And.Contain(second);

    [Test]
    public async Task Csv_EmptyOrHeaderOnly_HasNoRows()
    {
        (await Try("")).Counts().Should().Equal(0, 0, 0, 0, 0, 0);
        (await Try("agent,type,from\n")).Counts().Should().Equal(0, 0, 0, 0, 0, 0);
    }

    [Test]
    public async Task Csv_AQuoteThatNeverEnds_IsToldWhereAndTheRowsBeforeAreDone()
    {
        var answer = await Try("agent,type,from\nrf-001,annual,2027-07-05\nrf-002,annual,\"2027-07-05\nrf-002,annual,2027-07-06\n");

        answer.Counts()[1].Should().Be(1);
        answer.Rejections().Should().Equal("3 from unreadable"); // what follows is taken for the rest of the cell
    }

    [Test]
    public async Task Csv_BytesOfNoText_AreRefusedNotOurFailure()
    {
        (await Try(Encoding.Unicode.GetBytes("agent,type,from\nrf-001,annual,2027-07-05\n"))).Is(HttpStatusCode.BadRequest);
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        ((int)(await Try(bytes)).Status).Should().BeLessThan(500);
        ((int)(await Try([.. "agent,type,from,note\nrf-001,annual,2027-07-05,M"u8.ToArray(), 0xFC, .. "ller\n"u8.ToArray()])).Status).Should().BeLessThan(500);
        (await Try("agent,type,from,note\nrf-001,annual,2027-07-05,a\0b\n")).Rejections().Should().Equal("2 note malformed");
        (await Try("agent,type,from\nrf\0,annual,2027-07-05\n")).Rejections().Should().Contain("2 agent malformed");
    }

    [Test]
    public async Task Lines_RealAndRubbish_AreReadRowByRow()
    {
        const string Good = """{"agent":"rf-001","type":"annual","from":"2027-07-05"}""";
        var answer = await Try(
            $"\uFEFF{Good}\r\n\r\n[]\nnull\n{{}}\n{Good.Replace("annual", "sick")[..^1]},\"extra\":1}}\n{Good.Replace("rf-001", "rf-002")}",
            "application/x-ndjson");

        answer.Counts().Should().Equal(6, 2, 2, 0, 0, 4);
        answer.Rejections().Where(r => !r.StartsWith("5 ")).Should().Equal("3 / unreadable", "4 / unusable", "6 /extra unreadable");
    }

    [Test]
    public async Task Body_OfAnotherType_Is415() => (await Try("<rows/>", "application/xml")).Is(HttpStatusCode.UnsupportedMediaType);

    [Test]
    public async Task Import_WithAnIdempotencyKey_IsAnsweredTheSame()
    {
        Task<ApiAnswer> Send() => Client.Call(
            HttpMethod.Post, Path, RowFiles.Csv("agent,type,from\nrf-002,annual,2027-08-05\n"), null, ("Idempotency-Key", $"rf-{Kind}"));

        var first = await Send();
        var again = await Send();

        first.Outcomes().Should().Equal("2 created");
        again.Text.Should().Be(first.Text);
        (await Client.Get("/api/v1/agents/rf-002/time-off")).Json["items"]!.AsArray().Should().ContainSingle();
    }
}
