using Wfm.Api.Features.Rosters.Conflicts;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Rosters;

/// <summary>Rosters: solved in jobs, published, explained, repaired, and simulated for the service they deliver.</summary>
internal static class RosterFeature
{
    public static void AddRosters(this IServiceCollection services)
    {
        services.AddScoped<RosterProblemBuilder>();
        services.AddJobHandler<RosterJob>();
        services.AddScoped<RepairInput>();
        services.AddJobHandler<RosterRepairJob>();
        services.AddServiceChecks();
    }

    public static void MapRosters(this IEndpointRouteBuilder routes)
    {
        routes.MapRosterRuns();
        routes.MapRosterConflicts();
        routes.MapRosterRepair();
        routes.MapServiceChecks();
    }
}
