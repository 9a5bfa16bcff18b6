using System.Net;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Jobs;

/// <summary>A PostgreSQL server that really goes away under a running application and comes back.</summary>
[NonParallelizable]
public sealed class PostgresAwayTests
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(40); // longer than the turns of keepers and sweepers, and than a worker may be silent

    [Test]
    public async Task Stop_ServerAwayUnderLoad_EndsNoWorkerAndNoJob()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var bench = new JobBench(await WfmServer.Start(StoreKind.Postgres, TestStore.On(cluster.ConnectionString)));
        var client = bench.Server.Client;
        var operation = await SmallOperation.SetUp(client, "away");
        await operation.AddPeople(3);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
        var running = (Guid)(
                await client.Post(
                    "/api/v1/rosters", new
                    {
                        hub = "away",
                        start = "2025-07-28",
                        days = 7,
                        maximumMoves = 1_000_000_000,
                        timeLimitSeconds = 20,
                    })
            ).Is(HttpStatusCode.Accepted).Json["jobId"]!;
        await bench.Until(running, "running");

        cluster.Stop("immediate"); // a stop that waits for its clients is in the tests of faults
        var asked = (await client.Get("/api/v1/hubs/away")).Is(HttpStatusCode.ServiceUnavailable);
        ((string)asked.Json["detail"]!).Should().Contain("store");
        await Task.Delay(Away);
        cluster.StartAgain();

        var done = await Ends(bench, running);
        done.State.Should().Be(JobState.Succeeded, done.Error);
        (await bench.WithDb(db => db.Rosters.CountAsync(r => r.JobId == running))).Should().Be(1);
        // No engine has heard of it.
        var next = await bench.Add<Wfm.Api.Features.Volumes.ImportCheckJob>("away", new Wfm.Api.Features.Volumes.ImportCheckArguments(), age: JobBench.LongAgo);
        (await Ends(bench, next)).State.Should().Be(JobState.Succeeded, "the sweeper is alive and hands it in");
        ((string)(await client.Get("/health/ready")).Text).Should().NotBeEmpty();
        (await client.Get("/api/v1/hubs/away")).Is(HttpStatusCode.OK);
    }

    private static async Task<Job> Ends(JobBench bench, Guid id)
    {
        var patience = TimeSpan.FromMinutes(3);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var row = await bench.Row(id);
                if (row.IsFinished || waited.Elapsed > patience)
                {
                    return row;
                }
            }
            catch (Exception e) when (StoreFailures.IsOutage(e) && waited.Elapsed < patience)
            {
                // pooled connections of before the stop
            }

            await Task.Delay(200);
        }
    }
}
