using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Tests.Api.Features.Volumes.Import;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class VolumeImportTests(StoreKind kind)
{
    private VolumeServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await VolumeServer.Start(kind);

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public Task Empty() => _server.Clear();

    [Test]
    public async Task Import_FileTwice_SecondTimeChangesNothing()
    {
        var file = Days(10);

        var first = await _server.Import(file);
        var second = await _server.Import(file);

        Counts(first).Should().Be((480, 480, 0, 0, 0, 1));
        Counts(second).Should().Be((480, 0, 0, 480, 0, 0));
        (await _server.Rows()).Should().Be(480);
    }

    [Test]
    public async Task Import_CorrectedFile_LastOneWins()
    {
        await _server.Import(VolumeServer.Header + "2026-10-01T00:00Z,appeals-en,DUB,10,9,2700,1,4\n2026-10-01T00:30Z,appeals-en,DUB,20,,,,\n");

        var report = await _server.Import(VolumeServer.Header
            + "2026-10-01T00:00Z,appeals-en,DUB,10,9,2700,1,\n2026-10-01T00:30Z,appeals-en,DUB,20,,,,\n2026-10-01T01:00Z,appeals-en,DUB,0,,,,\n");

        Counts(report).Should().Be((3, 1, 1, 1, 0, 0));
        var items = (await _server.Server.GetJson("/api/v1/volumes"))["items"]!.AsArray();
        items.Select(i => (double?)i!["offered"]).Should().Equal(10, 20, 0);
        items[0]!["backlog"].Should().BeNull("the whole row was replaced, and the new one does not say");
        ((double?)items[0]!["handled"]).Should().Be(9);
    }

    [Test]
    public async Task Import_Gzip_IsUnpacked() => Counts(await _server.Import(Days(1), encoding: "gzip")).Should().Be((48, 48, 0, 0, 0, 1));

    [Test]
    public async Task Import_GzipOverTheUsualLimitOnceUnpacked_IsTaken()
    {
        var padding = new string(' ', 60_000); // blanks around a value are trimmed
        var file = new StringBuilder("interval_start,queue,hub,offered\n");
        for (var i = 0; i < 600; i++)
        {
            file.Append($"2026-01-{1 + (i / 48):00}T{i / 2 % 24:00}:{i % 2 * 30:00}Z,appeals-en,DUB,{padding}{i}\n");
        }

        Counts(await _server.Import(file.ToString(), encoding: "gzip")).Should().Be((600, 600, 0, 0, 0, 1)); // 36 MB
    }

    [Test]
    public async Task Import_Ndjson_TakesBothSpellingsAndReportsTheRest()
    {
        var report = await _server.Import(
            """
    {"interval_start":"2026-10-01T00:00Z","queue":"appeals-en","hub":"DUB","offered":10,"handled":9.5,"handle_time_seconds":2700,"abandoned":null,"team":"x"}

    {"intervalStart":"2026-10-01T00:30Z","queue":"chat\u002dde","hub":"DUB","offered":"12","handleTimeSeconds":1e3,"tags":{"a":[1]}}
    {"interval_start":"2026-10-01T01:00Z","queue":"appeals-en","hub":"DUB"
    [1,2]
    {"interval_start":"2026-10-01T01:30Z","queue":"appeals-en","hub":"DUB","offered":{"a":1}}
    {"interval_start":"2026-10-01T02:00Z","queue":"appeals-en","hub":"DUB"} trailing
    {"interval_start":"2026-10-01T02:30Z","hub":"DUB","offered":1}
    """, "application/x-ndjson");

        Counts(report).Should().Be((2, 2, 0, 0, 5, 2));
        report["unknownColumns"]!.AsArray().Select(c => (string?)c).Should().Equal("team", "tags");
        report["rejections"]!.AsArray().Select(r => ((long)r!["row"]!, (string?)r["field"])).Should()
            .Equal((4, null), (5, null), (6, "offered"), (7, null), (8, "queue"));
        ((string?)report["rejections"]![1]!["reason"]).Should().Be("is not a JSON object");
    }

    [Test]
    public async Task Import_NdjsonLineTooLong_LosesThatLineAlone()
    {
        var report = await _server.Import(
            $$"""
            {"interval_start":"2026-10-01T00:00Z","queue":"appeals-en","hub":"DUB","offered":1,"note":"{{new string('x', 300_000)}}"}
            {"interval_start":"2026-10-01T00:30Z","queue":"appeals-en","hub":"DUB","offered":1}
            """,
            "application/x-ndjson");

        Counts(report).Should().Be((1, 1, 0, 0, 1, 1));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("longer than");
    }

    [Test]
    public async Task Import_HeaderInAnyOrderWithExtras_ReportsTheExtrasOnce()
    {
        var report = await _server.Import("\uFEFFteam;Offered;hub; QUEUE ;interval_start;team2\r\nx;7;DUB;appeals-en;2026-10-01T00:00+02:00;\r\n");

        Counts(report).Should().Be((1, 1, 0, 0, 0, 1));
        report["unknownColumns"]!.AsArray().Select(c => (string?)c).Should().Equal("team", "team2");
        var item = (await _server.Server.GetJson("/api/v1/volumes"))["items"]![0]!;
        ((string?)item["intervalStart"]).Should().Be("2026-09-30T22:00:00Z");
    }

    [TestCase("interval_start,queue,offered\n", "hub")]
    [TestCase("", "interval_start")]
    [TestCase("interval_start,queue,hub,offered,offered\n", "offered")]
    public async Task Import_HeaderUnusable_NamesTheColumn(string body, string column)
    {
        using var response = await _server.Post(body);

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        problem["errors"]!.AsObject().Should().ContainKey(column);
    }

    [TestCase("2026-10-01T00:00Z,nobody,DUB,1", "queue", "nobody", "is not the code of a queue")]
    [TestCase("2026-10-01T00:00Z,,DUB,1", "queue", "", "is missing")]
    [TestCase("2026-10-01T00:00Z,appeals-en,XXX,1", "hub", "XXX", "is not the code of a hub")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,many", "offered", "many", "is not a number")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,\"1,5\"", "offered", "1,5", "*point*")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,", "offered", "", "is missing")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,-1", "offered", "-1", "is negative")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,NaN", "offered", "NaN", "is not a finite number")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,1e400", "offered", "1e400", "is not a finite number")]
    [TestCase("2026-10-01T00:00Z,appeals-en,DUB,1000000001", "offered", "1000000001", "*1,000,000,000")]
    [TestCase("2026-10-01T00:10Z,appeals-en,DUB,1", "interval_start", "2026-10-01T00:10Z", "*30-minute grid*")]
    [TestCase("2026-10-01T00:00:00.5Z,appeals-en,DUB,1", "interval_start", "2026-10-01T00:00:00.5Z", "*30-minute grid*")]
    [TestCase("2026-11-02T12:30Z,appeals-en,DUB,1", "interval_start", "2026-11-02T12:30Z", "is more than a day in the future")]
    [TestCase("1926-11-02T12:30Z,appeals-en,DUB,1", "interval_start", "1926-11-02T12:30Z", "is before the year 2000")]
    [TestCase("2026-02-29T00:00Z,appeals-en,DUB,1", "interval_start", "2026-02-29T00:00Z", "is not a time*")]
    [TestCase("01.10.2026 00:00,appeals-en,DUB,1", "interval_start", "01.10.2026 00:00", "is not a time*")]
    [TestCase("2026-10-01,appeals-en,DUB,1", "interval_start", "2026-10-01", "*needs a time*")]
    [TestCase("2026-03-29T01:30,appeals-en,DUB,1", "interval_start", "2026-03-29T01:30", "does not exist in Europe/Dublin*from 01:00 to 02:00 on 2026-03-29*")]
    [TestCase("2026-10-25T01:30,appeals-en,DUB,1", "interval_start", "2026-10-25T01:30", "happens twice in Europe/Dublin*+01:00*+00:00*")]
    [TestCase("2025-10-05T02:00,appeals-en,LDH,1", "interval_start", "2025-10-05T02:00", "does not exist*from 02:00 to 02:30*")] // half an hour
    [TestCase("2026-04-05T01:30,appeals-en,LDH,1", "interval_start", "2026-04-05T01:30", "happens twice*+11:00*+10:30*")]
    [TestCase("2026-04-24T00:00,appeals-en,CAI,1", "interval_start", "2026-04-24T00:00", "does not exist in Africa/Cairo*from 00:00 to 01:00*")] // midnight
    public async Task Import_RowUnusable_SaysWhereWhatAndWhy(string row, string field, string value, string reason)
    {
        var rejection = await _server.Rejection(row);

        ((long)rejection["row"]!).Should().Be(2);
        ((string?)rejection["field"]).Should().Be(field);
        ((string?)rejection["value"]).Should().Be(value);
        ((string?)rejection["reason"]).Should().Match(reason);
        (await _server.Rows()).Should().Be(0);
        (await _server.Server.GetJson("/api/v1/series"))["items"]!.AsArray().Should().BeEmpty("a series comes with its first good row");
    }

    [Test]
    public async Task Import_RowsMalformed_LoseNothingElse()
    {
        var report = await _server.Import("interval_start,queue,hub,offered\n"
            + "2026-10-01T00:00Z,appeals-en,DUB,1\n"
            + "2026-10-01T00:30Z,appeals-en,DUB\n"
            + "2026-10-01T01:00Z,\"appeals-en,DUB,1\n"
            + "\n"
            + "2026-10-01T01:30Z,appeals\"en,DUB,1\n"
            + "2026-10-01T02:00Z,\"appeals-en\",DUB,1,9\n"
            + "2026-10-01T02:30Z,\"appeals-en\",DUB,1");

        Counts(report).Should().Be((2, 2, 0, 0, 4, 1));
        report["rejections"]!.AsArray().Select(r => ((long)r!["row"]!, (string?)r["reason"])).Should().Equal(
            (3, "has another number of columns than the header"),
            (4, "has a quote that is not closed on its line"),
            (6, "has a quote inside a value that is not quoted"),
            (7, "has another number of columns than the header"));
    }

    [Test]
    public async Task Import_IntervalTwiceInFile_KeepsTheFirstAndNamesItsLine()
    {
        var report = await _server.Import("interval_start,queue,hub,offered\n2026-10-01T00:00Z,appeals-en,DUB,1\n"
            + "2026-10-01T00:00Z,chat-de,DUB,2\n2026-10-01T02:00+02:00,appeals-en,DUB,3\n");

        Counts(report).Should().Be((2, 2, 0, 0, 1, 2));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("in line 2:");
        ((double)(await _server.Server.GetJson("/api/v1/volumes?queue=appeals-en"))["items"]![0]!["offered"]!).Should().Be(1);
    }

    [Test]
    public async Task Import_ManyBadRows_ListsTheFirstThousand()
    {
        var report = await _server.Import("interval_start,queue,hub,offered\n" + string.Concat(Enumerable.Repeat("x,appeals-en,DUB,1\n", 1500)));

        ((long)report["rejected"]!).Should().Be(1500);
        report["rejections"]!.AsArray().Should().HaveCount(1000);
        ((bool)report["truncated"]!).Should().BeTrue();
    }

    [Test]
    public async Task Import_HandledMoreThanOffered_IsKeptWithAWarning()
    {
        var report = await _server.Import("interval_start,queue,hub,offered,handled\n2026-10-01T00:00Z,appeals-en,DUB,1,2\n");

        Counts(report).Should().Be((1, 1, 0, 0, 0, 1));
        ((long)report["warned"]!).Should().Be(1);
        ((string?)report["warnings"]![0]!["field"]).Should().Be("handled");
    }

    [Test]
    public async Task Import_DryRun_ChecksAndStoresNothing()
    {
        var report = await _server.Import(Days(1) + "x,appeals-en,DUB,1,,,,\n", query: "?dryRun=true");

        Counts(report).Should().Be((48, 0, 0, 0, 1, 1));
        (await _server.Rows()).Should().Be(0);
        (await _server.Server.GetJson("/api/v1/series"))["items"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Import_LocalTimes_AreTheHubs()
    {
        await _server.Import(
            "interval_start,queue,hub,offered\n2026-07-01T09:00,appeals-en,DUB,1\n2026-01-01 09:00:00,appeals-en,DUB,2\n2026-01-01T09:00,appeals-en,HYD,3\n");

        var items = (await _server.Server.GetJson("/api/v1/volumes"))["items"]!.AsArray();
        items.Select(i => (string?)i!["intervalStart"]).Should().Equal("2026-01-01T09:00:00Z", "2026-07-01T08:00:00Z", "2026-01-01T03:30:00Z");
    }

    [Test]
    public async Task Import_DailySeries_StartsAtLocalMidnightEvenWhereThereIsNone()
    {
        var report = await _server.Import(
            "interval_start,queue,hub,offered\n2026-04-23,appeals-en,CAI,1\n2026-04-24,appeals-en,CAI,2\n"
                + "2026-04-25T00:00+03:00,appeals-en,CAI,3\n2026-04-26T12:00Z,appeals-en,CAI,4\n",
            query: "?intervalMinutes=1440");

        Counts(report).Should().Be((3, 3, 0, 0, 1, 1));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("midnight in Africa/Cairo");
        var items = (await _server.Server.GetJson("/api/v1/volumes"))["items"]!.AsArray();
        items.Select(i => (string?)i!["intervalStart"]).Should().Equal("2026-04-22T22:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
    }

    [TestCase("HYD", "Asia/Kolkata", 60)]
    [TestCase("ADL", "Australia/Adelaide", 60)]
    [TestCase("KTM", "Asia/Kathmandu", 30)]
    [TestCase("KTM", "Asia/Kathmandu", 60)]
    [TestCase("CAI", "Africa/Cairo", 60)]
    public async Task Import_TwoWeeksOfLocalIntervals_AreAllAccepted(string hub, string zone, int minutes)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        var file = new StringBuilder("interval_start,queue,hub,offered\n");
        var (start, end) = (tz.AtStartOfDay(new LocalDate(2026, 4, 20)).ToInstant(), tz.AtStartOfDay(new LocalDate(2026, 5, 4)).ToInstant());
        var rows = (int)((end - start) / Duration.FromMinutes(minutes));
        for (var i = 0; i < rows; i++)
        {
            var local = (start + Duration.FromMinutes(minutes * i)).InZone(tz).ToOffsetDateTime();
            file.Append(
                System.Globalization.CultureInfo.InvariantCulture, $"{NodaTime.Text.OffsetDateTimePattern.Rfc3339.Format(local)},appeals-en,{hub},{i}\n");
        }

        var report = await _server.Import(file.ToString(), query: $"?intervalMinutes={minutes}");

        Counts(report).Should().Be((rows, rows, 0, 0, 0, 1));
        var first = (await _server.Server.GetJson("/api/v1/volumes?limit=1"))["items"]![0]!;
        ((string?)first["intervalStart"]).Should().Be(NodaTime.Text.InstantPattern.ExtendedIso.Format(start));
        var day = (await _server.Server.GetJson("/api/v1/volumes?limit=1&interval=1440"))["items"]![0]!;
        ((int)day["intervals"]!).Should().Be(1440 / minutes, "the first local day has all its intervals");
    }

    [Test]
    public async Task Import_DayThatSkipsMidnight_IsThatDay()
    {
        var report = await _server.Import(
            "interval_start,queue,hub,offered\n2025-04-24,appeals-en,CAI,1\n2025-04-25,appeals-en,CAI,2\n"
                + "2025-04-26T00:00,appeals-en,CAI,3\n2025-04-25T00:00,chat-de,CAI,4\n",
            query: "?intervalMinutes=1440");

        Counts(report).Should().Be((4, 4, 0, 0, 0, 2));
        var items = (await _server.Server.GetJson("/api/v1/volumes"))["items"]!.AsArray();
        items.Select(i => (string?)i!["intervalStart"]).Should()
            .Equal("2025-04-23T22:00:00Z", "2025-04-24T22:00:00Z", "2025-04-25T21:00:00Z", "2025-04-24T22:00:00Z");
    }

    [TestCase("2026-10-01T24:00Z", "2026-10-02T00:00:00Z")]
    [TestCase("2026-10-01T24:00:00", "2026-10-01T23:00:00Z")] // Dublin is an hour ahead
    [TestCase("2026-10-01T08:00Z", "2026-10-01T08:00:00Z")]
    [TestCase("2026-10-01T08:00:00+0000", "2026-10-01T08:00:00Z")]
    [TestCase("2026-10-01 08:00+01", "2026-10-01T07:00:00Z")]
    public async Task Import_StartInManyForms_IsTheInstant(string text, string instant)
    {
        await _server.Import($"interval_start,queue,hub,offered\n{text},appeals-en,DUB,1\n");

        ((string?)(await _server.Server.GetJson("/api/v1/volumes"))["items"]![0]!["intervalStart"]).Should().Be(instant);
    }

    [Test]
    public async Task Import_SeriesExists_KeepsItsOwnInterval()
    {
        await _server.Import("interval_start,queue,hub,offered\n2026-10-01T00:00Z,appeals-en,DUB,1\n", query: "?intervalMinutes=60");

        var rejection = await _server.Rejection("2026-10-01T00:30Z,appeals-en,DUB,1", "?intervalMinutes=15");

        ((string?)rejection["reason"]).Should().Contain("60-minute grid");
    }

    [Test]
    public async Task Import_IntervalNotOffered_IsRefused()
    {
        using var response = await _server.Post(Days(1), query: "?intervalMinutes=45");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await response.Content.ReadAsStringAsync()).Should().Contain("5, 10, 15, 20, 30, 60, 1440");
    }

    [TestCase("application/json")]
    [TestCase("multipart/form-data")]
    public async Task Import_OtherContentType_NamesWhatIsTaken(string type)
    {
        using var response = await _server.Post("{}", type);

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await response.Content.ReadAsStringAsync()).Should().Contain("text/csv").And.Contain("application/x-ndjson");
    }

    [Test]
    public async Task Import_KeyOfOneHub_LosesRowsOfOthers()
    {
        using var client = await _server.ClientAs(Roles.Integration, "DUB");

        var report = await _server.Import(
            "interval_start,queue,hub,offered\n2026-10-01T00:00Z,appeals-en,DUB,1\n2026-10-01T00:00Z,appeals-en,CAI,1\n", client: client);

        Counts(report).Should().Be((1, 1, 0, 0, 1, 1));
        ((string?)report["rejections"]![0]!["reason"]).Should().Contain("may not touch");
    }

    [Test]
    public async Task Import_RoleWithoutPermission_IsForbidden()
    {
        using var client = await _server.ClientAs(Roles.HubManager);
        using var response = await _server.Post(Days(1), client: client);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static (long Accepted, long Inserted, long Updated, long Unchanged, long Rejected, int Created) Counts(JsonNode report) =>
        (
            (long)report["accepted"]!, (long)report["inserted"]!, (long)report["updated"]!, (long)report["unchanged"]!, (long)report["rejected"]!,
            (int)report["seriesCreated"]!);

    /// <summary>Days of half-hours of one series from 1 September 2026.</summary>
    private static string Days(int days)
    {
        var file = new StringBuilder(VolumeServer.Header);
        for (var i = 0; i < days * 48; i++)
        {
            file.Append($"2026-09-{1 + (i / 48):00}T{i / 2 % 24:00}:{i % 2 * 30:00}Z,appeals-en,DUB,{i % 17},{i % 17},{i % 17 * 300},0,{i % 5}\n");
        }

        return file.ToString();
    }
}
