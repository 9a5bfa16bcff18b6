using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>At start and every ten seconds: hands in again rows whose message is gone, be it with a process, a worker or an absent store; at once what other
/// processes over SQLite leave to this one. Looks every two seconds whether the workers of the running rows are alive.</summary>
internal sealed class JobSweeper(
    IServiceScopeFactory scopes, JobMessages messages, Store store, [FromKeyedServices(JobClock.Key)] IClock clock, TimeProvider time,
    ILogger<JobSweeper> logger) : PeriodicStoreWork(TimeSpan.FromMilliseconds(250), logger)
{
    /// <summary>A living worker gives a sign each second; one that gives none for so long, while this process looks on, is dead.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>Between two looks; after a longer pause the store was away or this process stood still, and the workers are given the time anew.</summary>
    internal static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);
    private static readonly Duration FailuresKept = Duration.FromDays(7);

    private readonly Dictionary<Guid, (Instant? Beat, long Since)> _beats = [];
    private long? _looked;
    private long? _swept;
    private long? _tidied;

    protected override async Task Work(CancellationToken cancellationToken)
    {
        if (!messages.IsOpen)
        {
            return; // another process does it
        }

        if (IsDue(_looked, LookEvery))
        {
            await Look(cancellationToken);
        }

        if (IsDue(_swept, Every))
        {
            await Sweep(cancellationToken);
            _swept = time.GetTimestamp();
        }
        else if (store.Kind == StoreKind.Sqlite)
        {
            await using var scope = scopes.CreateAsyncScope();
            await messages.HandInWaiting(scope.ServiceProvider.GetRequiredService<WfmDbContext>(), cancellationToken);
        }

        if (IsDue(_tidied, TidyEvery))
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

    /// <summary>Takes from dead workers what they had in hand and hands it in again, though the engine holds its messages to be with them for longer.</summary>
    /// <remarks>Told by silence, not by clocks, which may differ and be set back.</remarks>
    internal async Task Look(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_looked is { } last && time.GetElapsedTime(last, now) > LongestGap)
        {
            _beats.Clear();
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var silent = await FindSilent(db, now, cancellationToken);
        _looked = now;
        if (silent.Count > 0)
        {
            var left = await JobMessages.Tickets(db.Jobs.Where(j => silent.Contains(j.Id)), cancellationToken);
            await messages.HandIn(db, left.ConvertAll(t => t with { IsAbandoned = true }), cancellationToken);
        }
    }

    private bool IsDue(long? last, TimeSpan every) => last is null || time.GetElapsedTime(last.Value) >= every;

    /// <returns>The rows that are to be taken from their workers; the signs of these are dated back, so that another may claim them. Steps of a chain are run
    /// by their chain, never on their own: they are failed, and the chain takes them up again.</returns>
    private async Task<List<Guid>> FindSilent(WfmDbContext db, long now, CancellationToken cancellationToken)
    {
        var running = await db.Jobs.Where(j => j.State == JobState.Running).Select(j => new { j.Id, j.HeartbeatAt, IsStep = j.ParentId != null })
            .ToListAsync(cancellationToken);
        Instant? longAgo = clock.GetCurrentInstant() - JobRunner.Stale - JobRunner.Stale;
        var silent = new List<Guid>();
        foreach (var job in running)
        {
            var (id, beat) = (job.Id, job.HeartbeatAt);
            if (!_beats.TryGetValue(id, out var seen) || seen.Beat != beat)
            {
                _beats[id] = (beat, now);
                continue;
            }

            var row = db.Jobs.Where(j => j.Id == id && j.State == JobState.Running && j.HeartbeatAt == beat);
            if (time.GetElapsedTime(seen.Since, now) <= Silence)
            {
                continue;
            }
            else if (job.IsStep)
            {
                await row.ExecuteUpdateAsync(
                    j => j.SetProperty(x => x.State, JobState.Failed).SetProperty(x => x.Error, "The worker died; the chain takes it up again."),
                    cancellationToken);
            }
            else if (beat > longAgo && await row.ExecuteUpdateAsync(j => j.SetProperty(x => x.HeartbeatAt, longAgo), cancellationToken) > 0)
            {
                silent.Add(id);
            }
        }

        foreach (var ended in _beats.Keys.Except(running.Select(j => j.Id)).ToList())
        {
            _beats.Remove(ended);
        }

        return silent;
    }
}
