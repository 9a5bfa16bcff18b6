using System.Net;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Jobs.TestJobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>Rows and the engine's messages: one each, of one mind, whoever changes either.</summary>
[NonParallelizable]
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class JobMessageTests(StoreKind kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Interactive = JobMessages.QueueOf(JobPriority.Interactive);

    private JobBench _bench = null!;
    private string _gate = "";

    private HttpClient Client => _bench.Server.Client;

    private JobStorage Storage => _bench.Server.Services.GetRequiredService<JobStorage>();

    private IMonitoringApi Monitor => Storage.GetMonitoringApi();

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = new JobBench(await WfmServer.Start(
            kind,
            services: services =>
            {
                Add(services);
                services.AddSingleton(new JobLimits { AtOnce = 1000 }); // all of one hub
            }));
        await Client.Create("hubs", SampleSetup.Hub("msg-hub"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [SetUp]
    public void CloseGate() => _gate = Guid.NewGuid().ToString();

    [TearDown]
    public void OpenGate() => Open(_gate);

    [Test]
    public async Task Sweep_BacklogLongerThanTheWorkers_LeavesOneMessageARow()
    {
        var (workers, jobs) = (JobServers.InteractiveWorkers, new List<Guid>());
        for (var i = 0; i < workers + 10; i++)
        {
            jobs.Add(await Submit<Gated>(new GateArguments(_gate)));
        }

        await Until(() => Monitor.ProcessingCount() == workers);
        var longAgo = Instant.FromUnixTimeTicks(0);
        await _bench.WithDb(db => db.Jobs.Where(j => jobs.Contains(j.Id)).ExecuteUpdateAsync(j => j.SetProperty(x => x.RequestedAt, longAgo)));
        var rows = await Rows(jobs);
        await Sweep();
        await Sweep();

        Monitor.EnqueuedCount(Interactive).Should().Be(10);
        (await Rows(jobs)).Select(r => r.MessageId).Should().Equal(rows.Select(r => r.MessageId)).And.OnlyHaveUniqueItems().And.NotContainNulls();
        Open(_gate);
        foreach (var job in jobs)
        {
            await Client.Finish($"/api/v1/jobs/{job}");
        }

        (await Rows(jobs)).Should().OnlyContain(r => r.State == JobState.Succeeded && r.Attempt == 1);
    }

    [Test]
    public async Task Submit_WhileTheNightHasAllItsWorkers_RunsWhatSomebodyWaitsFor()
    {
        var nights = new List<Guid>();
        for (var i = 0; i < Environment.ProcessorCount + 2; i++)
        {
            nights.Add(await Submit<GatedNight>(new GateArguments(_gate)));
        }

        await Until(() => Monitor.ProcessingCount() == Environment.ProcessorCount);
        Open(_gate + "open");

        var waitedFor = await Submit<Gated>(new GateArguments(_gate + "open"));

        ((string?)(await Client.Finish($"/api/v1/jobs/{waitedFor}"))["state"]).Should().Be("succeeded");
        (await Rows(nights)).Should().NotContain(r => r.IsFinished);
        Open(_gate);
        foreach (var night in nights)
        {
            await Client.Finish($"/api/v1/jobs/{night}");
        }
    }

    [Test]
    public async Task Sweep_MessageThatIsGone_IsPutInAgain()
    {
        Open(_gate);
        var gone = kind == StoreKind.Sqlite ? Guid.NewGuid().ToString() : "987654321"; // as the process before left it
        var id = await _bench.Add<Gated>("msg-hub", new GateArguments(_gate));
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.MessageId, gone)));

        await Task.WhenAll(Sweep(), Sweep());

        ((string?)(await Client.Finish($"/api/v1/jobs/{id}"))["state"]).Should().Be("succeeded");
        (await _bench.Row(id)).Attempt.Should().Be(1);
        (await _bench.Row(id)).MessageId.Should().NotBe(gone);
    }

    [Test]
    public async Task Message_WithoutARowOrOfARowThatHasAnother_IsDropped()
    {
        var running = await Submit<Gated>(new GateArguments(_gate));
        await _bench.Until(running, "running");

        await Until(Message(Guid.NewGuid()), DeletedState.StateName);
        await Until(Message(running), DeletedState.StateName);

        (await _bench.Row(running)).Should().BeEquivalentTo(new { State = JobState.Running, CancelRequested = false });
        Open(_gate);
        ((string?)(await Client.Finish($"/api/v1/jobs/{running}"))["state"]).Should().Be("succeeded");
    }

    [Test]
    public async Task Run_Bug_WaitsForItsNextAttemptInRowAndMessageUntilSomebodyCancels()
    {
        var id = await Submit<Broken>(new BrokenArguments());
        var row = await UntilRow(id, r => r.RetryAt is not null);

        row.Should().BeEquivalentTo(new { State = JobState.Queued, Attempt = 1 });
        row.Error.Should().Contain("InvalidOperationException");
        ((string?)(await Client.Get($"/api/v1/jobs/{id}")).Json["retryAt"]).Should().NotBeNull();
        await Until(row.MessageId!, ScheduledState.StateName);

        (await Client.Delete($"/api/v1/jobs/{id}")).Is(HttpStatusCode.Accepted);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Cancelled, RetryAt = (Instant?)null });
        await Until(row.MessageId!, DeletedState.StateName);
    }

    [Test]
    public async Task Dashboard_DeleteAndRequeue_CancelAndReviveTheRow()
    {
        var id = await Submit<Broken>(new BrokenArguments());
        var row = await UntilRow(id, r => r.RetryAt is not null);
        await Until(row.MessageId!, ScheduledState.StateName);

        var page = await Client.GetStringAsync("/jobs/jobs/scheduled");
        page.Should().Contain("test-broken").And.Contain("msg-hub").And.Contain("Europe/Dublin", "times are those of the hub");
        await Press("scheduled/delete", row.MessageId!);
        (await _bench.Row(id)).State.Should().Be(JobState.Cancelled);

        await Press("deleted/requeue", row.MessageId!);

        await UntilRow(id, r => r is { State: JobState.Queued, Attempt: 1, RetryAt: not null, MessageId: var message } && message == row.MessageId);
        await Client.Delete($"/api/v1/jobs/{id}");
    }

    [Test]
    public async Task DropFailures_OfAJobThatFailedBefore_LeavesItsRow()
    {
        var id = await _bench.Add<Gated>("msg-hub", new GateArguments(_gate));
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.Kind, "of-another-version")));
        await _bench.WithDb(db => db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(j => j.SetProperty(x => x.MessageId, JobMessages.Waiting)));
        await Sweep();
        var row = await UntilRow(id, r => r.State == JobState.Failed);
        await Until(row.MessageId!, FailedState.StateName);

        var messages = _bench.Server.Services.GetRequiredService<JobMessages>();
        messages.DropFailures(SystemClock.Instance.GetCurrentInstant() - Duration.FromHours(1));
        Monitor.FailedCount().Should().Be(1);
        messages.DropFailures(SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(1));

        Monitor.FailedCount().Should().Be(0);
        (await _bench.Row(id)).State.Should().Be(JobState.Failed);
    }

    [Test]
    public async Task Dashboard_DeleteOfARunningJob_StopsIt()
    {
        var id = await Submit<Gated>(new GateArguments(_gate));
        await _bench.Until(id, "running");

        await Press("processing/delete", (await _bench.Row(id)).MessageId!);

        ((string?)(await Client.Finish($"/api/v1/jobs/{id}"))["state"]).Should().Be("cancelled");
    }

    private async Task<Guid> Submit<THandler>(object arguments)
        where THandler : IJobHandler
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobQueue>();
        return (await jobs.Submit<THandler>(arguments, await _bench.HubId("msg-hub"), new JobOwner("test"), null, default)).Id;
    }

    private Task Sweep() => ActivatorUtilities.CreateInstance<JobSweeper>(_bench.Server.Services).Sweep(default);

    private Task<List<Wfm.Api.Jobs.Job>> Rows(List<Guid> ids) =>
        _bench.WithDb(db => db.Jobs.AsNoTracking().Where(j => ids.Contains(j.Id)).OrderBy(j => j.Id).ToListAsync());

    /// <summary>A message that no row asked for.</summary>
    private string Message(Guid row) =>
        new BackgroundJobClient(Storage, _bench.Server.Services.GetRequiredService<IJobFilterProvider>()).Create(
            Hangfire.Common.Job.FromExpression<RunJobRow>(run => run.Run(row, null!), Interactive), new EnqueuedState(Interactive));

    private async Task Press(string button, string message) =>
        (await Client.Call(HttpMethod.Post, $"/jobs/jobs/{button}", new FormUrlEncodedContent([new("jobs[]", message)]))).Is(HttpStatusCode.NoContent);

    private Task Until(string message, string state) => Until(() =>
    {
        using var connection = Storage.GetConnection();
        return connection.GetStateData(message).Name == state;
    });

    private async Task<Wfm.Api.Jobs.Job> UntilRow(Guid id, Func<Wfm.Api.Jobs.Job, bool> condition)
    {
        await Until(() => condition(_bench.Row(id).GetAwaiter().GetResult()));
        return await _bench.Row(id);
    }

    private static async Task Until(Func<bool> condition)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            waited.Elapsed.Should().BeLessThan(Patience);
            await Task.Delay(50);
        }
    }
}
