using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Keeps new rosters.</summary>
internal static class RosterStore
{
    private const int Attempts = 20;

    /// <summary>Stores a roster under the next revision of its hub and start; of jobs that make revisions at once each gets one of its own.</summary>
    public static async Task AddRevision(this WfmDbContext db, Roster roster, CancellationToken cancellationToken)
    {
        db.Rosters.Add(roster);
        for (var attempt = 1; ; attempt++)
        {
            roster.Revision =
                1 + (await db.Rosters.Where(r => r.HubId == roster.HubId && r.Start == roster.Start).MaxAsync(r => (int?)r.Revision, cancellationToken) ?? 0);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return;
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreConflicts.IsDuplicate(e))
            {
                // another job took the number
            }
        }
    }

    /// <summary>Identities of agents by code, wherever they are now: somebody who left or moved while their roster was made is in it all the same.</summary>
    public static Task<Dictionary<string, Guid>> AgentIds(this WfmDbContext db, IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        var wanted = codes.Distinct().ToList();
        return db.Agents.AsNoTracking().Where(a => wanted.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id, cancellationToken);
    }
}
