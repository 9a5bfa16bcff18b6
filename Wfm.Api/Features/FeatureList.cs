using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.Queues;

namespace Wfm.Api.Features;

/// <summary>Every feature, one line each.</summary>
internal static class FeatureList
{
    public static void AddFeatures(this IServiceCollection services)
    {
    }

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapHubs();
        routes.MapQueues();
    }
}
