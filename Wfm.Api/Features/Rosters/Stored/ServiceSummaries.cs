using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>What the simulation said of rosters.</summary>
internal static class ServiceSummaries
{
    /// <summary>Newest summary by roster, of those that were checked.</summary>
    internal static async Task<Dictionary<Guid, ServiceCheckSummary>> ServiceOf(
        this WfmDbContext db, IReadOnlyList<Guid> rosters, CancellationToken cancellationToken)
    {
        var found = await db.ServiceChecks.AsNoTracking().Where(c => rosters.Contains(c.RosterId)).Select(c => new
        {
            c.Id,
            c.RosterId,
            c.Summary,
        })
            .ToListAsync(cancellationToken);
        return found.GroupBy(c => c.RosterId).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Id)!.Summary);
    }
}
