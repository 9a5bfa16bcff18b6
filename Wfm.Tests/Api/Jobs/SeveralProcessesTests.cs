using System.Diagnostics;
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

    [Test]
    public async Task Start_ThreeAtOnceWithoutADatabase_AllStart()
    {
        var server = await PostgresCluster.SharedServer();
        var absent = new NpgsqlConnectionStringBuilder(server) { Database = $"wfm_test_{Guid.CreateVersion7():N}", MaxPoolSize = 20 }.ConnectionString;

        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => WfmServer.Start(StoreKind.Postgres, TestStore.On(absent)))));

        foreach (var started in servers)
        {
            (await started.Client.GetAsync("/api/v1/hubs")).IsSuccessStatusCode.Should().BeTrue();
            await started.DisposeAsync();
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

        using (var killed = StartProcess(store))
        {
            await Until(async () => await finished.CountAsync() > Jobs / 4);
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync();
        }

        var ended = await finished.ToDictionaryAsync(j => j.Id);
        ended.Should().HaveCountLessThan(Jobs);
        using (var next = StartProcess(store))
        {
            await Until(async () => await finished.CountAsync() == Jobs);
            next.Kill(entireProcessTree: true);
            await next.WaitForExitAsync();
        }

        var rows = await db.Jobs.AsNoTracking().ToListAsync();
        rows.Should().OnlyContain(r => r.State == JobState.Succeeded && r.Attempt >= 1 && r.Attempt <= 2);
        rows.Where(r => ended.TryGetValue(r.Id, out var before) && before.FinishedAt != r.FinishedAt).Should().BeEmpty("what had ended is not done again");
        await store.DisposeAsync();
    }

    private static Process StartProcess(TestStore store)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (
            var argument in new[]
            {
                "exec",
                "--runtimeconfig",
                Path.Combine(AppContext.BaseDirectory, "Wfm.Api.runtimeconfig.json"),
                Path.Combine(AppContext.BaseDirectory, "Wfm.Api.dll"),
                "--urls",
                "http://127.0.0.1:0",
                $"--Wfm:Store={store.ConnectionString}",
                "--Logging:LogLevel:Default=Warning",
            })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<Guid> Submit(JobBench bench, string gate)
    {
        await using var scope = bench.Server.Services.CreateAsyncScope();
        return (
            await scope.ServiceProvider.GetRequiredService<JobQueue>().Submit<Gated>(new GateArguments(gate), await bench.HubId("two"), "test", null, default)
        ).Id;
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
