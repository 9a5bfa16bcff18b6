using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>How many jobs one key, and one hub, may have waiting or running; of requests at the same instant no more come in than there is room for.</summary>
public sealed class JobQuotas(WfmDbContext db, JobHandlers handlers, JobLimits limits, Store store)
{
    /// <summary>Counts what key and hub have; whoever else asks for the same key or hub waits for the end of the transaction.</summary>
    /// <returns>The transaction in which the job is to be stored.</returns>
    /// <exception cref="ProblemException">429: they have as many as they may.</exception>
    public async Task<IDbContextTransaction> Enter(Guid hubId, JobOwner owner, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken); // over SQLite the only one that writes
        try
        {
            if (owner.KeyId is { } key)
            {
                await Lock(key, cancellationToken); // keys before hubs: nobody waits in a circle
            }

            await Lock(hubId, cancellationToken);
            await Check(hubId, owner, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    private async Task Check(Guid hubId, JobOwner owner, CancellationToken cancellationToken)
    {
        var nights = handlers.KindsOf(JobPriority.Nightly);
        var unfinished = db.Jobs.Where(j => j.ParentId == null && !nights.Contains(j.Kind) && (j.State == JobState.Queued || j.State == JobState.Running));
        if (owner.KeyId is { } key)
        {
            Demand(limits.PerKey, await unfinished.CountAsync(j => j.KeyId == key, cancellationToken), $"this key ('{owner.Name}')", nameof(JobLimits.PerKey));
        }

        Demand(limits.PerHub, await unfinished.CountAsync(j => j.HubId == hubId, cancellationToken), "this hub", nameof(JobLimits.PerHub));
    }

    private async Task Lock(Guid party, CancellationToken cancellationToken)
    {
        if (store.Kind == StoreKind.Postgres)
        {
            var number = BitConverter.ToInt64(party.ToByteArray(), 8); // the random half; two that share it only wait for each other
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({number})", cancellationToken);
        }
    }

    private static void Demand(int most, int has, string whose, string setting)
    {
        if (has >= most)
        {
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests,
                $"{has} jobs of {whose} wait or run, and {most} is the most it may have (Wfm:Jobs:{setting}); wait until one ends, or cancel some.");
        }
    }
}
