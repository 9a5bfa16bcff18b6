using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Auditing;

/// <summary>Writes rows at the end of the chain, one process at a time.</summary>
/// <remarks>
/// A row needs the hash of the one before it, so writers take turns: within a process whoever has the turn writes for all who wait, in one transaction; between
/// processes an advisory lock of PostgreSQL, or SQLite's one writer, gives the turn. The turn is a transaction of its own and lasts for an insert, so no change
/// waits for the transaction of another. A request waits until its row is durable; where it cannot be written, the request fails.
/// </remarks>
internal sealed class AuditWriter(IServiceScopeFactory scopes, Store store) : IDisposable
{
    private const long Lock = 0x57666D4175646974; // "WfmAudit"
    private const int AtOnce = 256;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="entry">A row without number and hashes.</param>
    /// <returns>When it is stored.</returns>
    public async Task Write(AuditEntry entry)
    {
        var mine = new Waiting(entry);
        _waiting.Enqueue(mine);
        await _turn.WaitAsync(CancellationToken.None); // the row is written whoever has gone
        try
        {
            while (!mine.Done.Task.IsCompleted) // else another wrote it along with its own
            {
                await WriteAll();
            }
        }
        finally
        {
            _turn.Release();
        }

        await mine.Done.Task;
    }

    public void Dispose() => _turn.Dispose();

    private async Task WriteAll()
    {
        var batch = new List<Waiting>();
        while (batch.Count < AtOnce && _waiting.TryDequeue(out var next))
        {
            batch.Add(next);
        }

        try
        {
            await Append(batch.ConvertAll(w => w.Entry));
            batch.ForEach(w => w.Done.SetResult());
        }
        catch (Exception e) // each request fails by it: it is told to whoever waits, not lost here
        {
            batch.ForEach(w => w.Done.SetException(e));
        }
    }

    private async Task Append(List<AuditEntry> entries)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(); // on SQLite it has the one writer's lock from here on
        if (store.Kind == StoreKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})"); // ends with the transaction; what follows sees all before it
        }

        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Number).Select(e => new { e.Number, e.Hash }).FirstOrDefaultAsync();
        var (number, hash) = (last?.Number ?? 0, last?.Hash ?? AuditChain.Root);
        foreach (var entry in entries)
        {
            var next = Numbered(entry, ++number, hash);
            hash = next.Hash;
            db.AuditEntries.Add(next);
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static AuditEntry Numbered(AuditEntry entry, long number, byte[] previous)
    {
        var row = Copy([]);
        return Copy(AuditChain.HashOf(previous, row));

        AuditEntry Copy(byte[] hash) => new()
        {
            Number = number,
            At = entry.At,
            Kind = entry.Kind,
            KeyId = entry.KeyId,
            Name = entry.Name,
            Roles = entry.Roles,
            SessionId = entry.SessionId,
            Operation = entry.Operation,
            Method = entry.Method,
            Path = entry.Path,
            Query = entry.Query,
            Address = entry.Address,
            TraceId = entry.TraceId,
            Status = entry.Status,
            Details = entry.Details,
            Previous = previous,
            Hash = hash,
        };
    }

    private sealed record Waiting(AuditEntry Entry)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
