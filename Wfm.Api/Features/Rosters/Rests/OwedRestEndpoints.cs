using System.Security.Claims;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Rests;

internal static class OwedRestEndpoints
{
    public static void MapOwedRests(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/owed-rests", List).WithTags("Waivers")
        .WithName("ListOwedRests").WithSummary(
            "Rest that people are owed for rules broken under waivers, the last breach first, and whether published days give it; what is missing or overdue "
                + "has a finding.")
        .Requires(Permission.ReadRosters).WithExample(path: ("hub", "dub"));

    /// <param name="hub">Code of the hub.</param>
    /// <param name="agent">Code of an agent.</param>
    /// <param name="state">given, planned, open, missing or overdue; all when left out.</param>
    /// <param name="dueFrom">First local day by which rest is due that is told; all when left out.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<OwedRestResponse>> List(
        string hub, WfmDbContext db, RestBook book, ClaimsPrincipal user, CancellationToken cancellationToken, string? agent = null,
        QueryEnum<OwedRestState>? state = null, QueryDate? dueFrom = null, int? limit = null, string? after = null)
    {
        var (take, before) = (Paging.Limit(limit), Paging.Id(after));
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var owed = await book.Of(found, null, dueFrom?.Value, null, cancellationToken);
        return owed.Where(o => (agent is null || o.Use.Agent!.Code == agent) && (state is null || o.State == state.Value.Value))
            .OrderByDescending(o => o.Use.Id).Where(o => before is null || o.Use.Id.CompareTo(before.Value) < 0).Take(take + 1).ToList()
            .ToPage(take, o => o.Use.Id.ToString(), o => OwedRestResponse.Of(o, found.Code, found.Zone));
    }
}
