using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Jobs;

/// <summary>When the nightly chain of a hub ran and runs.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="TimeZone">Its IANA time zone.</param>
/// <param name="NightlyAt">Its local time of the chain.</param>
/// <param name="NextNight">Local day that the next night ends on.</param>
/// <param name="NextAt">When its chain is due.</param>
/// <param name="LastNight">Local day of the last night handed in; null before the first.</param>
/// <param name="LastAt">When its chain was handed in; null before the first.</param>
public sealed record NightResponse(
    string Hub, string TimeZone, LocalTime NightlyAt, LocalDate NextNight, Instant NextAt, LocalDate? LastNight, Instant? LastAt);

internal static class NightEndpoints
{
    public static void MapNights(this IEndpointRouteBuilder routes) => routes.MapGet("/nightly", List).WithName("ListNights")
        .WithSummary("Lists the next and the last night of every hub, in order of hubs.").Requires(Permission.ReadJobs);

    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<NightResponse>>> List(
        WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        var (take, now, scope) = (Paging.Limit(limit), clock.GetCurrentInstant(), user.HubScope());
        var hubs = await db.Hubs.AsNoTracking().Where(h => scope == null || scope.Contains(h.Code)).PageByCode(after, take, cancellationToken);
        var ids = hubs.ConvertAll(h => h.Id);
        var nights = db.Nights.AsNoTracking().Where(n => ids.Contains(n.HubId) && n.HandedInAt != null);
        var last = await nights.Where(n => n.Date == nights.Where(o => o.HubId == n.HubId).Max(o => o.Date))
            .ToDictionaryAsync(n => n.HubId, cancellationToken);
        return TypedResults.Ok(hubs.ToPage(take, h => h.Code, hub =>
        {
            var (night, due) = new NightCalendar(hub.NightlyAt, hub.Zone).NextAfter(now);
            var ran = last.GetValueOrDefault(hub.Id);
            return new NightResponse(hub.Code, hub.TimeZone, hub.NightlyAt, night, due, ran?.Date, ran?.HandedInAt);
        }));
    }
}
