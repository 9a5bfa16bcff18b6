using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Faults;

/// <summary>A server and two workers on networks of their own over one PostgreSQL; a worker is cut off in the middle of its job and comes back.</summary>
[NonParallelizable]
public sealed class PartitionTests
{
    [Test]
    public async Task CutOff_InTheMiddleOfAJob_AnotherTakesOverAndNothingIsStoredTwice()
    {
        using var bridge = NetworkBridge.Create();
        await using var cluster = await PostgresCluster.Start(address: bridge.Address);
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Host = bridge.Address.ToString() }.ConnectionString;
        var watched = new WatchedStore(cluster.ConnectionString);
        await using var api = WfmProcess.Serve(connection, bridge.Add(), "--role", "api");
        using var client = await api.Client();
        var network = bridge.Add();
        await using var cutOff = WfmProcess.Serve(connection, network, "--role", "worker");
        (await cutOff.Client()).Dispose();
        var operation = await SmallOperation.SetUp(client, "cable");
        await operation.AddPeople(3);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
        await watched.Watch();
        var asked = (await client.Post(
            "/api/v1/rosters", new { hub = "cable", start = "2025-07-28", days = 7, maximumMoves = 1_000_000_000, timeLimitSeconds = 5 }))
            .Is(HttpStatusCode.Accepted);
        var id = (Guid)asked.Json["jobId"]!;
        await watched.Until(async db => await db.Jobs.AnyAsync(j => j.Id == id && j.Step!.StartsWith("searched")));

        network.PullCable();
        await using var other = WfmProcess.Serve(connection, bridge.Add(), "--role", "worker");
        (await other.Client()).Dispose();
        await watched.LetAMinutePass();
        var job = await client.Finish($"/api/v1/jobs/{id}");

        ((string?)job["state"]).Should().Be("succeeded", job.ToJsonString());
        ((int)job["attempt"]!).Should().Be(2, "the other worker took it up");
        network.PlugIn();
        await other.Kill();
        await operation.Requirement(new { paths = 20 }); // it works again, and nobody had to do anything
        await watched.Until(async db => !await db.Jobs.AnyAsync(j => j.State == JobState.Running));
        await watched.Read(async db =>
        {
            var rosters = await db.Rosters.AsNoTracking().ToListAsync();
            rosters.Should().ContainSingle("what the one cut off had found comes too late").Which.JobId.Should().Be(id);
            (await db.Jobs.AsNoTracking().Where(j => j.Kind == RosterJob.Kind).ToListAsync()).Should().ContainSingle()
                .Which.Result.Should().Be($"/api/v1/rosters/{rosters[0].Id}");
            return true;
        });
        (await watched.Moments()).Where(m => m.State == JobState.Succeeded && m.Job == id).Should().ContainSingle();
    }
}
