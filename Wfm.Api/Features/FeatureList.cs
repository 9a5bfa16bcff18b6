using Wfm.Api.Features.Agents;
using Wfm.Api.Features.CapacityPlans;
using Wfm.Api.Features.Contracts;
using Wfm.Api.Features.Erlang;
using Wfm.Api.Features.Events;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.LabourPolicies;
using Wfm.Api.Features.Queues;
using Wfm.Api.Features.Requirements;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Service;
using Wfm.Api.Features.ShiftTemplates;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Security;

namespace Wfm.Api.Features;

/// <summary>Every feature, one line each.</summary>
internal static class FeatureList
{
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddVolumes();
        services.AddJobHandler<ImportCheckJob>();
        services.AddJobHandler<ForecastJob>();
        services.AddScoped<LongRangeRun>();
        services.AddJobHandler<RequirementJob>();
        services.AddJobHandler<RosterJob>();
        services.AddServiceChecks();
        services.AddCapacityPlans();
        services.AddScoped<RosterProblemBuilder>();
        services.AddJobHandler<RosterRepairJob>();
        services.AddScoped<RepairInput>();
    }

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapVolumes();
        routes.MapForecasts();
        routes.MapRollup();
        routes.MapForecastExplanation();
        routes.MapRequirements();
        routes.MapRosters();
        routes.MapRosterConflicts();
        routes.MapServiceChecks();
        routes.MapErlang();
        routes.MapCapacityPlans();
        routes.MapRosterRepair();
        routes.MapHubs();
        routes.MapQueues();
        routes.MapContracts();
        routes.MapShiftTemplates();
        routes.MapLabourPolicies();
        routes.MapAgents();
        routes.MapEvents();
        routes.MapApiKeys();
        routes.MapJobs();
    }
}
