using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>Shifts that nobody works yet, as managers post them.</summary>
internal static class OpenShiftEndpoints
{
    public static void MapOpenShifts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/open-shifts").WithTags("Swaps");
        group.MapGet("/", List).WithName("ListOpenShifts").WithSummary("Open shifts of one's hubs, newest first.").Requires(Permission.DecideRequests);
        group.MapPost("/", Post).WithName("CreateOpenShift")
            .WithSummary("Posts a shift that so many people may take, from a template or from start to end, on days of a published roster.")
            .Requires(Permission.DecideRequests).WithDatedExample(today => new OperationExample(
                new CreateOpenShiftRequest { Hub = "dub", Date = today.PlusDays(7), Group = "live-en", Template = "dub-day", Places = 2 }, []));
        group.MapGet("/{id:guid}", Get).WithName("GetOpenShift").WithSummary("Reads one open shift.").Requires(Permission.DecideRequests);
        group.MapGet("/{id:guid}/takers", Takers).WithName("ListOpenShiftTakers")
            .WithSummary("Who may legally take it, and the rule that stops each of the others.").Requires(Permission.DecideRequests);
        group.MapPost("/{id:guid}:withdraw", Withdraw).WithName("WithdrawOpenShift")
            .WithSummary("Takes back the places that are left; who has taken one keeps it.").Requires(Permission.DecideRequests)
            .WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="state">open, filled, withdrawn or expired.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<OpenShiftResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, string? hub = null, QueryEnum<OpenShiftState>? state = null,
        int? limit = null, string? after = null)
    {
        var (take, before, only) = (Paging.Limit(limit), Paging.Id(after), state?.Value);
        await SwapSweep.Expire(db, clock.GetCurrentInstant(), cancellationToken);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        var ids = hubs.Keys.ToArray();
        var found = await db.OpenShifts.AsNoTracking()
            .Where(s => ids.Contains(s.HubId) && (only == null || s.State == only) && (before == null || s.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(s => s.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, s => s.Id.ToString(), s => OpenShiftResponse.From(s, hubs[s.HubId].Code));
    }

    private static async Task<Created<OpenShiftResponse>> Post(
        CreateOpenShiftRequest request, WfmDbContext db, DecidingRosters rosters, ClaimsPrincipal user, IClock clock, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var hub = await db.HubByCode(request.Hub, user, cancellationToken);
        var (date, now) = (request.Date!.Value, clock.GetCurrentInstant());
        findings.Require(date >= now.InZone(hub.Zone).Date, "/date", date, $"{date:uuuu-MM-dd} is over.");
        findings.Require(
            await db.Queues.AnyAsync(q => q.SkillGroup == request.Group, cancellationToken), "/group", request.Group,
            $"There is no skill group '{request.Group}'.");
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == hub.Id).ToListAsync(cancellationToken);
        var shift = OpenShiftShape.Of(request, hub, templates, findings);
        findings.ThrowIfAny();
        if (await rosters.Last(hub.Id, date, cancellationToken) is null)
        {
            throw ProblemException.Semantic("/date", $"No published roster of hub '{hub.Code}' covers {date:uuuu-MM-dd}; edit the draft instead.");
        }

        var policy = await db.PolicyOf(hub.Id, cancellationToken);
        var open = new OpenShift
        {
            HubId = hub.Id,
            Date = date,
            Group = request.Group,
            Shift = shift!,
            Places = request.Places,
            PostedBy = user.KeyName(),
            Reason = request.Reason,
            PostedAt = now,
            ExpiresAt = shift!.Start - policy.Expiry,
            UpdatedAt = now,
        };
        SwapDesk.DemandInTime(open.ExpiresAt, policy, now);
        db.OpenShifts.Add(open);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers.ETag = ETags.Of(open.Id, open.Version);
        return TypedResults.Created($"/api/v1/open-shifts/{open.Id}", OpenShiftResponse.From(open, hub.Code));
    }

    /// <param name="id">Identity of the open shift.</param>
    private static async Task<OpenShiftResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var open = await Find(id, db, user, cancellationToken);
        if (open.Expire(clock.GetCurrentInstant()))
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        response.Headers.ETag = ETags.Of(open.Id, open.Version);
        return OpenShiftResponse.From(open, open.Hub!.Code);
    }

    /// <param name="id">Identity of the open shift.</param>
    /// <param name="may">True for those who may take it, false for the others; both when left out.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<TakerResponse>> Takers(
        Guid id, WfmDbContext db, SwapDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken, bool? may = null, int? limit = null,
        string? after = null) =>
        TakerPages.Of(await desk.TakersOf(await Find(id, db, user, cancellationToken), null, cancellationToken), may, limit, after);

    /// <param name="id">Identity of the open shift.</param>
    private static async Task<OpenShiftResponse> Withdraw(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, CancellationToken cancellationToken)
    {
        var open = await Find(id, db, user, cancellationToken);
        var now = clock.GetCurrentInstant();
        open.Expire(now);
        if (open.Closed is { } closed)
        {
            throw ProblemException.Conflict(closed);
        }

        http.Request.CheckIfMatch(ETags.Of(open.Id, open.Version));
        open.Move(OpenShiftState.Withdrawn, now);
        var waiting = await db.Swaps.Where(s => s.OpenShiftId == id && s.State == SwapState.Asked).ToListAsync(cancellationToken);
        waiting.ForEach(s => s.Move(new SwapStep(SwapState.Refused, now, user.KeyName(), "The open shift was withdrawn.", null)));
        await db.SaveChangesAsync(cancellationToken);
        http.Response.Headers.ETag = ETags.Of(open.Id, open.Version);
        return OpenShiftResponse.From(open, open.Hub!.Code);
    }

    private static async Task<OpenShift> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var open = await db.OpenShifts.Include(o => o.Hub).SingleOrDefaultAsync(o => o.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("open shift", id.ToString());
        user.DemandHub(open.Hub!.Code);
        return open;
    }
}
