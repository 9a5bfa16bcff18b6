using NodaTime;
using Npgsql;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Retention;

/// <summary>At start and every hour: makes the partitions of this month and the next, hands in the roll-up of a month that has become too old.</summary>
internal sealed class VolumeKeeper(VolumeRetention retention, Store store, IServiceScopeFactory scopes, IClock clock, ILogger<VolumeKeeper> logger)
    : PeriodicStoreWork(TimeSpan.FromHours(1), logger)
{
    protected override Task Work(CancellationToken cancellationToken) => Keep(cancellationToken);

    internal async Task Keep(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (store.Kind == StoreKind.Postgres)
        {
            var month = now.InUtc().Date.ToYearMonth();
            await using var connection = new NpgsqlConnection(store.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await new VolumeMonths(connection).Create([month, month.PlusMonths(1)], cancellationToken);
        }

        if (retention.KeepFrom(now) is { } keepFrom)
        {
            await HandIn(keepFrom, cancellationToken);
        }
    }

    private async Task HandIn(Instant keepFrom, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<JobQueue>()
            .SubmitOnce<VolumeRollUpJob>(new VolumeRollUpArguments(keepFrom), $"{VolumeRollUpJob.Kind}:{keepFrom}", cancellationToken);
    }
}
