using System.Security.Claims;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Crises.Outlook;

internal static class CrisisOutlookEndpoints
{
    private const int Most = 72;

    public static void MapCrisisOutlook(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/crises/{id:guid}/outlook", Get).WithTags("Crises").WithName("GetCrisisOutlook").WithSummary(
                "What the crisis is likely to bring by queue, language and hub, learned from what came since its start, and which clocks run out when if "
                    + "nothing is done. Computed from what is known now.")
            .Requires(Permission.ReadRosters);

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="hours">Hours ahead, 1 to 72; 24 when left out.</param>
    /// <param name="at">The moment; now when left out. What was told of later ones is left out.</param>
    private static async Task<CrisisOutlookResponse> Get(
        Guid id, WfmDbContext db, CrisisOutlookDesk desk, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, int? hours = null,
        QueryInstant? at = null)
    {
        if (hours is < 1 or > Most)
        {
            throw ProblemException.Semantic("hours", $"{hours} hours cannot be looked ahead; 1 to {Most} can.");
        }

        var crisis = await db.FindCrisis(id, user, cancellationToken);
        return await desk.Look(crisis, at?.Value ?? clock.GetCurrentInstant(), hours ?? 24, cancellationToken);
    }
}
