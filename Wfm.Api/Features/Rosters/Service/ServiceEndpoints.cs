using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Service;

/// <summary>How to check the service of a roster.</summary>
public sealed record ServiceCheckRequest
{
    /// <summary>Most replications, 2 to 500; fewer are made, but at least ten, where they would simulate more than <c>maximumContacts</c>.</summary>
    [Range(2, 500)]
    public int Replications { get; init; } = ServiceDefaults.Replications;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Hours at the start whose contacts are served but not counted, 0 to 168 and less than the roster.</summary>
    [Range(0.0, 168.0)]
    public double WarmUpHours { get; init; } = ServiceDefaults.WarmUpHours;

    /// <summary>Whether the hub's shrinkage is drawn: shifts missed (unplanned) and half-hours away (planned).</summary>
    public bool Shrinkage { get; init; } = true;

    /// <summary>False: people serve the skill group their shift is planned for. True: they serve all their skills, the most urgent contact first.</summary>
    public bool AllSkills { get; init; }

    /// <summary>Work limit in contacts, 10,000 to 100 million.</summary>
    [Range(10_000L, 100_000_000L)]
    public long MaximumContacts { get; init; } = ServiceDefaults.MaximumContacts;
}

/// <summary>The service a roster delivers, over sample paths of its forecast and random absences.</summary>
/// <param name="RosterId">The roster.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Options">How it was checked.</param>
/// <param name="Summary">The figures a manager asks first.</param>
/// <param name="Queues">Queue by queue.</param>
public sealed record ServiceCheckResponse(
    Guid RosterId, string Hub, ServiceCheckOptions Options, ServiceCheckSummary Summary, IReadOnlyList<QueueServiceResult> Queues);

internal static class ServiceEndpoints
{
    public static void AddServiceChecks(this IServiceCollection services)
    {
        services.AddScoped<ServiceScenarioBuilder>();
        services.AddJobHandler<ServiceCheckJob>();
    }

    public static void MapServiceChecks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/rosters/{id:guid}/service").WithTags("Rosters");
        group.MapPost("", Check).WithName("CheckRosterService").WithSummary("Simulates the service the roster delivers in a job.")
            .Requires(Permission.WriteRosters).WithExample(new ServiceCheckRequest());
        group.MapGet("", Get).WithName("GetRosterService").WithSummary("The newest simulated service of the roster: goals, legal clocks, worst days.")
            .Requires(Permission.ReadRosters);
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<AcceptedAtRoute<JobAccepted>> Check(
        Guid id, ServiceCheckRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        await RequireWork(roster, request.WarmUpHours, "there is no service to simulate", db, cancellationToken);
        var arguments = new ServiceCheckArguments(
            id, request.Replications, request.Seed, request.WarmUpHours, request.Shrinkage, request.AllSkills, request.MaximumContacts);
        return JobAccepted.At(await jobs.Ask<ServiceCheckJob>(arguments, hub.Id, JobOwner.Of(user), cancellationToken));
    }

    /// <param name="id">Identity of the roster.</param>
    private static async Task<ServiceCheckResponse> Get(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (roster, hub) = await RosterEndpoints.Find(id, db, user, cancellationToken);
        var check =
            await db.ServiceChecks.AsNoTracking().Where(c => c.RosterId == roster.Id).OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound, $"The service of this roster has not been checked yet; POST /api/v1/rosters/{id}/service does it.");
        return new ServiceCheckResponse(roster.Id, hub.Code, check.Options, check.Summary, check.Queues);
    }

    /// <summary>What a job that simulates the roster would find out later is said now.</summary>
    /// <param name="withoutShifts">What cannot be done with a roster that has no shifts.</param>
    internal static async Task RequireWork(
        Roster roster, double warmUpHours, string withoutShifts, WfmDbContext db, CancellationToken cancellationToken)
    {
        if (roster.RequirementRunId is null)
        {
            throw ProblemException.Conflict("The roster has no requirement, so it is not known which work it meets.");
        }

        if (warmUpHours >= roster.Days * 24)
        {
            throw ProblemException.Semantic("/warmUpHours", $"{warmUpHours} hours leave nothing of the roster's {roster.Days} days.");
        }

        if (!await db.Shifts.AnyAsync(s => s.RosterId == roster.Id, cancellationToken))
        {
            throw ProblemException.Conflict($"The roster has no shifts; {withoutShifts}.");
        }
    }
}
