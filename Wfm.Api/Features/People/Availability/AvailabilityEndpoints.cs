using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Availability;

internal static class AvailabilityEndpoints
{
    public static void MapAvailability(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/availability-requests").WithTags("Swaps");
        group.MapGet("/", List).WithName("ListAvailabilityRequests").WithSummary("What people ask of their availability, newest first.")
            .Requires(Permission.DecideRequests);
        group.MapPost("/{id:guid}:approve", Approve).WithName("ApproveAvailability")
            .WithSummary("Puts availability in force: the next roster and every edit keep to it.").Requires(Permission.DecideRequests)
            .WithMetadata(new NeedsIfMatch());
        group.MapPost("/{id:guid}:refuse", Refuse).WithName("RefuseAvailability").WithSummary("Refuses other availability.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        routes.MapAvailabilityImport();
        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/availability", ListMine).WithName("ListMyAvailability").WithSummary("One's own requests for other availability, newest first.")
            .Requires(Permission.UseMe);
        me.MapPost("/availability", Ask).WithName("AskMyAvailability").WithSummary(
                "Says when one can work on some dates; in force at once where the policy of the hub says so, else the manager decides.")
            .Requires(Permission.UseMe).WithDatedExample(today => new OperationExample(
                new AskAvailabilityRequest
                {
                    From = today.PlusDays(60),
                    To = today.PlusDays(74),
                    Times = [new DayTimesRequest(new LocalTime(8, 0), new LocalTime(16, 0))],
                    Reason = "School holidays.",
                },
                []));
        me.MapPost("/availability/{id:guid}:withdraw", Withdraw).WithName("WithdrawMyAvailability")
            .WithSummary("Takes a request back, approved or not; the weekly availability holds again.").Requires(Permission.UseMe)
            .WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="agent">Code of the person.</param>
    /// <param name="state">asked, approved, refused or withdrawn.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AvailabilityResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, string? agent = null,
        QueryEnum<AvailabilityState>? state = null, int? limit = null, string? after = null)
    {
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        return await Page(
            db.AvailabilityRequests.Where(r => ids.Contains(r.HubId) && (agent == null || r.Agent!.Code == agent)), state, limit, after, cancellationToken);
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<AvailabilityResponse> Approve(
        Guid id, AvailabilityReasonRequest request, WfmDbContext db, AvailabilityDesk desk, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancellationToken) => await Decide(id, AvailabilityState.Approved, request, db, desk, user, http, cancellationToken);

    /// <param name="id">Identity of the request.</param>
    private static async Task<AvailabilityResponse> Refuse(
        Guid id, AvailabilityReasonRequest request, WfmDbContext db, AvailabilityDesk desk, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancellationToken) => await Decide(id, AvailabilityState.Refused, request, db, desk, user, http, cancellationToken);

    /// <param name="state">asked, approved, refused or withdrawn.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<AvailabilityResponse>> ListMine(
        MeCall me, QueryEnum<AvailabilityState>? state = null, int? limit = null, string? after = null)
    {
        var mine = me.Person.Id;
        return await Page(me.Db.AvailabilityRequests.Where(r => r.AgentId == mine), state, limit, after, me.Cancelled);
    }

    private static async Task<Created<AvailabilityResponse>> Ask(MeCall me, AskAvailabilityRequest request, AvailabilityDesk desk, Findings findings)
    {
        findings.ThrowIfAny();
        return TypedResults.Created("/api/v1/me/availability", Answer(await desk.Ask(me.Person, request, findings, me.Cancelled), me.Http.Response));
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<AvailabilityResponse> Withdraw(MeCall me, Guid id, AvailabilityReasonRequest request, AvailabilityDesk desk)
    {
        var found = await me.Db.AvailabilityRequests.Include(r => r.Agent).SingleOrDefaultAsync(r => r.Id == id && r.AgentId == me.Person.Id, me.Cancelled)
            ?? throw ProblemException.NotFound("request", id.ToString());
        me.Http.Request.CheckIfMatch(ETags.Of(found.Id, found.Version));
        await desk.Move(found, AvailabilityState.Withdrawn, me.Person.Code, request.Reason, me.Cancelled);
        return Answer(found, me.Http.Response);
    }

    private static async Task<AvailabilityResponse> Decide(
        Guid id, AvailabilityState state, AvailabilityReasonRequest request, WfmDbContext db, AvailabilityDesk desk, ClaimsPrincipal user, HttpContext http,
        CancellationToken cancellationToken)
    {
        var found = await db.AvailabilityRequests.Include(r => r.Agent).SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("request", id.ToString());
        await db.HubOf(found.HubId, user, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(found.Id, found.Version));
        await desk.Move(found, state, user.KeyName(), request.Reason, cancellationToken);
        return Answer(found, http.Response);
    }

    private static async Task<Page<AvailabilityResponse>> Page(
        IQueryable<AvailabilityRequest> requests, QueryEnum<AvailabilityState>? state, int? limit, string? after, CancellationToken cancellationToken)
    {
        var (take, before, only) = (Paging.Limit(limit), Paging.Id(after), state?.Value);
        var found = await requests.AsNoTracking().Include(r => r.Agent)
            .Where(r => (only == null || r.State == only) && (before == null || r.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, r => r.Id.ToString(), AvailabilityResponse.Of);
    }

    private static AvailabilityResponse Answer(AvailabilityRequest request, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(request.Id, request.Version);
        return AvailabilityResponse.Of(request);
    }
}
