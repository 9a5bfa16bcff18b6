using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Who has how many of the jobs that somebody waits for with the workers: of one hub, and of one key, a part of them at most, so that there are
/// workers left for others however many jobs it has.</summary>
internal sealed class JobShares
{
    private readonly int _most;
    private readonly Instant _now;
    private readonly IReadOnlyCollection<string> _kinds;
    private readonly List<Held> _held;

    private JobShares(int most, Instant now, IReadOnlyCollection<string> kinds, List<Held> held)
    {
        (_most, _now, _kinds, _held) = (most, now, kinds, held);
    }

    /// <param name="most">Jobs of a hub, and of a key, at once.</param>
    /// <param name="kinds">Kinds of jobs that somebody waits for.</param>
    /// <param name="gone">Rows whose message is gone: they are to be handed in, and hold nothing. A dead worker's hold nothing either.</param>
    public static async Task<JobShares> Read(
        WfmDbContext db, int most, Instant now, IReadOnlyCollection<string> kinds, IReadOnlyCollection<JobTicket> gone, CancellationToken cancellationToken)
    {
        var stale = now - JobRunner.Stale;
        var held = await db.Jobs.AsNoTracking()
            .Where(j => j.ParentId == null && (j.State == JobState.Queued || (j.State == JobState.Running && j.HeartbeatAt >= stale))
                && j.MessageId != JobMessages.Waiting
                && (j.RetryAt == null || j.RetryAt <= now) && kinds.Contains(j.Kind))
            .Select(j => new Held(j.Id, j.HubId, j.KeyId, j.MessageId != null)).ToListAsync(cancellationToken);
        var without = gone.Select(g => g.Id).ToHashSet();
        return new JobShares(most, now, kinds, held.FindAll(h => !without.Contains(h.Id)));
    }

    /// <summary>Gives the row a place among the workers' jobs, if it needs one.</summary>
    /// <returns>False when its hub or key has as many as it may; of rows that come at once the older go first.</returns>
    public bool Take(JobTicket row)
    {
        if (!_kinds.Contains(row.Kind) || row.RetryAt > _now)
        {
            return true;
        }

        var before = _held.FindAll(h => h.IsHandedIn || h.Id.CompareTo(row.Id) < 0);
        if ((row.KeyId is { } key && before.Count(h => h.KeyId == key) >= _most) || (row.HubId is { } hub && before.Count(h => h.HubId == hub) >= _most))
        {
            return false;
        }

        _held.Add(new Held(row.Id, row.HubId, row.KeyId, IsHandedIn: true));
        return true;
    }

    /// <param name="IsHandedIn">False for one that its process is about to hand in.</param>
    private sealed record Held(Guid Id, Guid? HubId, Guid? KeyId, bool IsHandedIn);
}
