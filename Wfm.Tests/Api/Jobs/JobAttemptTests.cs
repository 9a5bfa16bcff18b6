using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Jobs.TestJobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>How often a job is tried, and when no more, on a clock that stands still.</summary>
public sealed class JobAttemptTests
{
    private static readonly Instant Now = Instant.FromUtc(2025, 7, 28, 11, 0);

    private JobBench _bench = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = new JobBench(
            await WfmServer.Start(
                StoreKind.Sqlite, services: services =>
                {
                    Add(services);
                    services.AddSingleton<IClock>(new FakeClock(Now));
                }));
        await _bench.Server.Client.Create("hubs", SampleSetup.Hub("try-hub"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Run_BugEachTime_WaitsLongerAndHasFailedAfterFourAttempts()
    {
        var id = await _bench.Add<Broken>("try-hub", new BrokenArguments());
        var pauses = new List<Duration?>();
        for (var i = 0; i < JobRunner.Attempts; i++)
        {
            await _bench.Runner.Run(id, default);
            pauses.Add((await _bench.Row(id)).RetryAt - Now);
        }

        pauses.Should().Equal(Duration.FromSeconds(15), Duration.FromMinutes(1), Duration.FromMinutes(5), null);
        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = 4, FinishedAt = (Instant?)Now });
    }

    [Test]
    public async Task Run_JobThatKilledFourWorkers_HasFailedAndKillsNoFifth()
    {
        var id = await Dead(attempt: 4);

        await _bench.Runner.Run(id, default);

        var row = await _bench.Row(id);
        row.Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = 4 });
        row.Error.Should().Contain("died 4 times");
    }

    [Test]
    public async Task Run_CancelledWhileItsWorkerWasDead_EndsCancelledAtOnce()
    {
        var id = await Dead(attempt: 1);
        await _bench.Server.Client.Delete($"/api/v1/jobs/{id}");

        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).State.Should().Be(JobState.Cancelled);
    }

    [Test]
    public async Task Sweep_ClockSetBackAfterTheWorkerDied_TellsBySilence()
    {
        var id = await Dead(attempt: 1);
        Instant? later = Now + Duration.FromHours(2);
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, later)));
        var time = new StepTime();
        var sweeper = ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services, time);

        await sweeper.Look(default);
        time.Elapsed += JobSweeper.Silence + JobSweeper.LongestGap;
        await sweeper.Look(default);
        (await _bench.Row(id)).HeartbeatAt.Should().Be(later, "nobody looked meanwhile: the store may have been away from the worker too");
        await time.LookOn(sweeper, async () => (await _bench.Row(id)).HeartbeatAt.Should().Be(later, "it may be alive on a clock that is ahead"));

        var job = await _bench.Server.Client.Finish($"/api/v1/jobs/{id}");
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        ((int)job["attempt"]!).Should().Be(2);
    }

    [Test]
    public async Task Sweep_AskedForBeforeTheClockWasSetBack_IsHandedIn()
    {
        Open("dead");
        var id = await _bench.Add<Gated>("try-hub", new GateArguments("dead"), JobState.Queued);
        var later = Now + Duration.FromHours(2);
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.RequestedAt, later).SetProperty(x => x.MessageId, (string?)null)));

        await ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services).Sweep(default);

        var job = await _bench.Server.Client.Finish($"/api/v1/jobs/{id}");
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
    }

    [Test]
    public async Task Sweep_RetryFurtherAheadThanAnyPause_IsDue()
    {
        Open("dead");
        var id = await _bench.Add<Gated>("try-hub", new GateArguments("dead"), age: JobBench.LongAgo);
        Instant? later = Instant.FromUtc(2150, 1, 1, 0, 0); // noted before the clock was set back
        await _bench.WithDb(async db =>
        {
            var row = db.Jobs.Where(j => j.Id == id);
            await row.ExecuteUpdateAsync(j => j.SetProperty(x => x.RetryAt, later));
            return await _bench.Server.Services.GetRequiredService<JobMessages>().HandIn(db, await JobMessages.Tickets(row, default), default);
        });
        (await _bench.Row(id)).MessageId.Should().NotBeNullOrEmpty("it waits with the engine");

        await ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services).Sweep(default);

        var job = await _bench.Server.Client.Finish($"/api/v1/jobs/{id}");
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
    }

    /// <summary>A job that its worker left by dying, at a gate that is open.</summary>
    private async Task<Guid> Dead(int attempt)
    {
        Open("dead");
        var id = await _bench.Add<Gated>("try-hub", new GateArguments("dead"), JobState.Running);
        Instant? longAgo = Now - JobBench.LongAgo;
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.Attempt, attempt).SetProperty(x => x.HeartbeatAt, longAgo)));
        return id;
    }
}
