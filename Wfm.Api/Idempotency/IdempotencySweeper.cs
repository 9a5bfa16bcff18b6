using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Idempotency;

/// <summary>Forgets first answers after two days: who has not repeated by then will not.</summary>
internal sealed partial class IdempotencySweeper(IServiceScopeFactory scopes, IClock clock, ILogger<IdempotencySweeper> logger) : BackgroundService
{
    public static readonly Duration Kept = Duration.FromHours(48);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (System.Data.Common.DbException e)
            {
                SweepMissed(logger, e); // the store is away for a moment; the next hour sweeps
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>How many records went.</returns>
    internal async Task<int> Sweep(CancellationToken cancellationToken)
    {
        var until = clock.GetCurrentInstant() - Kept;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WfmDbContext>().IdempotencyRecords
            .Where(r => r.CreatedAt < until).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(1101, LogLevel.Warning, "Old idempotency records could not be swept")]
    private static partial void SweepMissed(ILogger logger, Exception exception);
}
