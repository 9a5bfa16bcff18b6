using Wfm.Api.Features.Platform.Keys;
using Wfm.Api.Features.Platform.Jobs;

namespace Wfm.Api.Features.Platform;

/// <summary>Platform: keys and jobs.</summary>
internal static class PlatformFeature
{
    public static void MapPlatform(this IEndpointRouteBuilder routes)
    {
        routes.MapApiKeys();
        routes.MapJobs();
    }
}
