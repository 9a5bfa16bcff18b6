using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.People.RequestPolicies;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Bidding;

internal static class BidEndpoints
{
    private const string NoBids = "\"none\"";

    public static void MapBidding(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/bid-rounds").WithTags("Bidding");
        group.MapGet("/", List).WithName("ListBidRounds").WithSummary("Rounds of bidding for lines of shifts, newest first.")
            .Requires(Permission.DecideRequests);
        group.MapPost("/", Create).WithName("CreateBidRound")
            .WithSummary("Opens a round for the lines of a draft: its rows without names, or lines made by hand.").Requires(Permission.DecideRequests)
            .WithDatedExample(today => new OperationExample(
                new CreateBidRoundRequest
                {
                    Roster = Guid.Empty,
                    Name = "Shifts of next month",
                    ClosesAt = today.PlusDays(7).AtMidnight().InUtc().ToInstant(),
                },
                []));
        group.MapGet("/{id:guid}", Get).WithName("GetBidRound").WithSummary("A round: lines, people, and after the award what each got and why.")
            .Requires(Permission.DecideRequests);
        group.MapPost("/{id:guid}:award", Award).WithName("AwardBidRound").WithSummary(
                "Gives the lines by rank or by points and edits the draft in one step; who got none keeps the own row, or gets what is left.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        group.MapPost("/{id:guid}:withdraw", Withdraw).WithName("WithdrawBidRound").WithSummary("Ends a round without giving anything.")
            .Requires(Permission.DecideRequests).WithMetadata(new NeedsIfMatch());
        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/bid-rounds", ListMine).WithName("ListMyBidRounds").WithSummary("Rounds in which one may bid, newest first, with one's bids and award.")
            .Requires(Permission.UseMe);
        me.MapPut("/bid-rounds/{id:guid}/bids", Bid).WithName("ReplaceMyBids").WithSummary("Says which lines one would like, the best liked first.")
            .Requires(Permission.UseMe);
        me.MapGet("/bid-points", Points).WithName("GetMyBidPoints").WithSummary("One's points for bidding.").Requires(Permission.UseMe);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="state">open, awarded or withdrawn.</param>
    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<BidRoundResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, QueryEnum<BidRoundState>? state = null,
        int? limit = null, string? after = null)
    {
        var (take, before, only) = (Paging.Limit(limit), Paging.Id(after), state?.Value);
        var ids = (await db.HubsFor(hub, user, cancellationToken)).Keys.ToArray();
        var found = await db.BidRounds.AsNoTracking()
            .Where(r => ids.Contains(r.HubId) && (only == null || r.State == only) && (before == null || r.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(cancellationToken);
        var rounds = found.ConvertAll(r => r.Id);
        var bidders = await db.PersonBids.Where(b => rounds.Contains(b.RoundId)).GroupBy(b => b.RoundId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return found.ToPage(take, r => r.Id.ToString(), r => BidRoundResponse.From(r, bidders.GetValueOrDefault(r.Id)));
    }

    private static async Task<Created<BidRoundResponse>> Create(
        CreateBidRoundRequest request, WfmDbContext db, BidDesk desk, ClaimsPrincipal user, HttpResponse response, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var roster = await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.Roster, cancellationToken)
            ?? throw ProblemException.Semantic("/roster", $"There is no roster '{request.Roster}'.");
        var hub = await db.HubOf(roster.HubId, user, cancellationToken);
        var round = await desk.Open(request, roster, hub, user.KeyName(), findings, cancellationToken);
        response.Headers.ETag = ETags.Of(round.Id, round.Version);
        return TypedResults.Created($"/api/v1/bid-rounds/{round.Id}", BidRoundResponse.From(round, 0));
    }

    /// <param name="id">Identity of the round.</param>
    private static async Task<BidRoundResponse> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken) =>
        await Answer(db, await Find(id, db, user, cancellationToken), response, cancellationToken);

    /// <param name="id">Identity of the round.</param>
    private static async Task<BidRoundResponse> Award(
        Guid id, WfmDbContext db, BidDesk desk, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var round = await Find(id, db, user, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(round.Id, round.Version));
        await desk.Award(round, user.KeyName(), cancellationToken);
        return await Answer(db, round, http.Response, cancellationToken);
    }

    /// <param name="id">Identity of the round.</param>
    private static async Task<BidRoundResponse> Withdraw(
        Guid id, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, CancellationToken cancellationToken)
    {
        var round = await Find(id, db, user, cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(round.Id, round.Version));
        if (round.State != BidRoundState.Open)
        {
            throw ProblemException.Conflict($"The round is {round.State.ToString().ToLowerInvariant()}.");
        }

        (round.State, round.UpdatedAt) = (BidRoundState.Withdrawn, clock.GetCurrentInstant());
        round.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return await Answer(db, round, http.Response, cancellationToken);
    }

    /// <param name="limit">1 to 1000, 100 when left out.</param>
    /// <param name="after">The next of an earlier page.</param>
    private static async Task<Page<MyBidRoundResponse>> ListMine(MeCall me, int? limit = null, string? after = null)
    {
        var (take, before, mine) = (Paging.Limit(limit), Paging.Id(after), me.Person);
        var rounds = (await me.Db.BidRounds.AsNoTracking()
                .Where(r => r.HubId == mine.HubId && r.State != BidRoundState.Withdrawn && (before == null || r.Id.CompareTo(before.Value) < 0))
                .OrderByDescending(r => r.Id).ToListAsync(me.Cancelled))
            .Where(r => r.People.Contains(mine.Code)).Take(take + 1).ToList();
        var ids = rounds.ConvertAll(r => r.Id);
        var bids = await me.Db.PersonBids.AsNoTracking().Where(b => ids.Contains(b.RoundId) && b.AgentId == mine.Id)
            .ToDictionaryAsync(b => b.RoundId, me.Cancelled);
        return rounds.ToPage(take, r => r.Id.ToString(), r => Mine(r, bids.GetValueOrDefault(r.Id), mine.Code));
    }

    /// <param name="id">Identity of the round.</param>
    private static async Task<MyBidRoundResponse> Bid(MeCall me, Guid id, MyBidsRequest request, Findings findings)
    {
        var round = await me.Db.BidRounds.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.HubId == me.Person.HubId, me.Cancelled);
        if (round?.People.Contains(me.Person.Code) != true)
        {
            throw ProblemException.NotFound("round in which you may bid", id.ToString());
        }

        if (round.State != BidRoundState.Open || round.ClosesAt <= me.Now)
        {
            throw ProblemException.Conflict(
                round.State == BidRoundState.Open ? $"The round closed at {round.ClosesAt}." : $"The round is {round.State.ToString().ToLowerInvariant()}.");
        }

        var codes = round.Lines.Select(l => l.Code).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, bid) in request.Bids.Index())
        {
            findings.Require(bid is not null, $"/bids/{i}", null, "A null in the list.");
            findings.Require(bid is null || codes.Contains(bid.Line ?? ""), $"/bids/{i}/line", bid?.Line, $"The round has no line '{bid?.Line}'.");
            findings.Require(bid is null || seen.Add(bid.Line ?? ""), $"/bids/{i}/line", bid?.Line, $"Line '{bid?.Line}' is in the list twice.");
            findings.Require(bid is not { Points: < 0 }, $"/bids/{i}/points", bid?.Points, "0 or more points are offered.");
        }

        var policy = await me.Db.PolicyOf(round.HubId, me.Cancelled);
        var balance = round.Rule == BidRule.Points ? await Balance(me, policy) : int.MaxValue;
        foreach (var (i, bid) in request.Bids.Index().Where(b => b.Item is not null && b.Item.Points > balance))
        {
            findings.Add($"/bids/{i}/points", bid.Points, $"You have {balance} points; {bid.Points} cannot be offered.");
        }

        findings.ThrowIfAny();
        var mine = await me.Db.PersonBids.SingleOrDefaultAsync(b => b.RoundId == id && b.AgentId == me.Person.Id, me.Cancelled);
        me.Http.Request.CheckIfMatch(Tag(mine));
        if (mine is null)
        {
            me.Db.PersonBids.Add(mine = new PersonBids { RoundId = id, AgentId = me.Person.Id, Version = 0 });
        }

        (mine.Bids, mine.Version, mine.UpdatedAt) = (request.Bids, mine.Version + 1, me.Now);
        await me.Db.SaveChangesAsync(me.Cancelled);
        me.Http.Response.Headers.ETag = Tag(mine);
        return Mine(round, mine, me.Person.Code);
    }

    private static async Task<MyBidPointsResponse> Points(MeCall me)
    {
        var policy = await me.Db.PolicyOf(me.Person.HubId, me.Cancelled);
        return new MyBidPointsResponse(await Balance(me, policy), policy.Data.MonthlyBidPoints, policy.Data.CarryOverBidPoints);
    }

    private static async Task<int> Balance(MeCall me, RequestPolicy policy)
    {
        var mine = me.Person.Id;
        var points = await me.Db.BidPoints.AsNoTracking().SingleOrDefaultAsync(p => p.AgentId == mine, me.Cancelled)
            ?? BidDesk.Opened(mine, me.Today, policy.Data);
        return points.Account.In(me.Today, policy.Data.MonthlyBidPoints, policy.Data.CarryOverBidPoints).Balance;
    }

    // Who has the other lines is their business.
    private static MyBidRoundResponse Mine(BidRound round, PersonBids? bids, string code)
    {
        var award = round.Awards.Find(a => a.Agent == code);
        return new MyBidRoundResponse(
            round.Id, round.Name, round.Rule, round.State, round.ClosesAt, round.Lines, bids?.Bids ?? [],
            award is null ? null : award with
            {
                Passed = [.. award.Passed.Select(p => p.TakenBy is null ? p : p with { TakenBy = null, Stop = "somebody with a better claim took it" })],
            },
            Tag(bids));
    }

    private static string Tag(PersonBids? bids) => bids is null ? NoBids : ETags.Of(bids.RoundId, bids.Version);

    private static async Task<BidRoundResponse> Answer(WfmDbContext db, BidRound round, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.ETag = ETags.Of(round.Id, round.Version);
        return BidRoundResponse.From(round, await db.PersonBids.CountAsync(b => b.RoundId == round.Id, cancellationToken));
    }

    private static async Task<BidRound> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var round = await db.BidRounds.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw ProblemException.NotFound("bid round", id.ToString());
        await db.HubOf(round.HubId, user, cancellationToken);
        return round;
    }
}
