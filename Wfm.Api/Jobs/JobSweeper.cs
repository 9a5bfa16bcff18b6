using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every ten seconds: hands in again rows whose message is gone, be it with a process, a worker or an absent store; at once what other
/// processes over SQLite leave to this one.</summary>
internal sealed class JobSweeper(IServiceScopeFactory scopes, JobMessages messages, Store store, IClock clock, TimeProvider time, ILogger<JobSweeper> logger)
    : PeriodicStoreWork(TimeSpan.FromMilliseconds(250), logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);
    private static readonly Duration FailuresKept = Duration.FromDays(7);

    private readonly Dictionary<Guid, (Instant? Beat, long Since)> _beats = [];
    private long? _swept;
    private long? _tidied;

    protected override async Task Work(CancellationToken cancellationToken)
    {
        if (!messages.IsOpen)
        {
            return; // another process does it
        }

        if (_swept is null || time.GetElapsedTime(_swept.Value) >= Every)
        {
            await Sweep(cancellationToken);
            _swept = time.GetTimestamp();
        }
        else if (store.Kind == StoreKind.Sqlite)
        {
            await using var scope = scopes.CreateAsyncScope();
            await messages.HandInWaiting(scope.ServiceProvider.GetRequiredService<WfmDbContext>(), cancellationToken);
        }

        if (_tidied is null || time.GetElapsedTime(_tidied.Value) >= TidyEvery)
        {
            messages.DropFailures(clock.GetCurrentInstant() - FailuresKept);
            _tidied = time.GetTimestamp();
        }
    }

    internal async Task Sweep(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var (stale, ahead) = (now - JobRunner.Stale, now + JobRunner.Stale); // what was asked for ahead of now, before a clock was set back
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await FindSilent(db, cancellationToken);
        // steps of a chain are run by their chain, never on their own: an unfinished one is failed, the chain makes a new one
        await db.Jobs.Where(j => j.ParentId != null && j.State == JobState.Running && j.HeartbeatAt < stale).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Error, "The worker died; the chain starts over."), cancellationToken);
        await Wake(db, now, cancellationToken);
        var left = db.Jobs.Where(j =>
            (j.State == JobState.Queued && (j.MessageId != null || j.RequestedAt < stale || j.RequestedAt > ahead)) // one of just now is being handed in
            || (j.State == JobState.Running && j.HeartbeatAt < stale));
        await messages.HandIn(db, await JobMessages.Tickets(left, cancellationToken), cancellationToken);
    }

    /// <summary>A clock set back leaves retries further ahead than any pause is long: they are due.</summary>
    private async Task Wake(WfmDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var latest = now + JobRunner.LongestPause;
        var far = db.Jobs.Where(j => j.State == JobState.Queued && j.RetryAt > latest);
        foreach (var row in await far.Select(j => new { j.Id, j.MessageId }).ToListAsync(cancellationToken))
        {
            // Without its message first: one that is dropped would take the row with it.
            var woken = await far.Where(j => j.Id == row.Id && j.MessageId == row.MessageId).ExecuteUpdateAsync(
                j => j.SetProperty(x => x.RetryAt, (Instant?)null).SetProperty(x => x.MessageId, (string?)null), cancellationToken);
            if (woken > 0 && !string.IsNullOrEmpty(row.MessageId))
            {
                messages.Drop(row.MessageId);
            }
        }
    }

    /// <summary>A clock set back leaves the last signs of dead workers in the future. What has given none while half a minute passed here is as dead.</summary>
    private async Task FindSilent(WfmDbContext db, CancellationToken cancellationToken)
    {
        var running = await db.Jobs.Where(j => j.State == JobState.Running).Select(j => new { j.Id, j.HeartbeatAt }).ToListAsync(cancellationToken);
        Instant? longAgo = clock.GetCurrentInstant() - JobRunner.Stale - JobRunner.Stale;
        foreach (var (id, beat) in running.Select(j => (j.Id, j.HeartbeatAt)))
        {
            if (!_beats.TryGetValue(id, out var seen) || seen.Beat != beat)
            {
                _beats[id] = (beat, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(seen.Since) > JobRunner.Stale.ToTimeSpan() && beat > longAgo)
            {
                await db.Jobs.Where(j => j.Id == id && j.State == JobState.Running && j.HeartbeatAt == beat)
                    .ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, longAgo), cancellationToken);
            }
        }

        foreach (var ended in _beats.Keys.Except(running.Select(j => j.Id)).ToList())
        {
            _beats.Remove(ended);
        }
    }
}
