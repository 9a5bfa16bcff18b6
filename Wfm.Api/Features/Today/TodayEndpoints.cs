using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.Events;
using Wfm.Api.Features.Today.Snapshot;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Today;

internal static class TodayEndpoints
{
    public const double UsualRisk = 0.8;

    public static void MapToday(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/today").WithTags("Today");
        group.MapGet("", Get).WithName("GetToday").WithSummary(
                "The running day of a hub in one answer: volumes and their re-forecast, service so far and projected, clocks at risk, backlog, heads, people.")
            .Requires(Permission.ReadRosters).WithExample(null, ("hub", "dub"));
        group.MapGet("/events", Follow).WithName("FollowToday").WithSummary(
                "Says by server-sent events when the day has changed: volumes, backlog, roster, absences, states, or the next interval; "
                    + "resumes by Last-Event-ID.")
            .Requires(Permission.ReadRosters).Produces<TodayEvent>(StatusCodes.Status200OK, "text/event-stream").WithExample(null, ("hub", "dub"));
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="at">The moment; what was told of later ones is not used. Now when left out.</param>
    /// <param name="riskLevel">Probability with which the required heads are enough, between 0 and 1; 0.8 when left out.</param>
    private static async Task<TodayResponse> Get(
        string hub, WfmDbContext db, TodayDesk desk, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, QueryInstant? at = null,
        double riskLevel = UsualRisk)
    {
        if (riskLevel is not (> 0 and < 1))
        {
            throw ProblemException.Semantic("riskLevel", $"riskLevel lies between 0 and 1, {riskLevel} does not.");
        }

        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        return await desk.Snapshot(found, at?.Value ?? clock.GetCurrentInstant(), riskLevel, cancellationToken);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="lastEventId">Id of the last event that was received: what has changed since is told at once.</param>
    private static async Task<ServerSentEventsResult<TodayEvent>> Follow(
        string hub, WfmDbContext db, TodayEvents events, TodayListeners listeners, ClaimsPrincipal user, IClock clock, IHostApplicationLifetime lifetime,
        HttpContext context, CancellationToken cancellationToken, [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        context.Response.RegisterForDispose(listeners.Enter()); // also when the caller is gone before the first event
        return TypedResults.ServerSentEvents(
            events.Follow(
                found, lastEventId, () => db.StillAllows(user, Permission.ReadRosters, clock.GetCurrentInstant(), cancellationToken),
                lifetime.ApplicationStopping));
    }
}
