using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every half minute: hands in again what a dead worker or an absent store left.</summary>
internal sealed class JobSweeper(IServiceScopeFactory scopes, IJobEngine engine, IClock clock, ILogger<JobSweeper> logger)
    : PeriodicStoreWork(TimeSpan.FromSeconds(30), logger)
{
    /// <summary>A job waits so long for a free worker before it is handed in once more; the engine may have lost it.</summary>
    internal static readonly Duration Patience = Duration.FromMinutes(2);

    private readonly Dictionary<Guid, Instant> _handedIn = [];

    protected override Task Work(CancellationToken cancellationToken) => Sweep(cancellationToken);

    internal async Task Sweep(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var now = clock.GetCurrentInstant();
        var stale = now - JobRunner.Stale;

        // steps of a chain are run by their chain, never on their own: an unfinished one is failed, the chain makes a new one
        await db.Jobs.Where(j => j.ParentId != null && j.State == JobState.Running && j.HeartbeatAt < stale).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Error, "The worker died; the chain starts over."), cancellationToken);
        var left = await db.Jobs.Where(j => j.ParentId == null)
            .Where(j => (j.State == JobState.Queued && j.RequestedAt < stale) || (j.State == JobState.Running && j.HeartbeatAt < stale))
            .Select(j => j.Id).ToListAsync(cancellationToken);
        foreach (var id in left.Where(id => !_handedIn.TryGetValue(id, out var before) || before <= now - Patience))
        {
            await engine.Enqueue(id, cancellationToken); // twice is harmless: the claim lets one in
            _handedIn[id] = now;
        }

        foreach (var id in _handedIn.Keys.Except(left).ToList())
        {
            _handedIn.Remove(id);
        }
    }
}
