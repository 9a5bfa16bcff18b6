using Wfm.Api.Features.Routing.Shares;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Routing;

/// <summary>Follow the sun: which hub does what of the work that belongs to all of them.</summary>
internal static class RoutingFeature
{
    public static void AddAllocations(this IServiceCollection services)
    {
        services.AddScoped<AllocationInputs>();
        services.AddScoped<AllocationRosters>();
        services.AddJobHandler<AllocationJob>();
        services.AddJobHandler<AllocationShareJob>();
    }
}
