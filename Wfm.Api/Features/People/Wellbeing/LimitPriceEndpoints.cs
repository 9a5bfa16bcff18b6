using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>How long and on what each of the searches runs, and how often its service is simulated.</summary>
public sealed record PriceLimitsRequest : SolveLimitsRequest
{
    /// <summary>Simulated periods of each roster, 10 to 500; 0 leaves the service out.</summary>
    [Range(0, 500)]
    public int Replications { get; init; } = LimitPriceEndpoints.Replications;

    /// <summary>Paid hours a week of a full-time equivalent.</summary>
    [Range(1.0, 168.0)]
    public double FteWeeklyHours { get; init; } = LimitPriceEndpoints.FteWeeklyHours;
}

/// <summary>What limits on harmful content cost.</summary>
/// <param name="Roster">The roster on whose days, requirement and people they were priced.</param>
/// <param name="PricedAt">When.</param>
/// <param name="Prices">The prices.</param>
public sealed record LimitPricesResponse(Guid Roster, Instant PricedAt, LimitPriceData Prices);

internal static class LimitPriceEndpoints
{
    public const int Replications = 20;
    public const double FteWeeklyHours = 40;
    public const long MaximumMoves = 1_000_000; // of each search: a second or two
    private const int FewestReplications = 10;

    public static void MapLimitPrices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Wellbeing");
        group.MapPost("/{id:guid}:price-limits", Price).WithName("PriceRosterLimits").WithSummary(
                "Solves the roster's days with every limit on harmful content, with each loosened by a step and without it, in a job that changes no roster; "
                    + "limits are of each search, 1,000,000 moves when left out.")
            .Requires(Permission.WriteRosters).WithExample(new PriceLimitsRequest());
        group.MapGet("/{id:guid}/limit-prices", Get).WithName("GetRosterLimitPrices")
            .WithSummary("What each limit on harmful content costs in people, hours missing, cost and goals met.").Requires(Permission.ReadRosters);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Price(
        Guid id, PriceLimitsRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        if (request.Replications is > 0 and < FewestReplications)
        {
            throw ProblemException.Semantic(
                "/replications", $"A probability needs at least {FewestReplications} replications, or 0 for none; it is {request.Replications}.");
        }

        await ServiceEndpoints.RequireWork(roster, 0, "there is nothing to compare with", db, cancellationToken);
        var arguments = new LimitPriceArguments(id, request.ToLimits(MaximumMoves), request.Replications, request.FteWeeklyHours);
        return JobAccepted.At(await jobs.Ask<LimitPriceJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<LimitPricesResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, _) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        var prices = await db.LimitPrices.AsNoTracking().Where(p => p.RosterId == roster.Id).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound, $"The limits of this roster have not been priced yet; POST /api/v1/rosters/{id}:price-limits does it.");
        return new LimitPricesResponse(roster.Id, prices.PricedAt, prices.Data);
    }
}
