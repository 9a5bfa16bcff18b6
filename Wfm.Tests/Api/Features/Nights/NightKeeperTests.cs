using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Nights;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class NightKeeperTests(StoreKind kind)
{
    private static readonly Instant Noon = Instant.FromUtc(2025, 7, 28, 11, 0); // in Dublin, on Monday the 28th

    private readonly FakeClock _clock = new(Noon);
    private JobBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start() => _bench = new JobBench(await WfmServer.Start(kind, services: services => services.AddSingleton<IClock>(_clock)));

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Keep_HubYoungerThanTheNight_BeginsWithTheNextOne()
    {
        await Hub("kp-new", "02:00");

        await KeepAt(Noon, Noon + Duration.FromHours(2), Instant.FromUtc(2025, 7, 29, 0, 59));
        (await Nights("kp-new")).Should().BeEmpty();

        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 0), Instant.FromUtc(2025, 7, 29, 1, 1));
        (await Nights("kp-new")).Should().Equal("2025-07-29");
    }

    [Test]
    public async Task Keep_CatchUpInTheEveningAndTheNightAfterIt_BothRun()
    {
        await Hub("kp-late", "23:30");
        await KeepAt(Instant.FromUtc(2025, 7, 28, 22, 30)); // the night that ends on the 29th

        await KeepAt(Instant.FromUtc(2025, 7, 30, 19, 0)); // down all of the night of the 30th, up again at 20:00
        await KeepAt(Instant.FromUtc(2025, 7, 30, 22, 30));

        (await Nights("kp-late")).Should().Equal("2025-07-29", "2025-07-30", "2025-07-31");
    }

    [Test]
    public async Task Keep_RestartAcrossTheHour_LosesNothing()
    {
        await Hub("kp-restart", "02:00");
        await KeepAt(Noon, Instant.FromUtc(2025, 7, 29, 0, 59));

        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 4)); // another process, five minutes later
        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 5));

        (await Nights("kp-restart")).Should().Equal("2025-07-29");
    }

    [Test]
    public async Task Keep_DownForDays_MakesUpForTheLastNightOnce()
    {
        await Hub("kp-down", "02:00");
        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 0));

        await KeepAt(Instant.FromUtc(2025, 8, 2, 15, 0), Instant.FromUtc(2025, 8, 2, 15, 1), Instant.FromUtc(2025, 8, 3, 1, 0));

        (await Nights("kp-down")).Should().Equal("2025-07-29", "2025-08-02", "2025-08-03");
    }

    [Test]
    public async Task List_NightsOfAHub_TellsTheLastAndTheNext()
    {
        await Hub("kp-list", "02:00");
        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 0));

        var night = (await _bench.Server.Client.Get("/api/v1/jobs/nightly?limit=1000")).Json["items"]!.AsArray().Single(n => (string?)n!["hub"] == "kp-list")!;

        ((string?)night["nextNight"]).Should().Be("2025-07-30");
        ((string?)night["nextAt"]).Should().Be("2025-07-30T01:00:00Z");
        ((string?)night["lastNight"]).Should().Be("2025-07-29");
        ((string?)night["lastAt"]).Should().Be("2025-07-29T01:00:00Z");
    }

    [Test]
    public async Task Keep_NightThatFailed_IsNotStartedAgain()
    {
        await Hub("kp-fail", "02:00");
        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 0));
        var job = await _bench.WithDb(db => db.Jobs.AsNoTracking().SingleAsync(j => j.DeduplicationKey == "nightly:kp-fail:2025-07-29"));
        ((string?)(await _bench.Server.Client.Finish($"/api/v1/jobs/{job.Id}"))["state"]).Should().Be("failed", "the hub has no volumes");

        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 1), Instant.FromUtc(2025, 7, 29, 9, 0));

        (await Nights("kp-fail")).Should().Equal("2025-07-29");
    }

    // done at 02:00 and moved later: not twice; not yet due at 04:00 and moved to an hour that has passed: at once; across midnight: one a night
    [TestCase("02:00", "04:00", "2025-07-29T02:00:00Z")]
    [TestCase("04:00", "02:00", "2025-07-29T02:00:00Z")]
    [TestCase("23:30", "00:30", "2025-07-29T11:00:00Z")]
    [TestCase("00:30", "23:30", "2025-07-29T11:00:00Z")]
    public async Task Keep_TimeChanged_NeitherLosesNorDoublesANight(string from, string to, string changed)
    {
        var code = $"kp-{from[..2]}-{to[..2]}";
        var change = NodaTime.Text.InstantPattern.ExtendedIso.Parse(changed).Value;
        await Hub(code, from);
        await KeepEveryHalfHour(Noon, change);
        _clock.Reset(change);

        (await _bench.Server.Client.Put($"/api/v1/hubs/{code}", Request(code, to), "*")).Is(HttpStatusCode.OK);
        await KeepEveryHalfHour(change, Instant.FromUtc(2025, 7, 31, 11, 0));

        (await Nights(code)).Should().Equal("2025-07-29", "2025-07-30", "2025-07-31");
    }

    [Test]
    public async Task Keep_TwoProcessesAtOnce_HandTheNightInOnce()
    {
        await Hub("kp-two", "02:00");
        await KeepAt(Noon);
        _clock.Reset(Instant.FromUtc(2025, 7, 29, 1, 0));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Keeper().Keep(default))));

        (await Nights("kp-two")).Should().Equal("2025-07-29");
    }

    [Test]
    public async Task Delete_HubThatHadNights_TakesThemAlong()
    {
        await Hub("kp-gone", "02:00");
        await KeepAt(Noon);

        (await _bench.Server.Client.Delete("/api/v1/hubs/kp-gone", "*")).Is(HttpStatusCode.NoContent);

        await KeepAt(Instant.FromUtc(2025, 7, 29, 1, 0));
        (await Nights("kp-gone")).Should().BeEmpty();
    }

    private async Task Hub(string code, string nightlyAt)
    {
        _clock.Reset(Noon);
        await _bench.Server.Client.Create("hubs", Request(code, nightlyAt));
    }

    private static HubRequest Request(string code, string nightlyAt) =>
        SampleSetup.Hub(code) with { NightlyAt = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(nightlyAt).Value };

    private async Task KeepAt(params Instant[] moments)
    {
        foreach (var moment in moments)
        {
            _clock.Reset(moment);
            await Keeper().Keep(default); // each time a new one: nothing is remembered but rows
        }
    }

    private async Task KeepEveryHalfHour(Instant from, Instant to)
    {
        for (var now = from; now <= to; now += Duration.FromMinutes(30))
        {
            await KeepAt(now);
        }
    }

    private NightKeeper Keeper() => ActivatorUtilities.CreateInstance<NightKeeper>(_bench.Server.Services);

    /// <summary>Local days of the hub's chains, as handed in.</summary>
    private Task<List<string>> Nights(string hub) =>
        _bench.WithDb(async db =>
            (
                await db
                    .Jobs.AsNoTracking()
                    .Where(j => j.Kind == NightlyChain.Kind && j.DeduplicationKey!.StartsWith($"nightly:{hub}:"))
                    .OrderBy(j => j.Id)
                    .ToListAsync()
            ).ConvertAll(j => j.DeduplicationKey![^10..]));
}
