using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Retention;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Today;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class FeedImportTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Backlog = "/api/v1/backlog:import";
    private const string Served = "/api/v1/served:import";
    private const string BacklogHeader = "hub,queue,at,youngest_minutes,oldest_minutes,contacts\n";
    private const string ServedHeader = "hub,queue,interval_start,answered,answered_in_time,minutes,abandoned\n";

    protected override async Task Prepare()
    {
        foreach (var hub in new[] { "feed", "feed-other", "feed-old", "feed-order" })
        {
            await Client.Create("hubs", SampleSetup.Hub(hub));
        }

        await Client.Create("queues", SmallOperation.Queue("feed-chat", WorkKind.Immediate, "live") with
        {
            Goal = new QueueGoal { ServiceLevel = 0.8, ThresholdSeconds = 30 },
        });
        await Client.Create("queues", SmallOperation.Queue("feed-review", WorkKind.Deferrable, "review") with
        {
            Goal = new QueueGoal { TurnaroundMinutes = 60 },
        });
    }

    [Test]
    public async Task Backlog_SentTwiceAndChanged_IsStoredOnce()
    {
        const string Rows = BacklogHeader + "feed,feed-review,2025-07-28T12:00,0,60,40\nfeed,feed-review,2025-07-28T12:00,60,240,7\n"
            + "feed,feed-review,2025-07-28T11:45:00Z,,30,12\n";

        Counts(await Client.Post(Backlog, Csv(Rows))).Should().Equal(3, 3, 3, 0, 0, 0);
        Counts(await Client.Post(Backlog, Csv(Rows))).Should().Equal(3, 3, 0, 0, 3, 0);
        Counts(await Client.Post(Backlog, Csv(Rows.Replace(",40", ",41")))).Should().Equal(3, 3, 0, 1, 2, 0);
        Counts(await Client.Post(Backlog, """[{"hub":"feed","queue":"feed-review","at":"2025-07-28T12:00","oldestMinutes":60,"contacts":41}]""")).Should()
            .Equal(1, 1, 0, 0, 1, 0);
    }

    [Test]
    public async Task Served_SentTwiceAndChanged_IsStoredOnce()
    {
        const string Rows = ServedHeader + "feed,feed-chat,2025-07-28T11:00,118,101,30,4\nfeed,feed-chat,2025-07-28T10:30,90,90,30,\n";

        Counts(await Client.Post(Served, Csv(Rows))).Should().Equal(2, 2, 2, 0, 0, 0);
        Counts(await Client.Post(Served, Csv(Rows))).Should().Equal(2, 2, 0, 0, 2, 0);
        Counts(await Client.Post(Served, Csv(Rows.Replace("118", "119")))).Should().Equal(2, 2, 0, 1, 1, 0);
        Counts(await Client.Post(
            Served,
            Lines("""{"hub":"feed","queue":"feed-chat","intervalStart":"2025-07-28T10:30","answered":90,"answeredInTime":90,"minutes":30}"""))).Should()
            .Equal(1, 1, 0, 0, 1, 0);
    }

    [Test]
    public async Task Rows_InAnyOrderAndTimeAfterTime_EndAsTheSameRows()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => $"feed-order,feed-chat,2025-07-28T{8 + (i / 4):00}:{15 * (i % 4):00},{i + 5},{i},15,\n")];

        foreach (var some in new[] { rows[20..], rows[..25].Reverse(), rows[5..9], rows.OrderBy(r => r.Length) })
        {
            (await Client.Post(Served, Csv(ServedHeader + string.Concat(some)))).Is(HttpStatusCode.OK);
        }

        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var hub = await db.Set<Wfm.Api.Features.Setup.Hubs.Hub>().SingleAsync(h => h.Code == "feed-order");
        var stored = await db.Set<ServedInterval>().Where(s => s.HubId == hub.Id).OrderBy(s => s.Start).ToListAsync();
        stored.Select(s => s.InTime).Should().Equal(Enumerable.Range(0, 40));
        stored.Should().OnlyContain(s => s.Version == 1 && s.End - s.Start == Duration.FromMinutes(15));
    }

    [TestCase("feed,nowhere,2025-07-28T12:00,0,60,40", "queue", "unknown")]
    [TestCase("nowhere,feed-review,2025-07-28T12:00,0,60,40", "hub", "unknown")]
    [TestCase("feed,feed-review,noon,0,60,40", "at", "unusable")]
    [TestCase("feed,feed-review,2025-07-28T12:00:30,0,60,40", "at", "unusable")]
    [TestCase("feed,feed-review,2025-07-28T12:00,90,60,40", "oldest_minutes", "unusable")]
    [TestCase("feed,feed-review,2025-07-28T12:00,0,60,some", "contacts", "unreadable")]
    [TestCase("feed,feed-review,2025-07-28T12:00,0,60,", "contacts", "malformed")]
    [TestCase("feed,feed-review,2025-07-28T12:00,0,60,-1", "contacts", "malformed")]
    public async Task Backlog_WhatCannotBe_NamesTheFieldOfTheRow(string row, string field, string code) =>
        await Refused(Backlog, BacklogHeader + row + "\n", field, code);

    [TestCase("feed,nowhere,2025-07-28T11:00,118,101,30,4", "queue", "unknown")]
    [TestCase("feed,feed-chat,2025-07-28T11:00,118,119,30,4", "answered_in_time", "unusable")]
    [TestCase("feed,feed-chat,2025-07-28T11:00,118,101,,4", "minutes", "unusable")] // no volumes that would tell the length
    [TestCase("feed,feed-chat,2025-07-28T11:00,118,101,3,4", "minutes", "malformed")]
    [TestCase("feed,feed-chat,soon,118,101,30,4", "interval_start", "unusable")]
    public async Task Served_WhatCannotBe_NamesTheFieldOfTheRow(string row, string field, string code) =>
        await Refused(Served, ServedHeader + row + "\n", field, code);

    [Test]
    public async Task Backlog_RangesOfOneSnapshotThatOverlap_AreRefusedUntilOneIsTakenBack()
    {
        const string At = "feed,feed-review,2025-07-27T09:00";
        Counts(await Client.Post(Backlog, Csv($"{BacklogHeader}{At},0,60,5\n{At},60,90,5\n"))).Should().Equal(2, 2, 2, 0, 0, 0);

        await Refused(Backlog, $"{BacklogHeader}{At},30,70,5\n", "row", "contradiction");

        Counts(await Client.Post(Backlog, Csv($"{BacklogHeader}{At},0,60,0\n{At},60,90,0\n{At},30,70,5\n"))).Should().Equal(3, 3, 1, 2, 0, 0);
    }

    [Test]
    public async Task Rows_OfAHubOfOthers_AreRefusedAndTheRestIsStored()
    {
        await Client.Create("roles", new { code = "feeder", name = "Feeds", permissions = new[] { "writeVolumes" } });
        var made = await Client.Create("api-keys", new { name = "feed", role = "feeder", hubs = new[] { "feed-other" } });
        using var feeder = Server.ClientWith((string)made.Json["key"]!);

        var report = await feeder.Post(
            Backlog, Csv($"{BacklogHeader}feed,feed-review,2025-07-26T09:00,0,60,5\nfeed-other,feed-review,2025-07-26T09:00,0,60,5\n"));

        Counts(report).Should().Equal(2, 1, 1, 0, 0, 1);
        ((string?)report.Json["rejected"]![0]!["code"]).Should().Be("otherHub");
    }

    [Test]
    public async Task Retention_DaysLongPast_AreDeleted()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<IClock>().GetCurrentInstant();
        string Day(int ago) => (now - Duration.FromDays(ago)).ToString("uuuu-MM-dd", null);
        (await Client.Post(Backlog, Csv($"{BacklogHeader}feed-old,feed-review,{Day(100)}T09:00Z,0,60,5\nfeed-old,feed-review,{Day(10)}T09:00Z,0,60,5\n")))
            .Is(HttpStatusCode.OK);
        (await Client.Post(Served, Csv($"{ServedHeader}feed-old,feed-chat,{Day(100)}T09:00Z,5,5,30,\nfeed-old,feed-chat,{Day(10)}T09:00Z,5,5,30,\n")))
            .Is(HttpStatusCode.OK);
        var hub = (await db.Set<Wfm.Api.Features.Setup.Hubs.Hub>().SingleAsync(h => h.Code == "feed-old")).Id;

        var removed = await new FloorRetention(db).Remove(new RetentionLimits(now, new RetentionPeriods(), new HashSet<Guid>()), default);

        removed.Should().BeGreaterThanOrEqualTo(2);
        (await db.Set<BacklogCount>().CountAsync(c => c.HubId == hub)).Should().Be(1);
        (await db.Set<ServedInterval>().CountAsync(c => c.HubId == hub)).Should().Be(1);
    }

    private async Task Refused(string path, string csv, string field, string code)
    {
        var report = (await Client.Post(path, Csv(csv))).Is(HttpStatusCode.OK).Json;

        ((int)report["rejectedRows"]!).Should().Be(1);
        report["rejected"]!.AsArray().Select(e => ((string?)e!["field"], (string?)e["code"])).Should().Contain((field, code));
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static StringContent Lines(string text) => new(text, Encoding.UTF8, "application/x-ndjson");

    private static int[] Counts(ApiAnswer answer)
    {
        var report = answer.Is(HttpStatusCode.OK).Json;
        return [.. new[] { "rows", "accepted", "created", "updated", "unchanged", "rejectedRows" }.Select(n => (int)report[n]!)];
    }
}
