using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Swaps;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Today.Actions;

internal static class RecommendationEndpoints
{
    public static void MapRecommendations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/today/recommendations").WithTags("Today");
        group.MapPost("/", Recommend).WithName("RecommendActions").WithSummary(
                "Finds what can be done about the day now, as edits of the roster in force that break no rule, ranked; the best are simulated on the same "
                    + "random numbers as doing nothing.")
            .Requires(Permission.WriteRosters).WithExample(new RecommendRequest { Hub = "dub" });
        group.MapGet("/{id:guid}", Get).WithName("GetRecommendations").WithSummary("Reads what was found to be possible at a moment.")
            .Requires(Permission.ReadRosters);
        group.MapPost("/{id:guid}/actions/{number}:apply", Apply).WithName("ApplyRecommendation").WithSummary(
                "Does an action: an edit of the roster in force. 412 with the edits since where the roster is not the one that it was found for.")
            .Requires(Permission.WriteRosters).WithExample(new DecideRecommendationRequest { Reason = "Agreed on the floor." });
        group.MapPost("/{id:guid}/actions/{number}:offer", Offer).WithName("OfferRecommendation").WithSummary(
                "Offers overtime or time off of an action to its people and to others who could do the same: the first have it, as long as no rule stands "
                    + "against it. It closes by itself when all places are taken, or it expires.")
            .Requires(Permission.WriteRosters).WithExample(new OfferRecommendationRequest { Minutes = 30, Reason = "Until eight, at time and a half." });
        group.MapPost("/{id:guid}/actions/{number}:undo", Undo).WithName("UndoRecommendation")
            .WithSummary("Takes an action back by another edit. Refused with 409 where its days have changed since.")
            .Requires(Permission.WriteRosters).WithExample(new DecideRecommendationRequest { Reason = "Volumes fell." });
    }

    private static async Task<Created<RecommendationSetResponse>> Recommend(
        RecommendRequest request, WfmDbContext db, RecommendationDesk desk, ClaimsPrincipal user, IClock clock, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var hub = (await db.HubsFor(request.Hub, user, cancellationToken)).Values.Single();
        var set = await desk.Recommend(
            hub, request.At ?? clock.GetCurrentInstant(), request.RiskLevel, request.Terms?.ToTerms(), user.KeyName(), cancellationToken);
        return TypedResults.Created($"/api/v1/today/recommendations/{set.Id}", RecommendationSetResponse.Of(set, hub.Code));
    }

    /// <param name="id">Identity of what was found.</param>
    private static async Task<RecommendationSetResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (set, hub) = await Find(id, db, user, cancellationToken);
        return RecommendationSetResponse.Of(set, hub);
    }

    /// <param name="id">Identity of what was found.</param>
    /// <param name="number">Number of the action.</param>
    private static async Task<EditEffectResponse> Apply(
        Guid id, int number, DecideRecommendationRequest request, WfmDbContext db, RecommendationDesk desk, ClaimsPrincipal user, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var (set, _) = await Find(id, db, user, cancellationToken);
        return await desk.Apply(set, number, user.KeyName(), request.Reason, cancellationToken);
    }

    /// <param name="id">Identity of what was found.</param>
    /// <param name="number">Number of the action.</param>
    private static async Task<EditEffectResponse> Undo(
        Guid id, int number, DecideRecommendationRequest request, WfmDbContext db, RecommendationDesk desk, ClaimsPrincipal user, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var (set, _) = await Find(id, db, user, cancellationToken);
        return await desk.Undo(set, number, user.KeyName(), request.Reason, cancellationToken);
    }

    /// <param name="id">Identity of what was found.</param>
    /// <param name="number">Number of the action.</param>
    private static async Task<Created<OpenShiftResponse>> Offer(
        Guid id, int number, OfferRecommendationRequest request, WfmDbContext db, RecommendationOffers offers, ClaimsPrincipal user, HttpResponse response,
        Findings findings, CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var (set, hub) = await Find(id, db, user, cancellationToken);
        var open = await offers.Offer(set, number, request, user.KeyName(), cancellationToken);
        response.Headers.ETag = ETags.Of(open.Id, open.Version);
        return TypedResults.Created($"/api/v1/open-shifts/{open.Id}", OpenShiftResponse.From(open, hub));
    }

    private static async Task<(RecommendationSet Set, string Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var set = await db.RecommendationSets.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken)
            ?? throw ProblemException.NotFound("recommendation", id.ToString());
        var hub = await db.Hubs.Where(h => h.Id == set.HubId).Select(h => h.Code).SingleAsync(cancellationToken);
        user.DemandHub(hub);
        return (set, hub);
    }
}
