using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Retention;
using Wfm.Tests.Api.Jobs;

namespace Wfm.Tests.Api.Features.Retention;

/// <summary>Runs retention as if days had passed.</summary>
internal static class RetentionBench
{
    /// <param name="held">What unfinished jobs name.</param>
    /// <returns>How many of each kind went.</returns>
    public static async Task<Dictionary<string, int>> Retain(this JobBench bench, int daysLater, RetentionPeriods? periods = null, params Guid[] held)
    {
        await using var scope = bench.Server.Services.CreateAsyncScope();
        var limits = new RetentionLimits(bench.Now + Duration.FromDays(daysLater), periods ?? new RetentionPeriods(), held.ToHashSet());
        var went = new Dictionary<string, int>();
        foreach (var kind in scope.ServiceProvider.GetServices<IRetention>())
        {
            went[kind.What] = await kind.Remove(limits, default);
        }

        return went;
    }
}
