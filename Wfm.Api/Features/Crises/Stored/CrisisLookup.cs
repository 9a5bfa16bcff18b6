using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Crises.Stored;

/// <summary>From an identity to the crisis, when the key may touch one of its hubs.</summary>
internal static class CrisisLookup
{
    /// <exception cref="ProblemException">404 for an unknown one, 403 for one of other hubs.</exception>
    public static async Task<Crisis> FindCrisis(this WfmDbContext db, Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var crisis = await db.Crises.Include(c => c.Hubs).ThenInclude(h => h.Hub).SingleOrDefaultAsync(c => c.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("crisis", id.ToString());
        return crisis.Hubs.Exists(h => user.MayTouch(h.Hub!.Code)) ? crisis : throw ProblemException.Forbidden(crisis.Hubs[0].Hub!.Code);
    }

    /// <exception cref="ProblemException">409: it was ended.</exception>
    public static void DemandOpen(this Crisis crisis)
    {
        if (crisis.EndedAt is { } ended)
        {
            throw ProblemException.Conflict($"The crisis '{crisis.Name}' was ended at {ended} by {crisis.EndedBy}.");
        }
    }
}
