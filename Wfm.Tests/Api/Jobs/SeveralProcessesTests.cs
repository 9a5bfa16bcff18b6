using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Jobs.TestJobs;

namespace Wfm.Tests.Api.Jobs;

/// <summary>More than one process over one store, and one that is killed.</summary>
[NonParallelizable]
public sealed class SeveralProcessesTests
{
    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Stop_OneOfTwoWithARunningJob_TheOtherFinishesItAndWhatComes(StoreKind kind)
    {
        var (store, gate) = (await TestStore.Create(kind), Guid.NewGuid().ToString());
        var first = new JobBench(await WfmServer.Start(kind, store, Add));
        await using (var second = new JobBench(await WfmServer.Start(kind, store, Add)))
        {
            await first.Server.Client.Create("hubs", SampleSetup.Hub("two"));
            var running = await Submit(second, gate);
            await second.Until(running, "running");

            await first.DisposeAsync();
            Open(gate);
            var next = await Submit(second, gate);

            ((string?)(await second.Server.Client.Finish($"/api/v1/jobs/{running}"))["state"]).Should().Be("succeeded");
            ((string?)(await second.Server.Client.Finish($"/api/v1/jobs/{next}"))["state"]).Should().Be("succeeded");
            (await second.Row(running)).Attempt.Should().Be(1, "a worker that shuts down costs no attempt");
        }

        await store.DisposeAsync();
    }

    [TestCase(StoreKind.Sqlite)]
    [TestCase(StoreKind.Postgres)]
    public async Task Start_ThreeAtOnceWithoutAStore_AllStart(StoreKind kind)
    {
        await using var sqlite = await TestStore.Create(StoreKind.Sqlite);
        var store = kind == StoreKind.Sqlite ? sqlite : TestStore.On(
            new NpgsqlConnectionStringBuilder(await PostgresCluster.SharedServer()) { Database = $"wfm_test_{Guid.CreateVersion7():N}", MaxPoolSize = 20 }
                .ConnectionString);

        var processes = Enumerable.Range(0, 3).Select(_ => WfmProcess.Serve(store)).ToList();

        foreach (var process in processes)
        {
            using var client = await process.Client();
            (await client.Get("/api/v1/hubs")).Is(HttpStatusCode.OK);
        }

        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Test]
    public async Task Kill_AProcessInTheMiddleOfABacklog_LosesNothing()
    {
        const int Jobs = 200;
        var store = await TestStore.Create(StoreKind.Sqlite);
        await using (var setUp = await WfmServer.Start(StoreKind.Sqlite, store))
        {
            var operation = await SmallOperation.SetUp(setUp.Client, "kill");
            await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-3), 3));
        }

        await using var db = RosterAuditorReader.Open(store.ConnectionString);
        var (hub, asked) = (await db.Hubs.Select(h => h.Id).SingleAsync(), SystemClock.Instance.GetCurrentInstant());
        db.Jobs.AddRange(
            Enumerable.Range(0, Jobs).Select(_ => new Job
            {
                Kind = ImportCheckJob.Kind,
                Arguments = Job.Serialize(new ImportCheckArguments()),
                HubId = hub,
                Owner = "test",
                RequestedAt = asked,
                MessageId = JobMessages.Waiting,
            }));
        await db.SaveChangesAsync();
        var finished = db.Jobs.AsNoTracking().Where(j => j.State == JobState.Succeeded || j.State == JobState.Failed);

        await using (var killed = WfmProcess.Serve(store))
        {
            await Until(async () => await finished.CountAsync() > Jobs / 4);
            await killed.Kill();
        }

        var ended = await finished.ToDictionaryAsync(j => j.Id);
        ended.Should().HaveCountLessThan(Jobs);
        await using (WfmProcess.Serve(store))
        {
            await Until(async () => await finished.CountAsync() == Jobs);
        }

        var rows = await db.Jobs.AsNoTracking().ToListAsync();
        rows.Should().OnlyContain(r => r.State == JobState.Succeeded && r.Attempt >= 1 && r.Attempt <= 2);
        rows.Where(r => ended.TryGetValue(r.Id, out var before) && before.FinishedAt != r.FinishedAt).Should().BeEmpty("what had ended is not done again");
        await store.DisposeAsync();
    }

    private static async Task<Guid> Submit(JobBench bench, string gate)
    {
        await using var scope = bench.Server.Services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobQueue>();
        return (await jobs.Submit<Gated>(new GateArguments(gate), await bench.HubId("two"), new JobOwner("test"), null, default)).Id;
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            waited.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(50);
        }
    }
}
