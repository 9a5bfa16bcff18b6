using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Waivers;

internal static class WaiverEndpoints
{
    public static void MapWaivers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/waivers").WithTags("Waivers");
        group.MapGet("/", List).WithName("ListWaivers").WithSummary("Waivers of one's hubs, newest first.").Requires(Permission.ReadRosters);
        group.MapPost("/", Create).WithName("CreateWaiver").WithSummary(
                "Waives a rule of the organisation for some people and days while a crisis is declared: edits that break it no further are made. A law, an "
                    + "agreement or a limit on harmful content is refused with 422.")
            .Requires(Permission.ManageWaivers).WithDatedExample(WaiverExamples.New);
        group.MapGet("/{id:guid}", Get).WithName("GetWaiver").WithSummary("Reads one waiver.").Requires(Permission.ReadRosters);
        group.MapGet("/{id:guid}/uses", Uses).WithName("ListUsesOfWaiver")
            .WithSummary("What was done under a waiver, the last first: edits and publications, with the breach and the rest that is due for it.")
            .Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}:revoke", Revoke).WithName("RevokeWaiver")
            .WithSummary("Takes a waiver back: nothing more is done under it. What was done stays until an edit changes it.")
            .Requires(Permission.ManageWaivers).WithExample(new RevokeWaiverRequest { Reason = "Cork has people to spare." })
            .WithMetadata(new NeedsIfMatch());
        routes.MapGet("/api/v1/crises/{id:guid}/waiver-uses", UsesInCrisis).WithTags("Crises").WithName("ListWaiverUsesOfCrisis")
            .WithSummary("The record of a crisis: every rule that was broken under a waiver, the last first, with the rest that is due for it.")
            .Requires(Permission.ReadRosters);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="crisis">Identity of the crisis.</param>
    /// <param name="rule">Code of the rule.</param>
    /// <param name="inForce">True for those under which edits may be made now, false for the others; both when left out.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<WaiverResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, string? hub = null, Guid? crisis = null,
        string? rule = null, bool? inForce = null, int? limit = null, string? after = null)
    {
        var (take, before, now) = (Paging.Limit(limit), Paging.Id(after), clock.GetCurrentInstant());
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        var found = await ThatAre(Whole(db).AsNoTracking(), inForce, now)
            .Where(w => ids.Contains(w.HubId) && (before == null || w.Id.CompareTo(before.Value) < 0))
            .Where(w => (crisis == null || w.CrisisId == crisis) && (rule == null || w.Rule == rule))
            .OrderByDescending(w => w.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, w => w.Id.ToString(), w => WaiverResponse.Of(w, now));
    }

    private static IQueryable<Waiver> ThatAre(IQueryable<Waiver> waivers, bool? inForce, Instant now) => inForce switch
    {
        true => waivers.Where(w => w.RevokedAt == null && w.ExpiresAt > now && w.Crisis!.EndedAt == null && w.Crisis.From <= now),
        false => waivers.Where(w => w.RevokedAt != null || w.ExpiresAt <= now || w.Crisis!.EndedAt != null || w.Crisis.From > now),
        null => waivers,
    };

    private static async Task<Created<WaiverResponse>> Create(
        CreateWaiverRequest request, WfmDbContext db, WaiverReader reader, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var waiver = await reader.Read(request, user, findings, cancellationToken);
        db.Waivers.Add(waiver);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers.ETag = ETags.Of(waiver.Id, waiver.Version);
        return TypedResults.Created($"/api/v1/waivers/{waiver.Id}", WaiverResponse.Of(waiver, waiver.CreatedAt));
    }

    /// <param name="id">Identity of the waiver.</param>
    private static async Task<WaiverResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken) =>
        Answer(await Find(id, db, user, cancellationToken), clock, response);

    /// <param name="id">Identity of the waiver.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<WaiverUseResponse>> Uses(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, int? limit = null, string? after = null)
    {
        await Find(id, db, user, cancellationToken);
        return await PageOf(db.WaiverUses.Where(u => u.WaiverId == id), null, limit, after, cancellationToken);
    }

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="agent">Code of an agent.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<WaiverUseResponse>> UsesInCrisis(
        Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? agent = null, int? limit = null, string? after = null)
    {
        await db.FindCrisis(id, user, cancellationToken);
        var hubs = (await db.HubsFor(null, user, cancellationToken)).Keys.ToArray();
        return await PageOf(db.WaiverUses.Where(u => u.CrisisId == id && hubs.Contains(u.HubId)), agent, limit, after, cancellationToken);
    }

    private static async Task<Page<WaiverUseResponse>> PageOf(
        IQueryable<WaiverUse> uses, string? agent, int? limit, string? after, CancellationToken cancellationToken)
    {
        var (take, before) = (Paging.Limit(limit), Paging.Id(after));
        var found = await uses.AsNoTracking().Include(u => u.Agent).Include(u => u.Waiver).ThenInclude(w => w!.Hub)
            .Where(u => (agent == null || u.Agent!.Code == agent) && (before == null || u.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(u => u.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, u => u.Id.ToString(), WaiverUseResponse.Of);
    }

    /// <param name="id">Identity of the waiver.</param>
    private static async Task<WaiverResponse> Revoke(
        Guid id, RevokeWaiverRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var waiver = await Find(id, db, user, cancellationToken);
        if (waiver.RevokedAt is { } revoked)
        {
            throw ProblemException.Conflict($"The waiver was revoked at {revoked} by {waiver.RevokedBy}.");
        }

        http.Request.CheckIfMatch(ETags.Of(waiver.Id, waiver.Version));
        (waiver.RevokedAt, waiver.RevokedBy, waiver.RevokeReason) = (clock.GetCurrentInstant(), user.KeyName(), request.Reason);
        waiver.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return Answer(waiver, clock, http.Response);
    }

    private static WaiverResponse Answer(Waiver waiver, IClock clock, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(waiver.Id, waiver.Version);
        return WaiverResponse.Of(waiver, clock.GetCurrentInstant());
    }

    private static IQueryable<Waiver> Whole(WfmDbContext db) =>
        db.Waivers.Include(w => w.Crisis).Include(w => w.Hub).Include(w => w.People).ThenInclude(p => p.Agent).AsSplitQuery();

    private static async Task<Waiver> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var waiver = await Whole(db).SingleOrDefaultAsync(w => w.Id == id, cancellationToken) ?? throw ProblemException.NotFound("waiver", id.ToString());
        user.DemandHub(waiver.Hub!.Code);
        return waiver;
    }
}
