using System.Net;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Availability;

/// <summary>Availability on dates by file.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AvailabilityImportTests(StoreKind kind)
{
    private const string Path = "/api/v1/availability:import";
    private const string Header = "agent,from,to,windows,times,reason\n";

    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start() => _bench = await SwapBench.Start(kind, "ai");

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    private Task<ApiAnswer> Import(string rows, bool dryRun = false) => Client.Post(dryRun ? $"{Path}?dryRun=true" : Path, RowFiles.Csv(Header + rows));

    private async Task<string[]> Rules(Guid roster, string agent, int day, string start)
    {
        var answer = await Client.Post($"/api/v1/rosters/{roster}/edits?check=true", new
        {
            reason = "A test.",
            operations = new[] { new { kind = "assign", agent, date = Day(day), shift = new { template = "ai-early", start, group = "live" } } },
        });
        return [.. answer.Is(HttpStatusCode.OK).Json["broken"]!.AsArray().Select(b => (string)b!["rule"]!).Distinct()];
    }

    [Test]
    public async Task Import_WindowsAndTimes_AreInForceAtOnceAndNotTwice()
    {
        var ann = (await _bench.People(1))[0];
        var rows = $"{ann},{Day(20)},{Day(26)},mon-fri 09:00-17:00;sat 09:00-13:00,,School\n{ann},{Day(30)},,,08:00-12:00;13:00-15:00,\n{ann},{Day(33)},,,,\n";

        var first = await Import(rows);
        var again = await Import(rows);

        first.Outcomes().Should().Equal("2 created", "3 created", "4 created");
        again.Outcomes().Should().Equal("2 duplicate", "3 duplicate", "4 duplicate");
        var listed = (await Client.Get($"/api/v1/availability-requests?agent={ann}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        listed.Select(r => $"{r!["from"]} {r["to"]} {r["windows"]!.AsArray().Count} {r["state"]}").Should().BeEquivalentTo(
            $"{Day(20)} {Day(26)} 6 approved", $"{Day(30)} {Day(30)} 14 approved", $"{Day(33)} {Day(33)} 0 approved");
        (await Import($"{ann},{Day(30)},,,08:00-12:00,\n")).Outcomes().Should().Equal("2 created");
        (await Import($"{ann},{Day(30)},,,08:00-12:00;13:00-15:00,\n")).Outcomes().Should().Equal(["2 created"], "the other was said later and counts");
    }

    [Test]
    public async Task Import_OnDates_IsKeptByEdits()
    {
        var ann = (await _bench.People(1))[0];
        var roster = await _bench.Roster([ann], [], days: 28);
        (await Rules(roster, ann, 21, "08:00:00")).Should().BeEmpty();

        (await Import($"{ann},{Day(21)},{Day(23)},,09:00-19:00,\n")).Counts().Should().Equal(1, 1, 1, 0, 0, 0);

        (await Rules(roster, ann, 21, "08:00:00")).Should().Equal("availability");
        (await Rules(roster, ann, 21, "09:00:00")).Should().BeEmpty();
    }

    [Test]
    public async Task Import_PublishedShiftsOutside_AreToldAndADryRunStoresNothing()
    {
        var ann = (await _bench.People(1))[0];
        await _bench.Roster([ann], [(ann, 2, 8), (ann, 3, 8), (ann, 9, 8)]);

        var tried = await Import($"{ann},{Day(2)},{Day(3)},,09:00-18:00,\n", dryRun: true);

        tried.Notes().Should().Equal("2 shiftsOutside 2");
        (await Client.Get($"/api/v1/availability-requests?agent={ann}")).Json["items"]!.AsArray().Should().BeEmpty();
        (await Import($"{ann},{Day(2)},{Day(3)},,08:00-18:00,\n")).Notes().Should().BeEmpty("both lie within");
    }

    [Test]
    public async Task Import_BadRows_LoseNothingElse()
    {
        var ann = (await _bench.People(1))[0];

        var answer = await Import(
            $"nobody,{Day(20)},,,,\n{ann},{Day(-1)},,,,\n{ann},{Day(20)},{Day(19)},,,\n{ann},soon,,,,\n{ann},{Day(20)},,mon 8-12,,\n{ann},{Day(20)},,,8-12,\n"
            + $"{ann},{Day(20)},,mon 08:00-12:00,08:00-12:00,\n{ann},{Day(20)},,mon 08:00-12:00;mon 11:00-13:00,,\n{ann},,,,,\n{ann},{Day(21)},,,,\n");

        answer.Outcomes()[^1].Should().Be("11 created");
        answer.Rejections().Should().Equal(
            "2 agent unknown", "3 from unusable", "4 to unusable", "5 from unreadable", "6 windows unreadable", "7 times unreadable", "8 times unusable",
            "9 windows unusable", "10 from malformed");
    }
}
