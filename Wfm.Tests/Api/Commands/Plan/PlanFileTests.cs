using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime;
using Wfm.Api.Commands.Plan;
using Wfm.Api.Http;

namespace Wfm.Tests.Api.Commands.Plan;

/// <summary>Files as they come out of other systems: each is read as it is meant, or refused with the reason; none is read as something else.</summary>
public sealed class PlanFileTests
{
    private const string Short = "series_id,timestamp,count\n";
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 29, 0, 0);
    private static readonly double[] Counts = [3, 5, 4, 6];

    private static IEnumerable<TestCaseData> Read()
    {
        yield return Case("plain", Bytes(Rows(",", t => t)));
        yield return Case("byte order mark", [0xEF, 0xBB, 0xBF, .. Bytes(Rows(",", t => t))]);
        yield return Case("lines end with CR LF", Bytes(Rows(",", t => t).Replace("\n", "\r\n")));
        yield return Case("no end of the last line", Bytes(Rows(",", t => t).TrimEnd('\n')));
        yield return Case(
            "everything quoted",
            Bytes(string.Join('\n', Rows(",", t => t).TrimEnd('\n').Split('\n').Select(l => string.Join(',', l.Split(',').Select(c => $"\"{c}\""))))));
        yield return Case("semicolons", Bytes(Rows(";", t => t)));
        yield return Case("tabs", Bytes(Rows("\t", t => t)));
        yield return Case("spaces around values", Bytes(Rows(" , ", t => t)));
        yield return Case("minutes and Z", Bytes(Rows(",", t => t[..16] + "Z")));
        yield return Case("offset without a colon", Bytes(Rows(",", t => t[..19] + "+0000")));
        yield return Case("offset of hours", Bytes(Rows(",", t => t[..19] + "+00")));
        yield return Case("another zone's offset", Bytes(Rows(",", t => Shift(t, 330) + "+05:30")));
        yield return Case("a space for the T", Bytes(Rows(",", t => t.Replace('T', ' '))));
        yield return Case("out of order", Bytes(Short + string.Join('\n', Rows(",", t => t).TrimEnd('\n').Split('\n').Skip(1).Reverse())));
        yield return Case("UTF-16 with its mark", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Rows(",", t => t))]);
        yield return Case("gzip", Packed(Bytes(Rows(",", t => t))));
        yield return Case("columns of the import in another order", Bytes("hub,offered,interval_start,queue\n" + Body(t => t, (t, c) => $"dub,{c},{t},calls")));
        yield return Case("a column nobody knows", Bytes("series_id,timestamp,count,comment\n" + Body(t => t, (t, c) => $"calls,{t},{c},fine")));
        yield return Case("header in capitals", Bytes(Rows(",", t => t).Replace("series_id,timestamp,count", "Series_ID,Timestamp,COUNT")));
        yield return Case("decimals with a point", Bytes(Rows(",", t => t).Replace(",3\n", ",3.0\n")));
        yield return Case("NDJSON", Bytes(Body(t => t, (t, c) => $$"""{"interval_start":"{{t}}","queue":"calls","hub":"dub","offered":{{c}}}""")));
    }

    [TestCaseSource(nameof(Read))]
    public async Task Read_FileAsItMeansItself_HasItsFourHalfHours(byte[] file)
    {
        var volumes = await Volumes(file);

        var series = volumes.Series.Single();
        series.Queue.Should().Be("calls");
        series.Grid.Interval.Should().Be(Duration.FromMinutes(30));
        series.Cells.Keys.First().Should().Be(Instant.FromUtc(2026, 11, 2, 8, 0));
        series.Cells.Values.Select(c => c.Offered).Should().Equal(Counts);
        volumes.RejectedRows.Should().Be(0);
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Bad("empty", [], "misses|no header|empty");
        yield return Bad("header only", Bytes(Short), "no rows");
        yield return Bad("a column missing", Bytes("series_id,timestamp\ncalls,2026-11-02T08:00Z\n"), "misses count");
        yield return Bad("a column twice", Bytes("series_id,timestamp,count,count\ncalls,2026-11-02T08:00Z,1,2\n"), "twice");
        yield return Bad("other names", Bytes("when,how_many\n1,2\n"), "misses interval_start, queue, hub, offered");
        yield return Bad("UTF-16 without its mark", Encoding.Unicode.GetBytes(Rows(",", t => t)), "misses|not a CSV");
        yield return Bad("decimal commas", Bytes(Rows(";", t => t, c => $"{c},5")), "decimal comma");
        yield return Bad("thousands and decimal comma", Bytes(Rows(";", t => t, c => $"1.23{c},5")), "thousands separator");
        yield return Bad("thousands with a point", Bytes(Rows(";", t => t, c => $"1.23{c}")), "thousand");
        yield return Bad("thousands with a comma", Bytes(Rows("\t", t => t, c => $"1,23{c}")), "thousands separator");
        yield return Bad("thousands with a space", Bytes(Rows(",", t => t, c => $"1 23{c}")), "thousands separator");
        yield return Bad("words for counts", Bytes(Rows(",", t => t, _ => "many")), "is not a number");
        yield return Bad("negative counts", Bytes(Rows(",", t => t, c => $"-{c}")), "is negative");
        yield return Bad("American dates", Bytes(Rows(",", t => $"11/02/2026 {t[11..16]}")), "is not a time");
        yield return Bad("seven minutes apart", Bytes(Short + "a,2026-11-02T08:00Z,1\na,2026-11-02T08:07Z,1\na,2026-11-02T08:14Z,1\n"), "7 minutes apart");
        yield return Bad("days that begin at eight", Bytes(Short + "a,2026-11-02T08:00Z,1\na,2026-11-03T08:00Z,1\na,2026-11-04T08:00Z,1\n"), "midnight");
        yield return Bad("everything in the future", Bytes(Rows(",", t => t.Replace("2026", "2126"))), "in the future");
        yield return Bad("a table for people", Bytes("Calls of November\n\nDay;Calls\n2.11.;12\n"), "misses");
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Read_FileThatCannotServe_SaysWhy(byte[] file, string reason) =>
        (await FluentActions.Awaiting(() => Volumes(file)).Should().ThrowAsync<Exception>()).Which.Should()
            .Match<Exception>(e => e is FormatException || e is ProblemException).And.Subject.As<Exception>().Message.Should().MatchRegex(reason);

    [Test]
    public async Task Read_HalfHoursAndDays_KeepEachItsOwnInterval()
    {
        var voice = Enumerable.Range(0, 96).Select(i => $"voice,{Stamp(30 * i)},4");
        var mail = Enumerable.Range(2, 20).Select(d => $"mail,2026-11-{d:00},480");

        var volumes = await Volumes(Bytes(Short + string.Join('\n', voice.Concat(mail))));

        volumes.Series.Select(s => (s.Queue, s.Grid.Interval.TotalMinutes, s.Cells.Count)).Should().Equal(("voice", 30.0, 96), ("mail", 1440.0, 20));
    }

    [Test]
    public async Task Read_AFewBadRows_AreRefusedByLineAndTheRestIsKept()
    {
        var volumes = await Volumes(
            Bytes(Rows(",", t => t) + "calls,2026-11-02T10:00:00Z,1 000\ncalls,2026-11-02T08:07:00Z,1\ncalls,2026-11-02T08:00:00Z,9\n"));

        volumes.Rejected.Select(r => (r.Row, r.Field)).Should().Equal((6L, "count"), (7L, "timestamp"), (8L, "timestamp"));
        volumes.Rejected[2].Reason.Should().Contain("line 2");
        volumes.Series.Single().Cells.Values.Select(c => c.Offered).Should().Equal(Counts, "a repeat never replaces what came first");
    }

    [Test]
    public async Task Read_ClocksGoBack_LocalTimesThatHappenTwiceAskForTheirOffset()
    {
        var rows = Enumerable.Range(0, 48).Select(i => $"a,{new LocalDateTime(2025, 10, 26, 0, 0).PlusMinutes(30 * i):uuuu-MM-dd'T'HH:mm},1");

        var volumes = await Volumes(Bytes(Short + string.Join('\n', rows)), "Europe/Dublin");

        volumes.Rejected.Select(r => r.Value).Should().Equal("2025-10-26T01:00", "2025-10-26T01:30");
        volumes.Rejected.Should().OnlyContain(r => r.Reason.Contains("happens twice") && r.Reason.Contains("+01:00"));
        volumes.Series.Single().Cells.Should().HaveCount(46);
    }

    [Test]
    public async Task Read_ClocksGoForward_LocalTimesThatDoNotExistAreRefused()
    {
        var rows = Enumerable.Range(0, 48).Select(i => $"a,{new LocalDateTime(2025, 3, 30, 0, 0).PlusMinutes(30 * i):uuuu-MM-dd'T'HH:mm},1");

        (await Volumes(Bytes(Short + string.Join('\n', rows)), "Europe/Dublin")).Rejected.Select(r => r.Value).Should()
            .Equal("2025-03-30T01:00", "2025-03-30T01:30");
    }

    [Test]
    public async Task Read_GapsInASeries_StayGaps() =>
        (await Volumes(Bytes(Rows(",", t => t) + "calls,2026-11-02T12:00:00Z,7\n"))).Series.Single().Cells.Keys.Last().Should()
            .Be(Instant.FromUtc(2026, 11, 2, 12, 0));

    [Test]
    public async Task Read_OneRow_IsAHalfHour() =>
        (await Volumes(Bytes(Short + "a,2026-11-02T08:00Z,3\n"))).Series.Single().Grid.Interval.Should().Be(Duration.FromMinutes(30));

    [Test]
    public async Task Read_ASeriesThatCannotBeUsedBesideOneThatCan_IsNamed()
    {
        var volumes = await Volumes(Bytes(Rows(",", t => t) + "odd,2026-11-02T08:00Z,1\nodd,2026-11-02T08:07Z,1\n"));

        volumes.Series.Single().Queue.Should().Be("calls");
        volumes.Unusable.Should().ContainSingle().Which.Reason.Should().Contain("odd").And.Contain("7 minutes apart");
    }

    private static async Task<PlanVolumes> Volumes(byte[] file, string zone = "UTC")
    {
        using var stream = new MemoryStream(file);
        return await PlanVolumes.Read(stream, DateTimeZoneProviders.Tzdb[zone], Now, default);
    }

    private static TestCaseData Case(string name, byte[] file) => new TestCaseData(file).SetArgDisplayNames(name);

    private static TestCaseData Bad(string name, byte[] file, string reason) => new TestCaseData(file, reason).SetArgDisplayNames(name);

    private static string Rows(string separator, Func<string, string> time, Func<double, string>? count = null) =>
        string.Join(separator, "series_id", "timestamp", "count")
        + "\n"
        + Body(time, (t, c) => string.Join(separator, "calls", t, count?.Invoke(c) ?? c.ToString(CultureInfo.InvariantCulture)));

    private static string Body(Func<string, string> time, Func<string, double, string> row) =>
        string.Concat(Counts.Select((c, i) => row(time(Stamp(30 * i)), c) + "\n"));

    private static string Stamp(int minutes) =>
        new LocalDateTime(2026, 11, 2, 8, 0).PlusMinutes(minutes).ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Shift(string stamp, int minutes) =>
        DateTime.Parse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal).AddMinutes(minutes)
            .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
