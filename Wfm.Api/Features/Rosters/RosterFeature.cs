using Wfm.Api.Features.Rosters.Conflicts;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Goals;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Publishing;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Rests;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Rosters.Worked;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Rosters;

/// <summary>Rosters: solved in jobs, published, explained, repaired, and simulated for the service they deliver.</summary>
internal static class RosterFeature
{
    public static void AddRosters(this IServiceCollection services)
    {
        services.AddScoped<ShiftsInForce>();
        services.AddScoped<CarriedLedgers>();
        services.AddScoped<RosterProblemBuilder>();
        services.AddScoped<RosterPins>();
        services.AddScoped<PublishedDays>();
        services.AddSingleton<WarmRosters>();
        services.AddScoped<DocumentSource>();
        services.AddScoped<WaiverBook>();
        services.AddScoped<WaiverReader>();
        services.AddScoped<EditWaivers>();
        services.AddScoped<RestBook>();
        services.AddScoped<IPromisedRest>(provider => provider.GetRequiredService<RestBook>());
        services.AddScoped<RosterDesk>();
        services.AddScoped<EditReader>();
        services.AddScoped<PublicationCheck>();
        services.AddScoped<RosterPublisher>();
        services.AddJobHandler<RosterJob>();
        services.AddScoped<RepairBasis>();
        services.AddScoped<RepairInput>();
        services.AddJobHandler<RosterRepairJob>();
        services.AddServiceChecks();
        services.AddScoped<StoredRosterProblem>();
        services.AddJobHandler<RosterProofJob>();
        services.AddScoped<DecidingRosters>();
        services.AddJobHandler<GoalPriceJob>();
    }

    public static void MapRosters(this IEndpointRouteBuilder routes)
    {
        routes.MapRosterRuns();
        routes.MapRosterEdits();
        routes.MapWaivers();
        routes.MapOwedRests();
        routes.MapWorkedShifts();
        routes.MapRosterConflicts();
        routes.MapRosterRepair();
        routes.MapServiceChecks();
        routes.MapRosterProof();
        routes.MapGoalPrices();
    }
}
