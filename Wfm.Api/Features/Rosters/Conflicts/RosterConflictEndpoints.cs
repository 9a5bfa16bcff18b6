using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Conflicts;

internal static class RosterConflictEndpoints
{
    public static void MapRosterConflicts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/rosters/{id:guid}/conflicts", Conflicts).WithTags("Rosters").WithName("GetRosterConflicts")
            .WithSummary("What provably cannot be had, each with the smallest set of rules and data behind it.").Requires(Permission.ReadRosters);

    /// <param name="id">Identity of the roster.</param>
    private static async Task<IReadOnlyList<ConflictData>> Conflicts(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var roster =
            await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("roster", id.ToString());
        await db.HubOf(roster.HubId, user, cancellationToken);
        // One conflict may stand behind several violations.
        return [.. roster.Violations.Select(v => v.Conflict).OfType<ConflictData>().DistinctBy(c => c.Message)];
    }
}
