using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Stored;

/// <summary>Lets one open crisis be about a queue at a hub: two plans for one surge would move people twice.</summary>
internal sealed class CrisisClaims(WfmDbContext db)
{
    /// <summary>Queues by their codes, in order; what is unknown or named twice is a finding.</summary>
    public async Task<List<WorkQueue>> Queues(IReadOnlyList<string> codes, Findings findings, CancellationToken cancellationToken)
    {
        var queues = await db.Queues.Where(q => codes.Contains(q.Code)).OrderBy(q => q.Code).ToListAsync(cancellationToken);
        ReferenceLists.CheckKnown(findings, "/queues", codes, queues.Select(q => q.Code), "queue");
        return queues;
    }

    /// <summary>Stores a crisis with its claims on some queues at some hubs; those it has already stay.</summary>
    /// <exception cref="ProblemException">409: another open crisis has one of them. Of two at once the store lets one.</exception>
    public async Task Save(Crisis crisis, IReadOnlyList<Hub> hubs, IReadOnlyList<WorkQueue> queues, CancellationToken cancellationToken)
    {
        var (hubIds, queueIds) = (hubs.Select(h => h.Id).ToList(), queues.Select(q => q.Id).ToList());
        var taken = await Taken(hubIds, queueIds, cancellationToken);
        if (taken.Exists(c => c.CrisisId != crisis.Id))
        {
            throw await Conflict(crisis, taken, cancellationToken);
        }

        db.CrisisClaims.AddRange(
            from hub in hubIds
            from queue in queueIds
            where !taken.Exists(t => t.HubId == hub && t.QueueId == queue)
            select new CrisisClaim { HubId = hub, QueueId = queue, CrisisId = crisis.Id });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreConflicts.IsDuplicate(e))
        {
            db.ChangeTracker.Clear();
            throw await Conflict(crisis, await Taken(hubIds, queueIds, cancellationToken), cancellationToken);
        }
    }

    private Task<List<CrisisClaim>> Taken(List<Guid> hubs, List<Guid> queues, CancellationToken cancellationToken) => db.CrisisClaims.AsNoTracking()
        .Where(c => hubs.Contains(c.HubId) && queues.Contains(c.QueueId)).OrderBy(c => c.CrisisId).ThenBy(c => c.HubId).ThenBy(c => c.QueueId)
        .ToListAsync(cancellationToken);

    private async Task<ProblemException> Conflict(Crisis crisis, List<CrisisClaim> taken, CancellationToken cancellationToken)
    {
        if (taken.Find(c => c.CrisisId != crisis.Id) is not { } first)
        {
            return ProblemException.Conflict("Another crisis was declared about one of the queues and ended at once; send it again.");
        }

        var other = await db.Crises.AsNoTracking().SingleAsync(c => c.Id == first.CrisisId, cancellationToken);
        var queue = await db.Queues.Where(q => q.Id == first.QueueId).Select(q => q.Code).SingleAsync(cancellationToken);
        var hub = await db.Hubs.Where(h => h.Id == first.HubId).Select(h => h.Code).SingleAsync(cancellationToken);
        return ProblemException.Conflict(
                $"Queue '{queue}' at hub '{hub}' is part of the crisis '{other.Name}', declared at {other.DeclaredAt} by {other.DeclaredBy}. Extend that one "
                    + $"(POST /api/v1/crises/{other.Id}:extend), leave the queue out, or end that one first.")
            .With("crisis", other.Id);
    }
}
