using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Jobs.TestJobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>What one key, one hub and one job may take, so that there is something left for others.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
[NonParallelizable] // it fills the cores with work that gives way to everybody else's
public sealed class JobLimitTests(StoreKind kind)
{
    private const int PerKey = 12;
    private const int PerHub = 8;

    private readonly JobLimits _limits = new() { PerKey = PerKey, PerHub = PerHub };
    private JobBench _bench = null!;
    private string _gate = "";

    private HttpClient Client => _bench.Server.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = new JobBench(await WfmServer.Start(kind, services: services =>
        {
            Add(services);
            services.AddJobHandler<Hoarder>().AddJobHandler<BusyNight>().AddJobHandler<Computing>();
            services.AddSingleton(_limits);
        }));
        var operation = await SmallOperation.SetUp(Client, "lim-1");
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await Client.Create("hubs", SampleSetup.Hub("lim-2"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [SetUp]
    public void CloseGate() => _gate = Guid.NewGuid().ToString();

    [TearDown]
    public async Task OpenGate()
    {
        Open(_gate);
        (_limits.Seconds, _limits.MemoryMegabytes) = (3600, null);
        var left = await _bench.WithDb(db =>
            db.Jobs.Where(j => j.State == JobState.Queued || j.State == JobState.Running).Select(j => j.Id).ToListAsync());
        foreach (var job in left)
        {
            await Client.Delete($"/api/v1/jobs/{job}"); // some have no end of their own, and would take a core from all tests that follow
        }

        await Finish(left);
    }

    [TestCase("lim-1", false, PerHub, "this hub")]
    [TestCase("lim-2", true, PerKey, "this key ('bootstrap')")]
    public async Task Ask_MoreJobsThanMayWait_Is429UntilOneEnds(string filled, bool mine, int most, string whose)
    {
        var owner = mine ? new JobOwner("bootstrap", (Guid)(await _bench.Server.GetJson("/api/v1/me"))["id"]!) : new JobOwner("bootstrap", Guid.NewGuid());
        for (var i = 0; i < most; i++)
        {
            await Submit<Gated>(filled, owner, _gate);
        }

        var refused = (await Client.Post("/api/v1/forecasts", new { hub = "lim-1" })).Is(HttpStatusCode.TooManyRequests);

        ((string)refused.Json["detail"]!).Should().Contain($"{most} jobs of {whose}").And.Contain("Wfm:Jobs:");
        refused.Headers.RetryAfter.Should().NotBeNull();
        Open(_gate);
        await Finish(await _bench.WithDb(db => db.Jobs.Select(j => j.Id).ToListAsync()));
        (await Client.Post("/api/v1/forecasts", new { hub = "lim-1" })).Is(HttpStatusCode.Accepted);
    }

    [TestCase("lim-1", PerHub)]
    [TestCase("lim-2", PerKey)]
    public async Task Ask_ManyAtTheSameInstant_LetsInAsManyAsMayWait(string hub, int most)
    {
        var hubs = hub == "lim-1" ? [await _bench.HubId("lim-1")] : await Task.WhenAll(_bench.HubId("lim-1"), _bench.HubId("lim-2"));
        var owner = new JobOwner("of this name there may be two", Guid.NewGuid());

        var asked = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Ask(hubs[i % hubs.Length], owner)));

        asked.Count(accepted => accepted).Should().Be(most);
        (await Ask(await _bench.HubId("lim-2"), owner with { KeyId = Guid.NewGuid() })).Should()
            .BeTrue("another key of the same name has its own quota");
        Open(_gate);
    }

    [Test]
    public async Task Ask_ARushOfEndlessRosters_LeavesOthersTheirTurn()
    {
        var operation = await SmallOperation.Staffed(Client, "lim-3");
        var key = (string)(await Client.Create("api-keys", new { name = "rush", role = "hub-manager", hubs = new[] { "lim-3" } })).Json["key"]!;
        using var manager = _bench.Server.ClientWith(key);
        var roster = new { hub = "lim-3", start = "2025-07-28", days = 14, maximumMoves = 1_000_000_000 };

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => manager.Post("/api/v1/rosters", roster)));
        var other = await Submit<Computing>("lim-2", "b", _gate);
        await Finish([other]);

        answers.Count(a => a.Status == HttpStatusCode.Accepted).Should().Be(PerHub);
        answers.Where(a => a.Status != HttpStatusCode.Accepted)
            .Should().OnlyContain(a => a.Status == HttpStatusCode.TooManyRequests && a.Headers.RetryAfter != null);
        var row = await _bench.Row(other);
        (row.StartedAt!.Value - row.RequestedAt).Should().BeLessThan(Duration.FromSeconds(10));
        TestContext.Out.WriteLine($"another hub's job began after {(row.StartedAt.Value - row.RequestedAt).TotalSeconds:0.00} s");
    }

    [Test]
    public async Task Submit_MoreThanTheWorkersOfOneHub_LeavesSomeForAnother()
    {
        var share = JobServers.InteractiveWorkers / 2;
        var many = await Task.WhenAll(Enumerable.Range(0, 3 * share).Select(_ => Submit<Gated>("lim-1", "a", _gate)));
        await Until(async () => await Running(many) == share);
        Open(_gate + "open");

        var other = await Submit<Gated>("lim-2", "b", _gate + "open");

        await Finish([other]);
        (await _bench.Row(other)).State.Should().Be(JobState.Succeeded);
        (await Running(many)).Should().Be(share);
        Open(_gate);
        await Finish(many); // those that waited are handed in as others end, not by a turn of the sweeper
        (await _bench.WithDb(db => db.Jobs.Where(j => many.Contains(j.Id)).ToListAsync()))
            .Should().OnlyContain(j => j.State == JobState.Succeeded && j.Attempt == 1);
    }

    [Test]
    public async Task Submit_WhileNightsComputeOnEveryCore_StartsAndComputesWithinASecond()
    {
        var nights = await Task.WhenAll(Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Submit<BusyNight>("lim-1", "nightly", _gate)));
        await Until(async () => await Running(nights) == Environment.ProcessorCount);

        var id = await Submit<Computing>("lim-1", "a", _gate);
        await Finish([id]);

        var row = await _bench.Row(id);
        (row.StartedAt!.Value - row.RequestedAt).Should().BeLessThan(Duration.FromSeconds(1));
        (row.FinishedAt!.Value - row.RequestedAt).Should().BeLessThan(Duration.FromSeconds(2), "its compute does not wait for theirs");
        (await Running(nights)).Should().Be(Environment.ProcessorCount);
        Open(_gate);
        await Finish(nights);
    }

    [Test]
    public async Task Run_LongerThanAJobMay_FailsOnceInWords()
    {
        _limits.Seconds = 0.5;

        var id = await Submit<Gated>("lim-1", "a", _gate);
        await Finish([id]);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = 1 });
        (await _bench.Row(id)).Error.Should().Contain("more than 0.5 s");
    }

    [Test]
    public async Task Run_MoreMemoryThanTheProcessMay_FailsTheJobBegunLast()
    {
        var before = await Submit<Gated>("lim-1", "a", _gate);
        await _bench.Until(before, "running");
        GC.Collect();
        _limits.MemoryMegabytes = (int)(GC.GetTotalMemory(forceFullCollection: true) >> 20) + 60;

        var id = await Submit<Hoarder>("lim-1", "a", _gate);
        await Finish([id]);

        (await _bench.Row(id)).Should().BeEquivalentTo(new { State = JobState.Failed, Attempt = 1 });
        (await _bench.Row(id)).Error.Should().Contain("memory of the process").And.Contain("Wfm:Jobs:MemoryMegabytes");
        (await _bench.Row(before)).State.Should().Be(JobState.Running);
    }

    private async Task<bool> Ask(Guid hub, JobOwner owner)
    {
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<JobQueue>().Ask<Gated>(new GateArguments(_gate), hub, owner, default);
            return true;
        }
        catch (ProblemException e) when (e.Status == (int)HttpStatusCode.TooManyRequests)
        {
            return false;
        }
    }

    private Task<Guid> Submit<THandler>(string hub, string owner, string gate)
        where THandler : IJobHandler => Submit<THandler>(hub, new JobOwner(owner), gate);

    private async Task<Guid> Submit<THandler>(string hub, JobOwner owner, string gate)
        where THandler : IJobHandler
    {
        var hubId = await _bench.HubId(hub);
        await using var scope = _bench.Server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<JobQueue>().Submit<THandler>(new GateArguments(gate), hubId, owner, null, default)).Id;
    }

    private Task<int> Running(Guid[] jobs) => _bench.WithDb(db => db.Jobs.CountAsync(j => jobs.Contains(j.Id) && j.State == JobState.Running));

    private async Task Finish(IEnumerable<Guid> jobs)
    {
        foreach (var job in jobs)
        {
            await Client.Finish($"/api/v1/jobs/{job}");
        }
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var wait = 0; !await condition(); wait++)
        {
            wait.Should().BeLessThan(600);
            await Task.Delay(50);
        }
    }

    /// <summary>Computes on every slot of its party until its gate is opened.</summary>
    private sealed class BusyNight(ComputeSlots slots) : IJobHandler
    {
        public static string Kind => "test-busy-night";

        public static JobPriority Priority => JobPriority.Nightly;

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
        {
            var end = GateOf(job.Arguments<GateArguments>().Gate).Task;
            await slots.Run(() => SpinWait.SpinUntil(() => end.IsCompleted, TimeSpan.FromSeconds(30)), Environment.ProcessorCount, cancellationToken);
            return null;
        }
    }

    private sealed class Computing(ComputeSlots slots) : IJobHandler
    {
        public static string Kind => "test-computing";

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken) =>
            await slots.Run(() => "done", Environment.ProcessorCount, cancellationToken);
    }

    /// <summary>Takes a tenth of a gigabyte and keeps it.</summary>
    private sealed class Hoarder : IJobHandler
    {
        public static string Kind => "test-hoarder";

        public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
        {
            var hoard = Enumerable.Range(0, 100).Select(_ => new byte[1 << 20]).ToList();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return hoard.Count.ToString();
        }
    }
}
