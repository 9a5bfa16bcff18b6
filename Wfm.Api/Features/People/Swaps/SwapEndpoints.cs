using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>Swaps, give-aways and pick-ups as managers see and decide them.</summary>
internal static class SwapEndpoints
{
    public static void MapSwaps(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/swaps").WithTags("Swaps");
        group.MapGet("/", List).WithName("ListSwaps").WithSummary("Swaps, give-aways and pick-ups of one's hubs, newest first.")
            .Requires(Permission.DecideRequests);
        group.MapPost("/", Create).WithName("CreateSwap").WithSummary(
                "Puts in a swap for people: it waits for the other, or is decided by the policy where the other has agreed. Refused at once where it would "
                    + "break a rule.")
            .Requires(Permission.DecideRequests).WithDatedExample(today => new OperationExample(
                new CreateSwapRequest
                {
                    Kind = SwapKind.Exchange,
                    Agent = "dub-001",
                    Date = today.PlusDays(7),
                    Other = "dub-002",
                    OtherDate = today.PlusDays(8),
                    Reason = "Both asked by phone.",
                },
                []));
        group.MapGet("/{id:guid}", Get).WithName("GetSwap").WithSummary("Reads one request with each change of its state.")
            .Requires(Permission.DecideRequests);
        group.MapGet("/{id:guid}/check", Check).WithName("CheckSwap")
            .WithSummary("What a request would do to the roster now: rules, costs, coverage, the people's figures.").Requires(Permission.DecideRequests);
        group.MapGet("/{id:guid}/takers", Takers).WithName("ListSwapTakers")
            .WithSummary("Who may legally take what is offered, and the rule that stops each of the others.").Requires(Permission.DecideRequests);
        group.MapPost("/{id:guid}:approve", Approve).WithName("ApproveSwap")
            .WithSummary("Approves what the people agreed on, in one edit of the roster in force, checked by every rule.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        group.MapPost("/{id:guid}:refuse", Refuse).WithName("RefuseSwap").WithSummary("Refuses a request that is not decided.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="agent">Code of one of the people.</param>
    /// <param name="state">asked, accepted, approved, refused, withdrawn, expired or failed.</param>
    /// <param name="kind">exchange, giveAway or pickUp.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<SwapResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, string? hub = null, string? agent = null,
        QueryEnum<SwapState>? state = null, QueryEnum<SwapKind>? kind = null, int? limit = null, string? after = null)
    {
        var (take, before) = (Paging.Limit(limit), Paging.Id(after));
        await SwapSweep.Expire(db, clock.GetCurrentInstant(), cancellationToken);
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        var (ofState, ofKind) = (state?.Value, kind?.Value);
        var found = await db.Swaps.AsNoTracking().Include(s => s.Hub).Include(s => s.Agent).Include(s => s.Other)
            .Where(s => ids.Contains(s.HubId) && (before == null || s.Id.CompareTo(before.Value) < 0))
            .Where(s => (ofState == null || s.State == ofState) && (ofKind == null || s.Kind == ofKind))
            .Where(s => agent == null || s.Agent!.Code == agent || s.Other!.Code == agent)
            .OrderByDescending(s => s.Id).Take(take + 1).ToListAsync(cancellationToken);
        return found.ToPage(take, s => s.Id.ToString(), SwapResponse.Of);
    }

    private static async Task<Created<SwapResponse>> Create(
        CreateSwapRequest request, WfmDbContext db, SwapDesk desk, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var agent = await db.Agents.Include(a => a.Hub).SingleOrDefaultAsync(a => a.Code == request.Agent && a.Active, cancellationToken)
            ?? throw ProblemException.Semantic("/agent", $"There is no active agent '{request.Agent}'.");
        user.DemandHub(agent.Hub!.Code);
        var ask = request.Read(agent.Hub.Zone, findings);
        findings.Require(!request.Accepted || ask.Other is not null, "/accepted", true, "Only a named person can have agreed.");
        findings.ThrowIfAny();
        var swap = await desk.Ask(agent, ask, user.KeyName(), cancellationToken);
        if (request.Accepted)
        {
            var other = await db.Agents.SingleAsync(a => a.Id == swap.OtherId, cancellationToken);
            swap = await desk.Accept(swap.Id, other, user.KeyName(), request.Reason, _ => { }, cancellationToken);
        }

        swap = await desk.Load(swap.Id, cancellationToken);
        response.Headers.ETag = ETags.Of(swap.Id, swap.Version);
        return TypedResults.Created($"/api/v1/swaps/{swap.Id}", SwapResponse.Of(swap));
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<SwapResponse> Get(
        Guid id, WfmDbContext db, SwapDesk desk, ClaimsPrincipal user, IClock clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var swap = await Find(id, desk, user, cancellationToken);
        if (swap.Expire(clock.GetCurrentInstant()))
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        return Answer(swap, response);
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<EditEffectResponse> Check(Guid id, SwapDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.Check(await Find(id, desk, user, cancellationToken), cancellationToken);

    /// <param name="id">Identity of the request.</param>
    /// <param name="may">True for those who may take it, false for the others; both when left out.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<TakerResponse>> Takers(
        Guid id, SwapDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken, bool? may = null, int? limit = null, string? after = null)
    {
        var swap = await Find(id, desk, user, cancellationToken);
        return swap.ToEverybody && swap.State == SwapState.Asked
            ? TakerPages.Of(await desk.TakersOf(swap, null, cancellationToken), may, limit, after)
            : throw ProblemException.Conflict("The shift is not offered to everybody, or is taken already.");
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<SwapResponse> Approve(
        Guid id, SwapReasonRequest request, SwapDesk desk, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        await Find(id, desk, user, cancellationToken);
        return Answer(await desk.Approve(id, user.KeyName(), request.Reason, s => http.Request.CheckIfMatch(ETags.Of(s.Id, s.Version)), cancellationToken),
            http.Response);
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<SwapResponse> Refuse(
        Guid id, SwapReasonRequest request, SwapDesk desk, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        await Find(id, desk, user, cancellationToken);
        var swap = await desk.Close(
            id, SwapState.Refused, user.KeyName(), request.Reason, _ => true, s => http.Request.CheckIfMatch(ETags.Of(s.Id, s.Version)), cancellationToken);
        return Answer(swap, http.Response);
    }

    private static SwapResponse Answer(Swap swap, HttpResponse response)
    {
        response.Headers.ETag = ETags.Of(swap.Id, swap.Version);
        return SwapResponse.Of(swap);
    }

    private static async Task<Swap> Find(Guid id, SwapDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var swap = await desk.Load(id, cancellationToken);
        user.DemandHub(swap.Hub!.Code);
        return swap;
    }
}

internal static class TakerPages
{
    /// <summary>A page in order of code.</summary>
    public static Page<TakerResponse> Of(IReadOnlyList<Scheduling.Requests.Taker> takers, bool? may, int? limit, string? after)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var found = takers.Where(t => may is null || (t.Rule is null) == may).Where(t => key is null || string.CompareOrdinal(t.AgentId, key) > 0)
            .OrderBy(t => t.AgentId, StringComparer.Ordinal).Take(take + 1).ToList();
        return found.ToPage(take, t => t.AgentId, TakerResponse.From);
    }
}
