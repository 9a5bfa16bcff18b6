using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Quartz;
using Wfm.Api.Features.Nights;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Nights;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class NightlyScheduleTests(StoreKind kind)
{
    private JobBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await JobBench.Start(kind);
        await SmallOperation.SetUp(_bench.Server.Client, "clock");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Fire_TwiceInOneLocalNightAndOnceInTheNext_SubmitsTwoChains()
    {
        var (hub, engine) = (await _bench.HubId("clock"), new Handed());
        Instant[] fired = [Instant.FromUtc(2025, 7, 28, 23, 30), Instant.FromUtc(2025, 7, 29, 1, 0), Instant.FromUtc(2025, 7, 29, 23, 30)]; // 00:30 and 02:00 on the 29th in Dublin, 00:30 on the 30th

        foreach (var now in fired)
        {
            await _bench.WithDb(async db =>
            {
                await new NightlySchedule(db, new JobQueue(db, engine, new At(now)), new At(now)).Fire(hub, default);
                return 0;
            });
        }

        var chains = await _bench.WithDb(db => db.Jobs.AsNoTracking().Where(j => j.HubId == hub && j.Owner == NightlySchedule.Owner).OrderBy(j => j.Id).ToListAsync());
        chains.Select(c => c.DeduplicationKey).Should().Equal("nightly:clock:2025-07-29", "nightly:clock:2025-07-30");
        engine.Jobs.Should().Equal(chains.Select(c => c.Id));
    }

    [Test]
    public async Task Fire_HubDeletedMeanwhile_DoesNothing()
    {
        var engine = new Handed();
        await _bench.WithDb(async db =>
        {
            await new NightlySchedule(db, new JobQueue(db, engine, new At(default)), new At(default)).Fire(Guid.CreateVersion7(), default);
            return 0;
        });

        engine.Jobs.Should().BeEmpty();
    }

    // the night the clocks go back and the one before, the night they skip 01:00–02:00, and half-hour zones; years ahead, because a trigger knows no past
    [TestCase("Europe/Dublin", 2, 30, "2030-10-26T12:00:00Z", "2030-10-27T02:30:00Z")]
    [TestCase("Europe/Dublin", 2, 30, "2030-10-25T12:00:00Z", "2030-10-26T01:30:00Z")]
    [TestCase("Europe/Dublin", 1, 30, "2030-03-30T12:00:00Z", "2030-03-31T00:30:00Z")] // 01:30 does not exist that night: once all the same, before the jump
    [TestCase("Australia/Lord_Howe", 3, 15, "2030-06-01T12:00:00Z", "2030-06-01T16:45:00Z")]
    [TestCase("Asia/Kolkata", 0, 0, "2030-06-01T12:00:00Z", "2030-06-01T18:30:00Z")]
    public async Task ScheduleNightly_Zone_FiresAtTheLocalTime(string zone, int hour, int minute, string after, string next)
    {
        var hub = Guid.CreateVersion7();
        var engine = _bench.Server.Services.GetRequiredService<IJobEngine>();

        await engine.ScheduleNightly(hub, new LocalTime(5, 0), DateTimeZone.Utc, default);
        await engine.ScheduleNightly(hub, new LocalTime(hour, minute), DateTimeZoneProviders.Tzdb[zone], default); // replaces it

        (await Trigger(hub))!.GetFireTimeAfter(DateTimeOffset.Parse(after, null)).Should().Be(DateTimeOffset.Parse(next, null));
        await engine.Unschedule(hub, default);
        (await Trigger(hub)).Should().BeNull();
    }

    private async Task<ITrigger?> Trigger(Guid hub) =>
        await (await _bench.Server.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).GetTrigger(new TriggerKey(hub.ToString(), "nightly"));

    private sealed class At(Instant now) : IClock
    {
        public Instant GetCurrentInstant() => now;
    }

    /// <summary>An engine that only remembers what it was handed.</summary>
    private sealed class Handed : IJobEngine
    {
        public List<Guid> Jobs { get; } = [];

        public Task Enqueue(Guid jobId, CancellationToken cancellationToken)
        {
            Jobs.Add(jobId);
            return Task.CompletedTask;
        }

        public Task ScheduleNightly(Guid hubId, LocalTime at, DateTimeZone zone, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task Unschedule(Guid hubId, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
