using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Nights;

/// <summary>Nights: the chain from import to roster that runs for every hub at its own local night.</summary>
internal static class NightsFeature
{
    public static void AddNights(this IServiceCollection services, bool worker)
    {
        services.AddJobHandler<NightlyChain>();
        if (worker)
        {
            services.AddHostedService<NightKeeper>();
        }
    }
}
