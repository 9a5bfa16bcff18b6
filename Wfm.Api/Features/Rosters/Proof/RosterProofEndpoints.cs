using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Proof;

internal static class RosterProofEndpoints
{
    public static void MapRosterProof(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters").WithTags("Rosters");
        group.MapPost("/{id:guid}:prove", Prove).WithName("ProveRoster")
            .WithSummary("Mends a draft until every goal holds in simulation or is bound, in a job that makes a draft; says what would make the rest hold.")
            .Requires(Permission.WriteRosters).WithExample(new ProveRosterRequest());
        group.MapGet("/{id:guid}/proof", Get).WithName("GetRosterProof")
            .WithSummary("Queue by queue: promised, simulated, probability, what binds, and what would make the goal hold; legal clocks first.")
            .Requires(Permission.ReadRosters);
    }

    /// <param name="id">Identity of the roster; of a published one nothing is changed.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Prove(
        Guid id, ProveRosterRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        await ServiceEndpoints.RequireWork(roster, request.WarmUpHours, "there is nothing to prove", db, cancellationToken);
        var check = new ServiceCheckArguments(
            id, request.Replications, request.Seed, request.WarmUpHours, request.Shrinkage, request.AllSkills, request.MaximumContacts);
        var arguments = new RosterProofArguments(id, check, request.ToLimits(ProofDefaults.MaximumMoves), request.Rounds, request.Trials);
        return JobAccepted.At(await jobs.Ask<RosterProofJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the roster; where a proof has made another one of it, that one has the proof.</param>
    private static async Task<RosterProofResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        var checks = await db.ServiceChecks.AsNoTracking().Where(c => c.RosterId == id).OrderByDescending(c => c.Id).ToListAsync(cancellationToken);
        return checks.Find(c => c.Summary.Proof is not null) is { } check ? RosterProofResponse.From(roster, hub.Code, check)
            : throw new ProblemException(
                StatusCodes.Status404NotFound,
                $"This roster has not been proven; POST /api/v1/rosters/{id}:prove does it. A draft that is mended becomes a new draft, which has the proof.");
    }
}
