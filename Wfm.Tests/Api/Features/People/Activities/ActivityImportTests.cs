using System.Net;
using System.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Activities;

/// <summary>Trainings, meetings and coaching by file.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ActivityImportTests(StoreKind kind)
{
    private const string Path = "/api/v1/activities:import";
    private const string Header = "code,title,minutes,hub,agents,skill_group,grouping,group_size,quorum,coach,from,to,time_from,time_to,weekdays,must\n";

    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await SwapBench.Start(kind, "ui");

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    private Task<ApiAnswer> Import(string rows, bool dryRun = false) => Client.Post(dryRun ? $"{Path}?dryRun=true" : Path, RowFiles.Csv(Header + rows));

    private async Task<string[]> Titles(string agent) =>
        [
            .. (await Client.Get($"/api/v1/activities?hub=ui&agent={agent}&limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray()
                .Select(a => (string)a!["title"]!).Order(StringComparer.Ordinal),
        ];

    [Test]
    public async Task Import_PeopleAndGroups_ArePlannedOnceWithEveryColumn()
    {
        var people = await _bench.People(3);
        var rows = $"training,\"First aid, part 1\",60,ui,{people[0]};{people[1]},,groups,2,1,{people[2]},{Day(7)},{Day(13)},09:00,17:00,mon-wed;fri,true\n"
            + $"coaching,Chats,30,ui,,live,alone,,,,{Day(7)},{Day(13)},,,,\n";

        (await Import(rows, dryRun: true)).Outcomes().Should().Equal("2 created", "3 created");
        (await Titles(people[0])).Should().NotContain("Chats");
        (await Import(rows)).Outcomes().Should().Equal("2 created", "3 created");
        await _bench.People(1); // one more with the skill of the group
        var again = await Import(rows);

        again.Outcomes().Should().Equal("2 duplicate", "3 duplicate");
        (await Titles(people[0])).Should().Equal("Chats", "First aid, part 1");
        var stored = (await Client.Get($"/api/v1/activities/{again.Json["results"]![0]!["id"]}")).Is(HttpStatusCode.OK).Json;
        stored["agents"]!.AsArray().Select(a => (string)a!).Should().Equal(people[0], people[1]);
        stored["weekdays"]!.ToJsonString().Should().Be("""["monday","tuesday","wednesday","friday"]""");
        ($"{stored["grouping"]} {stored["groupSize"]} {stored["quorum"]} {stored["coach"]} {stored["timeFrom"]} {stored["timeTo"]} {stored["must"]}").Should()
            .Be($"groups 2 1 {people[2]} 09:00:00 17:00:00 true");
        (await Client.Post($"/api/v1/activities/{stored["id"]}:cancel", new { })).Is(HttpStatusCode.OK);
        (await Import(rows)).Outcomes().Should().Equal(["2 created", "3 duplicate"], "the first was cancelled");
    }

    [Test]
    public async Task Import_BadRows_NameTheirFieldsAndLoseNothingElse()
    {
        var ann = (await _bench.People(1))[0];
        string Row(string start, string people, string rest) => $"{start},60,ui,{people},{rest}\n";
        var when = $"{Day(7)},{Day(13)}";

        var answer = await Import(
            Row("opera,A", ann, $",together,,,,{when},,,,")
            + Row("training,B", "ui-99", $",together,,,,{when},,,,")
            + Row("training,C", "", $",together,,,,{when},,,,")
            + Row("training,D", ann, $",somehow,,,,{when},,,,")
            + Row("training,E", ann, $",groups,,,,{when},,,,")
            + Row("training,F", ann, $",together,,,,{Day(-9)},{Day(-7)},,,,")
            + Row("training,G", ann, $",together,,,,{when},nine,,someday,")
            + $"training,H,60,nowhere,{ann},,,,,,{when},,,,\n"
            + $"training,I,,ui,{ann},,,,,,{when},,,,\n"
            + $"training,J,5000,ui,{ann},,,,,,{when},,,,\n"
            + Row("training,K", ann, $",together,,,,{when},,,,"));

        answer.Outcomes()[^1].Should().Be("12 created");
        answer.Rejections().Should().Equal(
            "2 code unusable", "3 agents unknown", "4 agents unusable", "5 grouping unreadable", "6 group_size unusable", "7 to unusable",
            "8 time_from unreadable", "8 weekdays unreadable", "9 hub unknown", "10 minutes malformed", "11 minutes malformed");
    }

    [Test]
    public async Task Import_KeyOfAnotherHub_IsRefusedRowByRow()
    {
        await Client.Create("hubs", SampleSetup.Hub("ui-other"));
        var key = await Client.Create("api-keys", new { name = "manager of another hub", role = "hub-manager", hubs = new[] { "ui-other" } });
        using var manager = _bench.Server.ClientWith((string)key.Json["key"]!);

        (await manager.Post(Path, RowFiles.Csv($"{Header}training,A,60,ui,ui-01,,,,,,{Day(7)},{Day(13)},,,,\n"))).Rejections().Should().Equal("2 hub otherHub");
    }

    [Test]
    public async Task Import_TwoThousandRows_TakesSeconds()
    {
        await _bench.People(1);
        var rows = new StringBuilder();
        for (var i = 0; i < 2000; i++)
        {
            rows.Append("training,Course ").Append(i).Append(",60,ui,,live,together,,,,").Append(Day(7)).Append(',').Append(Day(13)).Append(",,,,\n");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await Import(rows.ToString())).Counts().Should().Equal(2000, 2000, 2000, 0, 0, 0);

        TestContext.Out.WriteLine($"{kind}: 2,000 activities in {watch.Elapsed.TotalSeconds:0.0} s.");
        watch.Elapsed.TotalSeconds.Should().BeLessThan(30);
        await _bench.WithDb(async db =>
        {
            db.RemoveRange(db.Set<Wfm.Api.Features.People.Activities.PlannedActivity>().Where(a => a.Title.StartsWith("Course ")));
            await db.SaveChangesAsync();
        });
    }
}
