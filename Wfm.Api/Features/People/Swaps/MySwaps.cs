using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Swaps;

/// <summary>One's own requests to others, what others offer, and open shifts one may take.</summary>
internal static class MySwaps
{
    public static void MapMySwaps(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/swaps", List).WithName("ListMySwaps").WithSummary("What one has asked of others or agreed to, newest first.").Requires(Permission.UseMe);
        me.MapPost("/swaps", Ask).WithName("AskMySwap").WithSummary(
                "Offers a shift of one's own, or a part of one, to a colleague or to everybody who may take it, or asks for an exchange. Refused at once "
                    + "where it would break a rule.")
            .Requires(Permission.UseMe).WithDatedExample(today => new OperationExample(
                new AskSwapRequest { Kind = SwapKind.GiveAway, Date = today.PlusDays(7), Reason = "My sister marries." }, []));
        me.MapPost("/swaps/{id:guid}:withdraw", Withdraw).WithName("WithdrawMySwap").WithSummary("Takes back what one has asked for and is not decided.")
            .Requires(Permission.UseMe).WithMetadata(new NeedsIfMatch());
        me.MapGet("/offers", Offers).WithName("ListMyOffers")
            .WithSummary("What colleagues ask of one, and shifts offered to everybody that one may legally take.").Requires(Permission.UseMe);
        me.MapPost("/offers/{id:guid}:accept", Accept).WithName("AcceptMyOffer").WithSummary(
                "Agrees to an exchange, or takes a shift that is offered; approved at once where the policy of the hub says so, else the manager decides.")
            .Requires(Permission.UseMe).WithMetadata(new NeedsIfMatch());
        me.MapPost("/offers/{id:guid}:refuse", Refuse).WithName("RefuseMyOffer").WithSummary("Says no to a colleague.").Requires(Permission.UseMe)
            .WithMetadata(new NeedsIfMatch());
        me.MapGet("/open-shifts", OpenShifts).WithName("ListMyOpenShifts")
            .WithSummary("Open shifts that one may legally take, and overtime or time off that one is offered, the first to begin first.")
            .Requires(Permission.UseMe);
        me.MapPost("/open-shifts/{id:guid}:take", Take).WithName("TakeMyOpenShift")
            .WithSummary(
                "Takes a place of an open shift; approved at once where the policy of the hub says so, else the manager decides. What one is offered is one's "
                    + "at once while there is a place and no rule stands against it.")
            .Requires(Permission.UseMe);
    }

    /// <param name="state">asked, accepted, approved, refused, withdrawn, expired or failed.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<MySwapResponse>> List(MeCall me, QueryEnum<SwapState>? state = null, int? limit = null, string? after = null)
    {
        var (take, before, only) = (Paging.Limit(limit), Paging.Id(after), state?.Value);
        await SwapSweep.Expire(me.Db, me.Now, me.Cancelled);
        var mine = me.Person.Id;
        // What is offered to one is under offers until one agrees.
        var found = await me.Db.Swaps.AsNoTracking().Include(s => s.Agent).Include(s => s.Other)
            .Where(s => s.AgentId == mine || (s.OtherId == mine && s.State != SwapState.Asked))
            .Where(s => (before == null || s.Id.CompareTo(before.Value) < 0) && (only == null || s.State == only))
            .OrderByDescending(s => s.Id).Take(take + 1).ToListAsync(me.Cancelled);
        return found.ToPage(take, s => s.Id.ToString(), s => MySwapResponse.Of(s, me.Person));
    }

    private static async Task<Created<MySwapResponse>> Ask(MeCall me, AskSwapRequest request, SwapDesk desk, Findings findings)
    {
        findings.ThrowIfAny();
        var ask = request.Read(me.Hub.Zone, findings);
        var swap = await SwapPrivacy.Told(me.Person.Code, () => desk.Ask(me.Person, ask, me.Person.Code, me.Cancelled));
        return TypedResults.Created("/api/v1/me/swaps", Answer(me, await desk.Load(swap.Id, me.Cancelled)));
    }

    /// <param name="id">Identity of the request.</param>
    private static async Task<MySwapResponse> Withdraw(MeCall me, Guid id, SwapReasonRequest request, SwapDesk desk) => Answer(me, await desk.Close(
        id, SwapState.Withdrawn, me.Person.Code, request.Reason, s => s.AgentId == me.Person.Id, Match(me), me.Cancelled));

    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<MySwapResponse>> Offers(MeCall me, SwapDesk desk, int? limit = null, string? after = null)
    {
        var (take, before, mine) = (Paging.Limit(limit), Paging.Id(after), me.Person);
        await SwapSweep.Expire(me.Db, me.Now, me.Cancelled);
        var asked = await me.Db.Swaps.AsNoTracking().Include(s => s.Agent).Include(s => s.Other)
            .Where(s => s.State == SwapState.Asked && s.Kind != SwapKind.PickUp && s.HubId == mine.HubId && s.AgentId != mine.Id)
            .Where(s => (s.OtherId == mine.Id || s.ToEverybody) && (before == null || s.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(s => s.Id).ToListAsync(me.Cancelled);
        var found = new List<Swap>();
        foreach (var swap in asked)
        {
            if (!swap.ToEverybody || (await desk.TakersOf(swap, mine.Code, me.Cancelled)).Any(t => t.Rule is null))
            {
                found.Add(swap);
            }

            if (found.Count > take)
            {
                break;
            }
        }

        return found.ToPage(take, s => s.Id.ToString(), s => MySwapResponse.Of(s, mine));
    }

    /// <param name="id">Identity of the offer.</param>
    private static async Task<MySwapResponse> Accept(MeCall me, Guid id, SwapReasonRequest request, SwapDesk desk) => Answer(
        me, await SwapPrivacy.Told(
            me.Person.Code, () => desk.Accept(id, me.Person, me.Person.Code, request.Reason, Match(me), me.Cancelled)));

    /// <param name="id">Identity of the offer.</param>
    private static async Task<MySwapResponse> Refuse(MeCall me, Guid id, SwapReasonRequest request, SwapDesk desk) => Answer(me, await desk.Close(
        id, SwapState.Refused, me.Person.Code, request.Reason, s => s.OtherId == me.Person.Id && s.State == SwapState.Asked, Match(me), me.Cancelled));

    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<MyOpenShiftResponse>> OpenShifts(MeCall me, SwapDesk desk, int? limit = null, string? after = null)
    {
        var (take, cursor, hub) = (Paging.Limit(limit), StartCursor.Read(after), me.Person.HubId);
        await SwapSweep.Expire(me.Db, me.Now, me.Cancelled);
        var open = (await me.Db.OpenShifts.AsNoTracking().Where(o => o.HubId == hub && o.State == OpenShiftState.Open).ToListAsync(me.Cancelled))
            .OrderBy(o => o.Shift.Start).ThenBy(o => o.Id)
            .Where(o => cursor is not { } c || o.Shift.Start > c.Start || (o.Shift.Start == c.Start && o.Id.CompareTo(c.Id) > 0));
        var found = new List<OpenShift>();
        foreach (var shift in open)
        {
            if (shift.DayOf(me.Person.Code) is not null && (await desk.TakersOf(shift, me.Person, me.Cancelled)).Any(t => t.Rule is null))
            {
                found.Add(shift);
            }

            if (found.Count > take)
            {
                break;
            }
        }

        return found.ToPage(
            take, o => StartCursor.Key(o.Shift.Start, o.Id),
            o => MyOpenShiftResponse.Of(o, me.Person.Code));
    }

    /// <param name="id">Identity of the open shift.</param>
    private static async Task<MySwapResponse> Take(MeCall me, Guid id, SwapReasonRequest request, SwapDesk desk) => Answer(
        me, await SwapPrivacy.Told(me.Person.Code, () => desk.PickUp(id, me.Person, me.Person.Code, request.Reason, me.Cancelled)));

    private static Action<Swap> Match(MeCall me) => swap => me.Http.Request.CheckIfMatch(ETags.Of(swap.Id, swap.Version));

    private static MySwapResponse Answer(MeCall me, Swap swap)
    {
        me.Http.Response.Headers.ETag = ETags.Of(swap.Id, swap.Version);
        return MySwapResponse.Of(swap, me.Person);
    }
}
