using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Nights;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Nights;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class NightlyChainTests(StoreKind kind)
{
    private static readonly NightlyChainArguments Small = new(
        HorizonDays: 16, Paths: 20, RosterDays: 7, MaximumMoves: 2_000, ProofRounds: 1, ProofTrials: 1, ProofMoves: 2_000);

    private JobBench _bench = null!;

    private HttpClient Client => _bench.Server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await JobBench.Start(kind);
        var operation = await SmallOperation.SetUp(Client, "night");
        await operation.AddPeople(3);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await SmallOperation.SetUp(Client, "night-empty");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [Test]
    public async Task Run_TwoHubsOneWithoutVolumes_OneFailsWithTheReasonTheOtherSucceeds()
    {
        var (empty, full) = (await Submit("night-empty"), await Submit("night"));

        var failed = await Client.Finish($"/api/v1/jobs/{empty}");
        var done = await Client.Finish($"/api/v1/jobs/{full}");

        ((string?)failed["state"]).Should().Be("failed");
        ((string?)failed["error"]).Should().Contain("import check").And.Contain("night-empty").And.Contain("no volumes");
        ((string?)done["state"]).Should().Be("succeeded", done.ToJsonString());
        ((double)done["progress"]!).Should().Be(1);
        done["children"]!.AsArray().Select(c => (string?)c!["kind"]).Should()
            .Equal("import-check", "learning", "forecast", "requirement", "roster", "proof");
        done["children"]!.AsArray().Should().OnlyContain(c => (string?)c!["state"] == "succeeded" && (Guid)c["parent"]! == full);
        ((string?)done["result"]).Should().StartWith("/api/v1/rosters/");
        var roster = (await Client.Get((string)done["result"]!)).Json;
        ((string?)roster["state"]).Should().Be("draft", "people publish rosters");
        ((int)roster["service"]!["queues"]!).Should().Be(1, "the service it delivers is simulated the same night");
        ((string?)done["children"]![5]!["result"]).Should().Be($"{done["result"]}/proof", "of the roster made, or of the one mended from it");
        var proof = (await Client.Get((string)done["children"]![5]!["result"]!)).Json;
        $"/api/v1/rosters/{proof["originalId"]}".Should().Be((string?)done["children"]![4]!["result"]);
        ((bool)proof["changed"]!).Should().Be((string?)done["result"] != (string?)done["children"]![4]!["result"]);
        ((string?)roster["start"]).Should().Be("2025-07-28", "the first Monday after the cut-off on Sunday evening");
        ((string?)(await Client.Get((string)done["children"]![2]!["result"]!)).Json["state"]).Should().Be("published");
    }

    [Test]
    public async Task Run_ChainLeftByADeadWorker_GoesOnAfterTheStepsAlreadyDone()
    {
        var chain = await _bench.Add<NightlyChain>("night", Small);
        await _bench.Runner.Run(chain, default);
        var last = (await _bench.Steps(chain))[^1].Id;
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == last).ExecuteUpdateAsync(j => j.SetProperty(x => x.State, JobState.Failed)));
        await _bench.Abandon(chain);

        await _bench.Runner.Run(chain, default);

        (await _bench.Row(chain)).Should().BeEquivalentTo(new { State = JobState.Succeeded, Attempt = 2 });
        (await _bench.Steps(chain)).Select(s => (s.Kind, s.State)).Should().Equal(
                ("import-check", JobState.Succeeded), ("learning", JobState.Succeeded), ("forecast", JobState.Succeeded),
                ("requirement", JobState.Succeeded), ("roster", JobState.Succeeded), ("proof", JobState.Succeeded));
        (await _bench.Steps(chain))[^1].Attempt.Should().Be(2, "what was begun is taken up again");
    }

    [Test]
    public async Task Cancel_RunningChain_EndsTheStepToo()
    {
        var chain = await Submit("night", Small with { MaximumMoves = 10_000_000_000 });
        await _bench.Until(chain, "roster", "step");

        await Client.Delete($"/api/v1/jobs/{chain}");

        ((string?)(await Client.Finish($"/api/v1/jobs/{chain}"))["state"]).Should().Be("cancelled");
        (await _bench.Steps(chain)).Should().OnlyContain(s => s.State == JobState.Succeeded || s.State == JobState.Cancelled)
            .And.NotContain(s => s.Kind == "roster" && s.State == JobState.Succeeded);
    }

    [Test]
    public async Task Run_WorkerShutsDownInAStep_LeavesTheChainQueuedAndNoStepOpen()
    {
        using var shutdown = new CancellationTokenSource();
        var chain = await _bench.Add<NightlyChain>("night", Small with { MaximumMoves = 10_000_000_000 });
        var run = _bench.Runner.Run(chain, shutdown.Token);
        await _bench.Until(chain, "roster", "step");
        await shutdown.CancelAsync();
        await run;

        (await _bench.Row(chain)).State.Should().Be(JobState.Queued);
        (await _bench.Steps(chain)).Should().OnlyContain(s => s.IsFinished);
        await Client.Delete($"/api/v1/jobs/{chain}");
    }

    [Test]
    public async Task Look_StepOfADeadWorker_IsFailedNotRunOnItsOwn()
    {
        var chain = await _bench.Add<NightlyChain>("night-empty", Small, JobState.Running);
        var step = await _bench.Add<ForecastJob>("night-empty", new ForecastArguments(null, 8, 1, true), JobState.Running, JobBench.LongAgo, chain);

        var time = new StepTime();
        await time.LookOn(ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services, time), () =>
        {
            Instant? now = _bench.Server.Services.GetRequiredService<IClock>().GetCurrentInstant();
            return _bench.WithDb(db => db.Jobs.Where(j => j.Id == chain).ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, now)));
        });

        (await _bench.Row(step)).Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = 1 });
        (await _bench.Row(chain)).State.Should().Be(JobState.Running, "its own heartbeat is fresh");
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == chain).ExecuteUpdateAsync(j => j.SetProperty(x => x.State, JobState.Cancelled)));
    }

    [Test]
    public async Task Run_DataReachPastMidnightOfAMonday_RostersFromTheNextOne()
    {
        var operation = await SmallOperation.SetUp(Client, "night-late");
        await operation.AddPeople(3);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Import(
            // 00:00 and 00:30 of Monday.
            $"interval_start,queue,hub,offered\n2025-07-27T23:00:00Z,{operation.Chat},night-late,1\n2025-07-27T23:30:00Z,{operation.Chat},night-late,0\n");

        var chain = await Client.Finish($"/api/v1/jobs/{await Submit("night-late")}");

        ((string?)chain["state"]).Should().Be("succeeded", chain.ToJsonString());
        ((string?)(await Client.Get((string)chain["result"]!)).Json["start"]).Should().Be("2025-08-04", "of the Monday before, an hour has passed");
    }

    private async Task<Guid> Submit(string hub, NightlyChainArguments? arguments = null)
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobQueue>();
        return (await jobs.Submit<NightlyChain>(arguments ?? Small, await _bench.HubId(hub), new JobOwner("test"), null, default)).Id;
    }
}
