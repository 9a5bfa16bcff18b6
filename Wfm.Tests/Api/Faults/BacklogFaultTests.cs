using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Faults;

/// <summary>Workers that are killed one after the other in a long backlog.</summary>
[NonParallelizable]
public sealed class BacklogFaultTests
{
    private static readonly int Jobs = WatchedStore.IsHonest ? 500 : 150;

    [Test]
    public async Task Kill_OneWorkerThenTheOther_EachJobIsDoneOnce()
    {
        await using var cluster = await PostgresCluster.Start();
        var store = TestStore.On(cluster.ConnectionString);
        var watched = new WatchedStore(cluster.ConnectionString);
        await using (var api = WfmProcess.Serve(store, "--role", "api"))
        {
            using var client = await api.Client();
            var operation = await SmallOperation.SetUp(client, "backlog");
            await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-3), 3));
        }

        await watched.Watch();
        await watched.Add<ImportCheckJob>(Enumerable.Repeat(("backlog", (object)new ImportCheckArguments()), Jobs));
        var kills = new List<Instant>();
        var begun = SystemClock.Instance.GetCurrentInstant();
        var workers = new[] { Work(store), Work(store) };
        foreach (var (i, done) in new[] { (0, Jobs / 5), (1, Jobs / 2) })
        {
            await watched.Until(async db => await Ended(db).CountAsync() >= done, pauseMilliseconds: 5);
            await workers[i].Kill();
            kills.Add(SystemClock.Instance.GetCurrentInstant());
            await workers[i].DisposeAsync();
            workers[i] = Work(store);
        }

        await watched.LetAMinutePass();
        await watched.Until(async db => await Ended(db).CountAsync() == Jobs);

        await watched.Read(async db =>
        {
            (await Ended(db).AsNoTracking().ToListAsync()).Should().OnlyContain(j => j.State == JobState.Succeeded && j.Attempt >= 1 && j.Attempt <= 3);
            return true;
        });
        var moments = await watched.Moments();
        moments.Where(m => m.State == JobState.Succeeded).Select(m => m.Job).Should().HaveCount(Jobs).And.OnlyHaveUniqueItems("none is finished twice");
        TestContext.Out.WriteLine(
            $"first end after {(moments.First(m => m.State == JobState.Succeeded).At - begun).TotalSeconds:0.0} s, kills after "
                + $"{string.Join(", ", kills.Select(k => $"{(k - begun).TotalSeconds:0.0}"))} s, last end after {(moments[^1].At - begun).TotalSeconds:0.0} s");
        foreach (var again in moments.Where(m => m.State == JobState.Running && m.Attempt > 1))
        {
            TestContext.Out.WriteLine($"taken up again {(again.At - kills.Last(k => k < again.At)).TotalSeconds:0.0} s after the kill");
        }

        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }

    private static WfmProcess Work(TestStore store) => WfmProcess.Serve(store, "--role", "worker", $"--Wfm:Jobs:AtOnce={Jobs}");

    private static IQueryable<Job> Ended(WfmDbContext db) => db.Jobs.Where(j => j.Kind == ImportCheckJob.Kind && j.FinishedAt != null);
}
