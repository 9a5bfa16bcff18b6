using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Jobs;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class JobRunnerTests(StoreKind kind)
{
    private const long Forever = 1_000_000_000;
    private static readonly ForecastArguments Brief = new(null, 8, 1, Publish: true);
    private static readonly RosterArguments Endless = new(null, SmallOperation.CutOffDate, 7, 0.8, new SolveLimits(1, Forever));

    private JobBench _bench = null!;
    private SmallOperation _operation = null!;

    private HttpClient Client => _bench.Server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await JobBench.Start(kind);
        _operation = await SmallOperation.SetUp(Client, "jobs");
        await _operation.AddPeople(4);
        await _operation.Import(_operation.Volumes(_operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await _operation.Forecast(new { horizonDays = 8 });
        await _operation.Requirement(new { paths = 20 });
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Run_SameRowTwiceAtOnce_DoesItsWorkOnce()
    {
        var id = await _bench.Add<ForecastJob>("jobs", Brief);

        await Task.WhenAll(_bench.Runner.Run(id, default), _bench.Runner.Run(id, default));
        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Succeeded, Attempt = 1, Progress = 1.0 });
        (await _bench.WithDb(db => db.Forecasts.CountAsync(f => f.JobId == id))).Should().Be(1);
    }

    [Test]
    public async Task Run_ResultStoredBeforeTheWorkerDied_IsNotStoredAgain()
    {
        var id = await _bench.Add<ForecastJob>("jobs", Brief);
        await _bench.Runner.Run(id, default);
        var first = await _bench.Row(id);
        await _bench.Abandon(id);

        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Succeeded, Attempt = 2, first.Result });
        (await _bench.WithDb(db => db.Forecasts.CountAsync(f => f.JobId == id))).Should().Be(1);
    }

    [Test]
    public async Task Cancel_RunningRoster_EndsCancelledAndStoresNothing()
    {
        var accepted = (
            await Client.Post(
                "/api/v1/rosters", new
                {
                    hub = "jobs",
                    start = "2025-07-28",
                    days = 7,
                    maximumMoves = Forever,
                })
        ).Is(HttpStatusCode.Accepted);
        var id = (Guid)accepted.Json["jobId"]!;
        await _bench.Until(id, "running");

        (await Client.Delete($"/api/v1/jobs/{id}")).Is(HttpStatusCode.Accepted);

        ((string?)(await Client.Finish($"/api/v1/jobs/{id}"))["state"]).Should().Be("cancelled");
        (await _bench.WithDb(db => db.Rosters.CountAsync(r => r.JobId == id))).Should().Be(0);
        (await _bench.WithDb(db => db.Shifts.CountAsync(s => !db.Set<Roster>().Any(r => r.Id == s.RosterId)))).Should().Be(0);
    }

    [Test]
    public async Task Run_WorkerShutsDown_LeavesTheJobQueuedAndAnotherFinishesIt()
    {
        using var shutdown = new CancellationTokenSource();
        var id = await _bench.Add<RosterJob>("jobs", Endless with { Limits = Endless.Limits with { Seconds = 30 } });
        var run = _bench.Runner.Run(id, shutdown.Token);
        await _bench.Until(id, "running");
        await shutdown.CancelAsync();
        await run;

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Queued, FinishedAt = (Instant?)null });
        (await _bench.WithDb(db => db.Rosters.CountAsync(r => r.JobId == id))).Should().Be(0);

        (await Client.Delete($"/api/v1/jobs/{id}")).Is(HttpStatusCode.Accepted); // nobody waits the half minute for it
    }

    [Test]
    public async Task Run_AnotherWorkerTookOver_TheFirstStopsAndChangesNothing()
    {
        var id = await _bench.Add<RosterJob>("jobs", Endless);
        var slow = _bench.Runner.Run(id, default);
        await _bench.Until(id, "running");
        await _bench.WithDb(db =>
            db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.Attempt, 2).SetProperty(x => x.Step, "the other's")));

        await slow;

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Running, Attempt = 2, Step = "the other's" });
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.State, JobState.Cancelled)));
    }

    [Test]
    public async Task Commit_RowIsAnotherWorkersByNow_StoresNothing()
    {
        var id = await _bench.Add<ForecastJob>("jobs", Brief, JobState.Running);
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        scope.ServiceProvider.GetRequiredService<JobHold>().Begin(await _bench.Row(id), db);
        db.Hubs.Add(new Hub { Code = "in-time", Name = "In time", TimeZone = "Europe/Dublin", Country = "IE" });
        await db.SaveChangesAsync();
        await _bench.WithDb(all => all.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.Attempt, 2)));

        db.Hubs.Add(new Hub { Code = "too-late", Name = "Too late", TimeZone = "Europe/Dublin", Country = "IE" });
        await FluentActions.Awaiting(() => db.SaveChangesAsync()).Should().ThrowAsync<JobTakenException>();

        (await _bench.WithDb(all => all.Hubs.Where(h => h.Name == "In time" || h.Name == "Too late").Select(h => h.Code).ToListAsync())).Should()
            .Equal("in-time");
        await _bench.WithDb(all => all.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.State, JobState.Cancelled)));
    }

    [Test]
    public async Task Sweep_RunningWithAnOldHeartbeat_IsTakenUpAgainAndCompletes()
    {
        var id = await _bench.Add<ForecastJob>("jobs", Brief, JobState.Running, JobBench.LongAgo);

        await ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services).Sweep(default);

        var job = await Client.Finish($"/api/v1/jobs/{id}");
        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        ((int)job["attempt"]!).Should().Be(2);
    }

    [Test]
    public async Task Sweep_RunningWithAFreshHeartbeat_IsLeftAlone()
    {
        var id = await _bench.Add<ForecastJob>("jobs", Brief, JobState.Running);

        await ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services).Sweep(default);
        await _bench.Runner.Run(id, default);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Running, Attempt = 1 });
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.State, JobState.Cancelled)));
    }

    [Test]
    public async Task Submit_SameDeduplicationKey_IsTheSameJobUntilItEnds()
    {
        async Task<Job> Submit()
        {
            await using var scope = _bench.Server.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<JobQueue>()
                .Submit<RosterJob>(Endless, await _bench.HubId("jobs"), new JobOwner("test"), "one-at-a-time", default);
        }

        var first = await Submit();
        (await Submit()).Id.Should().Be(first.Id);
        await Client.Delete($"/api/v1/jobs/{first.Id}");
        await Client.Finish($"/api/v1/jobs/{first.Id}");

        var next = await Submit();

        next.Id.Should().NotBe(first.Id);
        await Client.Delete($"/api/v1/jobs/{next.Id}");
        await Client.Finish($"/api/v1/jobs/{next.Id}");
    }
}
