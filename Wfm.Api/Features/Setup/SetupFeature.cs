using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Scheduling.Constraints;

namespace Wfm.Api.Features.Setup;

/// <summary>Setup: the sites, the work, the people, the rules and the calendar that everything else is planned from.</summary>
internal static class SetupFeature
{
    public static void AddSetup(this IServiceCollection services) => services.AddSingleton(ConstraintCatalog.Known);

    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapHubs();
        routes.MapQueues();
        routes.MapContracts();
        routes.MapShiftTemplates();
        routes.MapLabourPolicies();
        routes.MapAgents();
        routes.MapEvents();
    }
}
