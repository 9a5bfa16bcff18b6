using System.Net;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Jobs;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Faults;

/// <summary>PostgreSQL goes away in the middle of a night that a process of its own works at.</summary>
[NonParallelizable]
public sealed class NightFaultTests
{
    private const int Hubs = 3;
    private const int MoreQueues = 4;

    [Test]
    public async Task Restart_TwiceInANightOfSeveralHubs_EachHubHasItsForecastOnce()
    {
        await using var cluster = await PostgresCluster.Start();
        var store = TestStore.On(cluster.ConnectionString);
        await using var api = WfmProcess.Serve(store, "--role", "api");
        using var client = await api.Client();
        await using var worker = WfmProcess.Serve(store, "--role", "worker");
        (await worker.Client()).Dispose();
        var watched = new WatchedStore(cluster.ConnectionString);
        var hubs = Enumerable.Range(0, Hubs).Select(i => $"night-{i}").ToList();
        foreach (var hub in hubs)
        {
            await SetUp(client, hub);
        }

        var served = await Served(watched);
        await watched.Watch();
        await watched.Add<NightlyChain>(hubs.ConvertAll(hub => (hub, (object)new NightlyChainArguments(
            HorizonDays: 15, Paths: 20, RosterDays: 7, MaximumMoves: 5_000, ServiceReplications: 5, ServiceContacts: 50_000, ProofRounds: 1, ProofTrials: 1,
            ProofMoves: 1_000, ProofTimeLimitSeconds: 2))));

        foreach (var mode in new[] { "fast", "immediate" })
        {
            await watched.Until(async db =>
            {
                await watched.LetPausesPass();
                return await db.Jobs.AnyAsync(j => j.Kind == ForecastJob.Kind && j.ParentId != null && j.State == JobState.Running);
            });
            cluster.Stop(mode);
            var away = (await client.Get($"/api/v1/forecasts?hub={hubs[0]}&state=published")).Is(HttpStatusCode.ServiceUnavailable);
            away.Headers.RetryAfter.Should().NotBeNull();
            cluster.StartAgain();
            (await Served(watched)).Should().HaveCount(Hubs, "what was published stays served");
        }

        await watched.Until(async db =>
        {
            await watched.LetPausesPass();
            return await db.Jobs.CountAsync(j => j.Kind == NightlyChain.Kind && j.FinishedAt != null) == Hubs;
        });

        await watched.Read(async db =>
        {
            var chains = await db.Jobs.AsNoTracking().Where(j => j.Kind == NightlyChain.Kind).ToListAsync();
            chains.Should().OnlyContain(c => c.State == JobState.Succeeded, string.Join(' ', chains.Select(c => c.Error)));
            chains.Should().Contain(c => c.Attempt > 1, "the night was disturbed");
            var made = await db.Forecasts.AsNoTracking().Where(f => !served.Contains(f.Id)).ToListAsync();
            made.Select(f => f.HubId).Should().BeEquivalentTo(chains.Select(c => c.HubId!.Value), "each hub's forecast is made once");
            made.Should().OnlyContain(f => f.State == PublicationState.Published);
            (await db.Forecasts.IgnoreQueryFilters().CountAsync()).Should().Be(2 * Hubs, "nothing half is left");
            (await db.Rosters.AsNoTracking().Select(r => r.HubId).Distinct().CountAsync()).Should().Be(Hubs);
            (await db.Jobs.CountAsync(j => j.State == JobState.Running || j.State == JobState.Queued)).Should().Be(0);
            return true;
        });
        (await watched.Moments()).Where(m => m.State == JobState.Succeeded).Select(m => m.Job).Should().OnlyHaveUniqueItems("nothing is finished twice");
        (await client.Get($"/api/v1/forecasts?hub={hubs[0]}&state=published")).Is(HttpStatusCode.OK);
    }

    /// <summary>A hub with people, a served forecast of two weeks, and four more weeks of volumes since.</summary>
    private static async Task SetUp(HttpClient client, string hub)
    {
        var operation = await SmallOperation.SetUp(client, hub);
        await operation.AddPeople(3);
        var queues = Enumerable.Range(0, MoreQueues).Select(i => $"{hub}-more-{i}").ToList();
        foreach (var queue in queues)
        {
            await client.Create(
                "queues", SmallOperation.Queue(queue, WorkKind.Deferrable, "review") with
                {
                    Goal = new QueueGoal { TurnaroundMinutes = 1440 },
                    AhtSeconds = 240,
                });
        }

        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusWeeks(-6), 14));
        await operation.Forecast(new { horizonDays = 60 });
        queues.AddRange([operation.Chat, operation.Review]);
        foreach (var (i, queue) in queues.Index())
        {
            await operation.Import(operation.Volumes(queue, 5, i, SmallOperation.CutOffDate.PlusWeeks(-6), 42));
        }
    }

    private static Task<List<Guid>> Served(WatchedStore watched) =>
        watched.Read(db => db.Forecasts.Where(f => f.State == PublicationState.Published).Select(f => f.Id).ToListAsync());
}
