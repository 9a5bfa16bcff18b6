using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Wfm.Api.Jobs;

/// <summary>The clock that jobs are kept alive, retried and swept by. It is the server's, unless that one plays a day faster than machines work.</summary>
internal static class JobClock
{
    public const string Key = "jobs";

    public static void AddJobClock(this IServiceCollection services) =>
        services.TryAddKeyedSingleton(Key, (provider, _) => provider.GetRequiredService<IClock>());
}
