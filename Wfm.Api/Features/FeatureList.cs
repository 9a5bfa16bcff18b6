using Wfm.Api.Features.Volumes;

namespace Wfm.Api.Features;

/// <summary>Every feature, one line each.</summary>
internal static class FeatureList
{
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddVolumes();
    }

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapVolumes();
    }
}
