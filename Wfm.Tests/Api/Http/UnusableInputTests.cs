using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Http;

/// <summary>What nobody can use is refused with its field, and never answered with a failure of ours.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class UnusableInputTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly byte[] Gzipped = Pack("{\"code\":\"x\"}", stream => new GZipStream(stream, CompressionLevel.Fastest));

    private static byte[] Pack(string text, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    [TestCase("events", """{"code":"x","localStart":"9999-12-31T00:00"}""", "/localStart")]
    [TestCase("events", """{"code":"x","localStart":"-9998-01-01T00:00"}""", "/localStart")]
    [TestCase("events", """{"code":"x","end":"2926-01-01T00:00:00Z"}""", "/end")]
    [TestCase("forecasts", """{"hub":"x","cutOff":"9999-12-31T23:59:59Z"}""", "/cutOff")]
    [TestCase("rosters", """{"hub":"x","start":"9999-12-31"}""", "/start")]
    [TestCase("agents", """{"code":"x","employedTo":"0001-01-01"}""", "/employedTo")]
    [TestCase("agents/x/time-off", """{"type":"annual","start":"-9998-01-01T00:00:00Z"}""", "/start")]
    [TestCase("labour-policies", """{"code":"x","validFrom":"9999-01-01"}""", "/validFrom")]
    [TestCase("queues", """{"code":"x","closures":[{"from":"9999-12-31","to":"9999-12-31"}]}""", "/closures/0/from")]
    [TestCase("queues", """{"code":"x","goal":{"turnaroundMinutes":1e-300}}""", "/goal/turnaroundMinutes")]
    [TestCase("queues", """{"code":"x","goal":{"maximumAsaSeconds":5e-324}}""", "/goal/maximumAsaSeconds")]
    [TestCase("queues", """{"code":"x","goal":{"turnaroundMinutes":1e300}}""", "/goal/turnaroundMinutes")]
    [TestCase("rosters", """{"hub":"x","riskLevel":"1"}""", "/riskLevel")]
    public async Task Body_DateOrNumberWithoutSense_Is400WithTheField(string resource, string body, string field) =>
        (await Client.Post($"/api/v1/{resource}", body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    [TestCase("events?from=9999-12-31T00:00:00Z", HttpStatusCode.BadRequest, "from")]
    [TestCase("agents/x/time-off?to=-9998-01-01T00:00:00Z", HttpStatusCode.BadRequest, "to")]
    [TestCase("labour-policies/x?on=9999-12-31", HttpStatusCode.BadRequest, "on")]
    [TestCase("requirements/00000000-0000-0000-0000-000000000000/intervals?queue=x&riskLevel=NaN", HttpStatusCode.UnprocessableEntity, "riskLevel")]
    [TestCase("requirements/00000000-0000-0000-0000-000000000000/intervals?queue=x&riskLevel=1e-300", HttpStatusCode.UnprocessableEntity, "riskLevel")]
    public async Task Query_DateOrNumberWithoutSense_IsRefusedWithItsName(string query, HttpStatusCode status, string field) =>
        (await Client.Get($"/api/v1/{query}")).Is(status).ErrorFields.Should().Equal(field);

    [TestCase("/api/v1/hubs/nowhere", "image/png", HttpStatusCode.NotFound)]
    [TestCase("/api/v1/nothing-here", "text/html", HttpStatusCode.NotFound)]
    [TestCase("/api/v1/hubs?colour=blue", "application/xml", HttpStatusCode.BadRequest)]
    public async Task Problem_WhateverIsAccepted_SaysWhatIsWrong(string path, string accept, HttpStatusCode status) =>
        (await Client.Call(HttpMethod.Get, path, null, null, ("Accept", accept))).Is(status);

    private static readonly TestCaseData[] Broken =
    [
        new(Gzipped[..^9], "gzip", "application/json"),
        new("not gzip at all"u8.ToArray(), "gzip", "application/json"),
        new("not brotli at all, which anything may look like for a while"u8.ToArray(), "br", "application/json"),
        new(Pack("code,name\nx,y\n", s => new GZipStream(s, CompressionLevel.Fastest))[..^9], "gzip", "text/csv"),
    ];

    [TestCaseSource(nameof(Broken))]
    public async Task Body_PackedBadly_Is400(byte[] body, string encoding, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        content.Headers.ContentEncoding.Add(encoding);

        (await Client.Post(type == "text/csv" ? "/api/v1/agents:import" : "/api/v1/hubs", content)).Is(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Body_UnknownCharset_Is415()
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");

        (await Client.Post("/api/v1/hubs", content)).Is(HttpStatusCode.UnsupportedMediaType);
    }

    [Test]
    public async Task Volumes_LineWithHalfASurrogatePair_IsRejectedAlone()
    {
        const string Line = """{"interval_start":"2026-01-01T00:00Z","queue":"\ud800","hub":"x","offered":1}""";
        using var content = new StringContent(Line, Encoding.UTF8, "application/x-ndjson");

        var report = (await Client.Post("/api/v1/volumes:import", content)).Is(HttpStatusCode.OK).Json;

        ((int)report["rejected"]!).Should().Be(1);
    }
}
