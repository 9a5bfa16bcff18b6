using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>From the code in a request to the hub, when the key may touch it.</summary>
internal static class HubLookup
{
    /// <exception cref="ProblemException">422 for an unknown code, 403 for a hub of others.</exception>
    public static async Task<Hub> HubByCode(this WfmDbContext db, string code, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().SingleOrDefaultAsync(h => h.Code == code, cancellationToken)
            ?? throw ProblemException.Semantic("/hub", $"There is no hub '{code}'.");
        user.DemandHub(hub.Code);
        return hub;
    }

    /// <summary>The hub of something already found, when the key may touch it.</summary>
    public static async Task<Hub> HubOf(this WfmDbContext db, Guid hubId, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == hubId, cancellationToken);
        user.DemandHub(hub.Code);
        return hub;
    }

    /// <summary>Hubs of a list by id: the one it is filtered by, or all that the key may touch.</summary>
    /// <exception cref="ProblemException">422 for an unknown filter, 403 for a hub of others.</exception>
    public static async Task<Dictionary<Guid, Hub>> HubsFor(this WfmDbContext db, string? only, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (only is not null)
        {
            user.DemandHub(only);
        }

        var hubs = await db.Hubs.AsNoTracking().Where(h => only == null || h.Code == only).ToListAsync(cancellationToken);
        return only is null || hubs.Count > 0
            ? hubs.Where(h => user.MayTouch(h.Code)).ToDictionary(h => h.Id)
            : throw ProblemException.Semantic("hub", $"There is no hub '{only}'.");
    }
}
