using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Balances;

/// <summary>One at a time at a hub: whatever takes or gives back hours and places of leave there happens as if nobody else did anything.</summary>
/// <remarks>The store sees to it, for any number of processes: an advisory lock of the transaction over PostgreSQL, the one writer over SQLite. The gate only
/// keeps those who wait in this process from holding a connection each.</remarks>
public sealed class LeaveTurns(WfmDbContext db, Store store, LeaveGate gate)
{
    private const long Leave = 0x57666D4C65617665; // "WfmLeave": the locks of a hub's jobs are others

    /// <summary>Does the work in a transaction that ends with it; what it has changed is saved.</summary>
    /// <param name="keep">False undoes everything in the end: what would be is known, and nothing has changed.</param>
    public async Task<T> Run<T>(Guid hubId, Func<Task<T>> work, CancellationToken cancellationToken, bool keep = true)
    {
        await gate.Enter(cancellationToken);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (store.Kind == StoreKind.Postgres)
            {
                var number = BitConverter.ToInt64(hubId.ToByteArray(), 8) ^ Leave; // the random half; two that share it only wait for each other
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({number})", cancellationToken);
            }

            var result = await work();
            await db.SaveChangesAsync(cancellationToken);
            if (keep)
            {
                await transaction.CommitAsync(cancellationToken);
                return result;
            }

            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            return result;
        }
        finally
        {
            gate.Leave();
        }
    }
}

/// <summary>How many of this process wait for their turn, or have it, with a connection.</summary>
public sealed class LeaveGate : IDisposable
{
    private const int Most = 8;

    private readonly SemaphoreSlim _room = new(Most);

    public Task Enter(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    public void Leave() => _room.Release();

    public void Dispose() => _room.Dispose();
}
