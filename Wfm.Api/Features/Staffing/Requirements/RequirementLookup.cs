using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>Finds the requirement that a request means.</summary>
internal static class RequirementLookup
{
    /// <summary>The requirement asked for, or the newest of what arrives at the hub; null when there is none. A share of an allocation is meant only by
    /// name.</summary>
    public static Task<RequirementRun?> RequirementOf(this WfmDbContext db, Hub hub, Guid? id, CancellationToken cancellationToken)
    {
        var mine = db.Requirements.AsNoTracking().Include(r => r.Forecast).Where(r => r.HubId == hub.Id);
        return id is { } given
            ? mine.SingleOrDefaultAsync(r => r.Id == given, cancellationToken)
            : mine.Where(r => r.AllocationId == null).OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancellationToken);
    }
}
