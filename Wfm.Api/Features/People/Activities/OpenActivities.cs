using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Reads the activities of a hub that a roster could have.</summary>
public sealed class OpenActivities(WfmDbContext db)
{
    /// <param name="hub">The hub.</param>
    /// <param name="start">First local day of the roster.</param>
    /// <param name="days">Its local days.</param>
    /// <param name="only">Identities; empty for all.</param>
    /// <returns>With their sessions, not tracked; by identity.</returns>
    public Task<List<PlannedActivity>> Of(Hub hub, LocalDate start, int days, IReadOnlyCollection<Guid> only, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var end = start.PlusDays(days);
        return db.Activities.AsNoTracking().Include(a => a.Sessions).Where(a => a.HubId == hub.Id && a.CancelledAt == null && a.From < end && a.To >= start)
            .Where(a => only.Count == 0 || only.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(cancellationToken);
    }
}
