using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Idempotency;

/// <summary>Forgets first answers after two days: who has not repeated by then will not.</summary>
internal sealed class IdempotencySweeper(IServiceScopeFactory scopes, IClock clock, ILogger<IdempotencySweeper> logger)
    : PeriodicStoreWork(TimeSpan.FromHours(1), logger)
{
    public static readonly Duration Kept = Duration.FromHours(48);

    protected override Task Work(CancellationToken cancellationToken) => Sweep(cancellationToken);

    /// <returns>How many records went.</returns>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var until = clock.GetCurrentInstant() - Kept;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WfmDbContext>().IdempotencyRecords
            .Where(r => r.CreatedAt < until).ExecuteDeleteAsync(cancellationToken);
    }
}
