using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Adherence.Claims;

internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/adherence/claims").WithTags("Adherence");
        group.MapGet("/", List).WithName("ListAdherenceClaims").WithSummary("Exceptions from adherence and disputes about it, newest first.")
            .Requires(Permission.ReadAdherence);
        group.MapPost("/", Create).WithName("CreateAdherenceException")
            .WithSummary("Lets a span of a person count as in adherence, approved at once or to be decided.").Requires(Permission.DecideRequests)
            .WithDatedExample(today => new OperationExample(
                new CreateExceptionRequest
                {
                    Agent = "dub-001",
                    LocalStart = today.PlusDays(-1) + new LocalTime(10, 0),
                    LocalEnd = today.PlusDays(-1) + new LocalTime(10, 40),
                    Reason = "Fire alarm: the building was cleared.",
                },
                []));
        group.MapPost("/{id:guid}:approve", Approve).WithName("ApproveAdherenceClaim")
            .WithSummary("Approves an exception or a dispute; the span it has, or is given here, counts as in adherence from now on.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        group.MapPost("/{id:guid}:refuse", Refuse).WithName("RefuseAdherenceClaim")
            .WithSummary("Refuses an exception or a dispute, or takes an approval back.").Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        var me = routes.MapGroup("/api/v1/me/adherence").WithTags("Me");
        me.MapGet("/claims", ListMine).WithName("ListMyAdherenceClaims").WithSummary("One's own exceptions and disputes, newest first.")
            .Requires(Permission.UseMe);
        me.MapPost("/exceptions", Ask).WithName("AskMyAdherenceException").WithSummary("Asks that a span counts as in adherence; the manager decides.")
            .Requires(Permission.UseMe).WithDatedExample(today => new OperationExample(
                new AskExceptionRequest
                {
                    LocalStart = today.PlusDays(-1) + new LocalTime(10, 0),
                    LocalEnd = today.PlusDays(-1) + new LocalTime(10, 40),
                    Reason = "My laptop had to be set up anew.",
                },
                []));
        me.MapPost("/disputes", Dispute).WithName("DisputeMyAdherence").WithSummary("Says that one's adherence of a day is wrong; the manager decides.")
            .Requires(Permission.UseMe).WithDatedExample(today => new OperationExample(
                new DisputeRequest { Date = today.PlusDays(-1), Reason = "I was in the training from 14:00; the system shows me as away." }, []));
        me.MapPost("/claims/{id:guid}:withdraw", Withdraw).WithName("WithdrawMyAdherenceClaim").WithSummary("Takes an exception or a dispute back.")
            .Requires(Permission.UseMe).WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="agent">Code of the agent.</param>
    /// <param name="kind">exception or dispute.</param>
    /// <param name="state">asked, approved, refused or withdrawn.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<ClaimResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, string? agent = null,
        QueryEnum<ClaimKind>? kind = null, QueryEnum<ClaimState>? state = null, int? limit = null, string? after = null)
    {
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        return await Page(
            db.AdherenceClaims.Where(c => ids.Contains(c.HubId) && (agent == null || c.Agent!.Code == agent)), kind, state, limit, after, cancellationToken);
    }

    private static async Task<Created<ClaimResponse>> Create(
        CreateExceptionRequest request, WfmDbContext db, ClaimDesk desk, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        var person = (await NamedAgents.Load(db, [request.Agent], user, cancellationToken)).Find(request.Agent, findings);
        findings.ThrowIfAny();
        var tracked = await db.Agents.Include(a => a.Hub).SingleAsync(a => a.Id == person!.Id, cancellationToken);
        var claim = await desk.Except(tracked, tracked.Hub!, request, request.Approve, user.KeyName(), findings, cancellationToken);
        return TypedResults.Created("/api/v1/adherence/claims", Answer(claim, response));
    }

    /// <param name="id">Identity of the claim.</param>
    private static Task<ClaimResponse> Approve(
        Guid id, ClaimDecisionRequest request, WfmDbContext db, ClaimDesk desk, ClaimsPrincipal user, HttpContext http, Findings findings,
        CancellationToken cancellationToken) => Decide(id, ClaimState.Approved, request, db, desk, user, http, findings, cancellationToken);

    /// <param name="id">Identity of the claim.</param>
    private static Task<ClaimResponse> Refuse(
        Guid id, ClaimDecisionRequest request, WfmDbContext db, ClaimDesk desk, ClaimsPrincipal user, HttpContext http, Findings findings,
        CancellationToken cancellationToken) => Decide(id, ClaimState.Refused, request, db, desk, user, http, findings, cancellationToken);

    private static async Task<ClaimResponse> Decide(
        Guid id, ClaimState state, ClaimDecisionRequest request, WfmDbContext db, ClaimDesk desk, ClaimsPrincipal user, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        var found = await db.AdherenceClaims.Include(c => c.Agent).SingleOrDefaultAsync(c => c.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("claim", id.ToString());
        await db.HubOf(found.HubId, user, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(found.Id, found.Version));
        await desk.Move(found, state, user.KeyName(), request, findings, cancellationToken);
        return Answer(found, http.Response);
    }

    /// <param name="kind">exception or dispute.</param>
    /// <param name="state">asked, approved, refused or withdrawn.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<ClaimResponse>> ListMine(
        MeCall me, QueryEnum<ClaimKind>? kind = null, QueryEnum<ClaimState>? state = null, int? limit = null, string? after = null)
    {
        var mine = me.Person.Id;
        return await Page(me.Db.AdherenceClaims.Where(c => c.AgentId == mine), kind, state, limit, after, me.Cancelled);
    }

    private static async Task<Created<ClaimResponse>> Ask(MeCall me, AskExceptionRequest request, ClaimDesk desk, Findings findings) =>
        TypedResults.Created(
            "/api/v1/me/adherence/claims",
            Answer(await desk.Except(me.Person, me.Hub, request, approve: false, me.Person.Code, findings, me.Cancelled), me.Http.Response));

    private static async Task<Created<ClaimResponse>> Dispute(MeCall me, DisputeRequest request, ClaimDesk desk, Findings findings)
    {
        findings.ThrowIfAny();
        return TypedResults.Created(
            "/api/v1/me/adherence/claims", Answer(await desk.Dispute(me.Person, me.Hub, request, findings, me.Cancelled), me.Http.Response));
    }

    /// <param name="id">Identity of the claim.</param>
    private static async Task<ClaimResponse> Withdraw(MeCall me, Guid id, ClaimDecisionRequest request, ClaimDesk desk, Findings findings)
    {
        var mine = me.Person.Id;
        var found = await me.Db.AdherenceClaims.Include(c => c.Agent).SingleOrDefaultAsync(c => c.Id == id && c.AgentId == mine, me.Cancelled)
            ?? throw ProblemException.NotFound("claim", id.ToString());
        me.Http.Request.CheckIfMatch(ETags.Of(found.Id, found.Version));
        await desk.Move(found, ClaimState.Withdrawn, me.Person.Code, request, findings, me.Cancelled);
        return Answer(found, me.Http.Response);
    }

    private static async Task<Page<ClaimResponse>> Page(
        IQueryable<AdherenceClaim> claims, QueryEnum<ClaimKind>? kind, QueryEnum<ClaimState>? state, int? limit, string? after,
        CancellationToken cancellationToken)
    {
        var (take, before, ofKind, ofState) = (Paging.Limit(limit), Paging.Id(after), kind?.Value, state?.Value);
        var found = await claims.AsNoTracking().Include(c => c.Agent)
            .Where(c => (ofKind == null || c.Kind == ofKind) && (ofState == null || c.State == ofState) && (before == null || c.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(c => c.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, c => c.Id.ToString(), ClaimResponse.Of);
    }

    private static ClaimResponse Answer(AdherenceClaim claim, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(claim.Id, claim.Version);
        return ClaimResponse.Of(claim);
    }
}
