using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Goals;

/// <summary>How long and on what each of the searches runs.</summary>
public sealed record PriceGoalsRequest : SolveLimitsRequest;

internal static class GoalPriceEndpoints
{
    private const long MaximumMoves = 2_000_000; // of each search: a few seconds

    public static void MapGoalPrices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Rosters");
        group.MapPost("/{id:guid}:price-goals", Price).WithName("PriceRosterGoals").WithSummary(
                "Solves the roster's days anew with every soft goal of its hub, without each and without any, in a job that changes no roster; limits are of "
                    + "each search, 2,000,000 moves when left out.")
            .Requires(Permission.WriteRosters).WithExample(new PriceGoalsRequest());
        group.MapGet("/{id:guid}/goal-prices", Get).WithName("GetRosterGoalPrices")
            .WithSummary("What each soft goal costs in coverage and paid hours, and what people get for it.").Requires(Permission.ReadRosters);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Price(
        Guid id, PriceGoalsRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        await ServiceEndpoints.RequireWork(roster, 0, "there is nothing to compare with", db, cancellationToken);
        var arguments = new GoalPriceArguments(id, request.ToLimits(MaximumMoves));
        return JobAccepted.At(await jobs.Ask<GoalPriceJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<RosterGoalPrices> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await RosterEndpoints.Find(id, db, user, cancellationToken)).Roster.GoalPrices ?? throw new ProblemException(
            StatusCodes.Status404NotFound, $"The goals of this roster have not been priced yet; POST /api/v1/rosters/{id}:price-goals does it.");
}
