using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.TimeOff;

/// <summary>Leave that another system has granted, by file.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class TimeOffImportTests(StoreKind kind)
{
    private const string Path = "/api/v1/time-off:import";

    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await SwapBench.Start(kind, "ti");
        await Client.Create("leave-types", new LeaveTypeRequest
        {
            Code = "ti-annual",
            Name = "Annual",
            Treatment = LeaveKind.Annual,
            Balance = "ti-annual",
            Terms = new BalanceTerms(),
        });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    private Task<ApiAnswer> Import(string csv, bool dryRun = false) => Client.Post(dryRun ? $"{Path}?dryRun=true" : Path, RowFiles.Csv(csv));

    private async Task<string[]> Listed(string agent) =>
        [
            .. (await Client.Get($"/api/v1/agents/{agent}/time-off")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
                .Select(t => $"{t!["type"]} {t["start"]} {t["end"]} {t["note"]}".TrimEnd()),
        ];

    private async Task Open(string agent, double hours) => (await Client.Post($"/api/v1/agents/{agent}/balances/ti-annual/entries", new
    {
        kind = "opening",
        on = Day(-30),
        hours,
        reason = "Test",
    })).Is(HttpStatusCode.Created);

    private async Task<double> Balance(string agent) =>
        (double)(await Client.Get($"/api/v1/agents/{agent}/balances?on={Day(300)}&limit=1000")).Json["items"]!.AsArray()
            .Single(b => (string?)b!["type"] == "ti-annual")!["hours"]!;

    [Test]
    public async Task Import_DatesAndTimes_AreThoseOfTheHubAndSentAgainDuplicates()
    {
        var ann = (await _bench.People(1))[0];
        var file = $"agent,type,from,to,note\n{ann},annual,{Day(40)},{Day(41)},\"By the sea, again\"\n{ann},sick,{Day(50)},,\n"
            + $"{ann},other,{Day(60)}T13:00,{Day(60)}T15:30,\n{ann},training,{Day(61)}T08:00:00Z,{Day(61)}T12:00+02:00,\n";

        var first = await Import(file);
        var again = await Import(file);

        first.Counts().Should().Equal(4, 4, 4, 0, 0, 0);
        again.Counts().Should().Equal(4, 4, 0, 0, 4, 0);
        again.Outcomes().Should().Equal("2 duplicate", "3 duplicate", "4 duplicate", "5 duplicate");
        again.Json["results"]!.AsArray().Select(r => (string?)r!["id"]).Should().Equal(first.Json["results"]!.AsArray().Select(r => (string?)r!["id"]));
        (await Listed(ann)).Should().Equal(
            $"annual {At(40, 0)} {At(42, 0)} By the sea, again", $"sick {At(50, 0)} {At(51, 0)}",
            $"other {At(60, 13)} {At(60, 15) + Duration.FromMinutes(30)}", $"training {At(61, 9)} {At(61, 11)}");
    }

    [Test]
    public async Task Import_AnotherNote_IsStoredAndSeenByThePersonAndWhoDecides()
    {
        var ann = (await _bench.People(1))[0];
        (await Import($"agent,type,from,note\n{ann},annual,{Day(40)},First\n")).Counts().Should().Equal(1, 1, 1, 0, 0, 0);

        (await Import($"agent,type,from,note\n{ann},annual,{Day(40)},Second\n")).Counts().Should().Equal(1, 1, 0, 1, 0, 0);

        (await Listed(ann)).Should().Equal($"annual {At(40, 0)} {At(41, 0)} Second");
        (await (await _bench.As(ann)).Get("/api/v1/me/time-off")).Json["items"]![0]!["note"]!.GetValue<string>().Should().Be("Second");
        var key = await Client.Create("api-keys", new { name = "planner of notes", role = "planner" });
        using var planner = _bench.Server.ClientWith((string)key.Json["key"]!);
        var seen = (await planner.Get($"/api/v1/agents/{ann}/time-off")).Is(HttpStatusCode.OK).Json["items"]![0]!;
        var decides = (await planner.Get("/api/v1/me")).Json["permissions"]!.AsArray().Any(p => (string?)p == "decideRequests");
        ((string?)seen["note"]).Should().Be(decides ? "Second" : null);
    }

    [Test]
    public async Task Import_BadRows_LoseNothingElse()
    {
        var ann = (await _bench.People(1))[0];

        var answer = await Import("agent,type,from,to,overdraw\n"
            + $"{ann},annual,{Day(40)},{Day(42)},\n"
            + $"nobody,annual,{Day(40)},,\n"
            + $"{ann},holidays,{Day(45)},,\n"
            + $"{ann},annual,01.09.2025,,\n"
            + $"{ann},annual,{Day(46)},{Day(45)},\n"
            + $"{ann},annual,{Day(46)}T09:00,,\n"
            + $"{ann},annual,{Day(46)},{Day(47)}T12:00,\n"
            + $"{ann},sick,{Day(42)},{Day(43)},\n"
            + $"{ann},annual,{Day(48)},,perhaps\n"
            + $"{ann},annual,{Day(49)}\n"
            + $",annual,{Day(49)},,\n"
            + $"{ann},annual,{Day(50)},{Day(5000)},\n"
            + $"{ann},annual,{Day(51)},,\n");

        answer.Counts().Should().Equal(13, 2, 2, 0, 0, 11);
        answer.Rejections().Should().Equal(
            "3 agent unknown", "4 type unknown", "5 from unreadable", "6 to unusable", "7 to malformed", "8 to unusable", "9 from overlap",
            "10 overdraw unreadable", "11 row unreadable", "12 agent malformed", "13 to unusable");
        (await Listed(ann)).Should().HaveCount(2);
    }

    [Test]
    public async Task Import_BeyondTheBalance_IsRefusedUnlessOverdrawn()
    {
        var (people, header) = (await _bench.People(2), "agent,type,from,to,overdraw\n");
        await Open(people[0], 20);

        var answer = await Import(header
            + $"{people[0]},ti-annual,{Day(42)},{Day(43)},\n" // Monday and Tuesday, of six hours each: 30 hours a week over five days
            + $"{people[0]},ti-annual,{Day(44)},{Day(45)},\n"
            + $"{people[0]},ti-annual,{Day(46)},,\n"
            + $"{people[1]},ti-annual,{Day(42)},,true\n");

        answer.Counts().Should().Equal(4, 3, 3, 0, 0, 1);
        answer.Rejections().Should().Equal("3 from balance");
        answer.Text.Should().Contain("Adjust the balance first");
        (await Balance(people[0])).Should().BeApproximately(20 - (3 * 6), 0.01);
        (await Balance(people[1])).Should().BeApproximately(-6, 0.01);
    }

    [Test]
    public async Task Import_DryRun_TellsTheSameAndStoresNothing()
    {
        var ann = (await _bench.People(1))[0];
        await Open(ann, 10);
        var file = $"agent,type,from\n{ann},ti-annual,{Day(42)}\n{ann},ti-annual,{Day(43)}\n{ann},ti-annual,{Day(42)}\n";

        var tried = await Import(file, dryRun: true);

        tried.Outcomes().Should().Equal("2 created", "3 rejected", "4 duplicate");
        ((bool)tried.Json["dryRun"]!).Should().BeTrue();
        (await Listed(ann)).Should().BeEmpty();
        (await Balance(ann)).Should().Be(10);
        (await Import(file)).Outcomes().Should().Equal(tried.Outcomes());
    }

    [Test]
    public async Task Import_OverPublishedShifts_FreesThemAndSaysHowMany()
    {
        var ann = (await _bench.People(1))[0];
        await _bench.Roster([ann], [(ann, 2, 8), (ann, 3, 8), (ann, 4, 8)]);

        var tried = await Import($"agent,type,from,to\n{ann},annual,{Day(2)},{Day(3)}\n", dryRun: true);
        var before = await _bench.Days(ann);
        var answer = await Import($"agent,type,from,to\n{ann},annual,{Day(2)},{Day(3)}\n");

        tried.Notes().Should().Equal("2 shiftsTaken 2");
        before.Should().HaveCount(3);
        answer.Notes().Should().Equal("2 shiftsTaken 2");
        (await _bench.Days(ann)).Should().Equal(Day(4));
    }

    [Test]
    public async Task Import_TwoPartsOfOneShift_CostHalfOfItEach()
    {
        var ann = (await _bench.People(1))[0];
        await Open(ann, 100);
        await _bench.Roster([ann], [(ann, 2, 8)]);

        (await Import($"agent,type,from,to\n{ann},ti-annual,{Day(2)}T08:00,{Day(2)}T12:00\n{ann},ti-annual,{Day(2)}T12:00,{Day(2)}T16:00\n")).Counts()
            .Should().Equal(2, 2, 2, 0, 0, 0);

        (await Balance(ann)).Should().Be(92);
    }

    [Test]
    public async Task Import_KeyOfOneHub_TouchesItsPeopleOnly()
    {
        var ann = (await _bench.People(1))[0];
        if ((await Client.Get("/api/v1/hubs/ti-other")).Status == HttpStatusCode.NotFound)
        {
            await Client.Create("hubs", SampleSetup.Hub("ti-other"));
            await Client.Create("agents", new AgentRequest { Code = "ti-theirs", Name = "T", Hub = "ti-other", Contract = "ti-full" });
        }

        var key = await Client.Create("api-keys", new { name = "hr of ti", role = "integration", hubs = new[] { "ti" } });
        using var hr = _bench.Server.ClientWith((string)key.Json["key"]!);

        var answer = await hr.Post(Path, RowFiles.Csv($"agent,type,from\nti-theirs,annual,{Day(40)}\n{ann},annual,{Day(40)}\n"));

        answer.Counts().Should().Equal(2, 1, 1, 0, 0, 1);
        answer.Rejections().Should().Equal("2 agent otherHub");
        (await Listed("ti-theirs")).Should().BeEmpty();
    }

    [Test]
    public async Task Import_JsonAndLines_ReadTheSame()
    {
        var ann = (await _bench.People(1))[0];
        var row = $$"""{"agent":"{{ann}}","type":"annual","from":"{{Day(40)}}","to":"{{Day(42)}}"}""";

        (await Client.Post(Path, RowFiles.Lines(row, "", "{broken", row.Replace("type", "kind"), row))).Outcomes()
            .Should().Equal("1 created", "3 rejected", "4 rejected", "5 duplicate");
        (await Client.Post(Path, $"[{row}]")).Outcomes().Should().Equal("1 duplicate");
    }

    [Test]
    public async Task Import_MoreRowsThanAreReadAtOnce_Is413AndStoresNothing()
    {
        var ann = (await _bench.People(1))[0];
        var file = new StringBuilder("agent,type,from\n");
        for (var i = 0; i <= 20_000; i++)
        {
            file.Append(ann).Append(",annual,").Append(Day(40)).Append('\n');
        }

        (await Import(file.ToString())).Is(HttpStatusCode.RequestEntityTooLarge).Text.Should().Contain("20,000 rows").And.Contain("Nothing was stored");
        (await Listed(ann)).Should().BeEmpty();
    }

    [Test]
    public async Task Import_TenThousandRows_TakesSeconds()
    {
        const int People = 500;
        var ids = new List<string>();
        await _bench.WithDb(async db =>
        {
            var template = await db.Agents.AsNoTracking().FirstAsync(a => a.Code.StartsWith("ti-"));
            for (var i = 0; i < People; i++)
            {
                ids.Add($"ti-many-{i:000}");
                db.Agents.Add(new Agent { Code = ids[i], Name = "M", HubId = template.HubId, ContractId = template.ContractId, UpdatedAt = Now });
            }

            await db.SaveChangesAsync();
        });
        var opening = new StringBuilder("agent,type,kind,on,hours,reason\n");
        ids.ForEach(id => opening.Append(id).Append(",ti-annual,opening,").Append(Day(-30)).Append(",1000,Test\n"));
        (await Client.Post("/api/v1/balances:import", RowFiles.Csv(opening.ToString()))).Counts().Should().Equal(People, People, People, 0, 0, 0);
        var file = new StringBuilder("agent,type,from,to\n");
        for (var week = 0; week < 20; week++)
        {
            ids.ForEach(id => file.Append(id).Append(",ti-annual,").Append(Day(42 + (7 * week))).Append(',').Append(Day(44 + (7 * week))).Append('\n'));
        }

        var watch = Stopwatch.StartNew();
        var first = await Import(file.ToString());
        var (stored, before) = (watch.Elapsed, watch.Elapsed);
        var again = await Import(file.ToString());

        first.Counts().Should().Equal(10_000, 10_000, 10_000, 0, 0, 0);
        again.Counts().Should().Equal(10_000, 10_000, 0, 0, 10_000, 0);
        TestContext.Out.WriteLine($"{kind}: 10,000 rows stored in {stored.TotalSeconds:0.0} s, known again in {(watch.Elapsed - before).TotalSeconds:0.0} s.");
        stored.TotalSeconds.Should().BeLessThan(60);
        (await Balance("ti-many-000")).Should().BeApproximately(1000 - (20 * 18), 0.01);
    }
}
