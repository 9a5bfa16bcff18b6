using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>Stores rows of a feed by their key, row by row; a row that cannot be stored loses nothing else. Rows may come late, repeated and in any
/// order.</summary>
/// <typeparam name="TRow">A row as it is sent.</typeparam>
/// <typeparam name="TStored">A row as it is kept.</typeparam>
internal abstract class FeedImport<TRow, TStored>(WfmDbContext db, ClaimsPrincipal user)
    where TRow : class
    where TStored : class, IFeedRow
{
    private const int Batch = 500;
    private const int MaximumReported = 1000;
    private const int Attempts = 3;

    private readonly List<RejectedValue> _rejected = [];
    private Dictionary<string, Guid> _queues = [];
    private Dictionary<string, Hub> _hubs = [];
    private int _rows;
    private int _rejectedRows;
    private int _created;
    private int _updated;
    private int _unchanged;

    protected WfmDbContext Db => db;

    public async Task<ImportReport> Run(IAsyncEnumerable<ImportRow<TRow>> rows, CancellationToken cancellationToken)
    {
        _queues = await db.Queues.AsNoTracking().ToDictionaryAsync(q => q.Code, q => q.Id, cancellationToken);
        _hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Code, cancellationToken);
        await Prepare(cancellationToken);
        await foreach (var batch in rows.Chunk(Batch).WithCancellation(cancellationToken))
        {
            _rows += batch.Length;
            await Store([.. batch.Select(Read).OfType<(ImportRow<TRow>, TStored)>()], cancellationToken);
        }

        return new ImportReport(_rows, _rows - _rejectedRows, _created, _updated, _unchanged, _rejectedRows, _rejected);
    }

    /// <summary>Reads what the rows are checked against.</summary>
    protected virtual Task Prepare(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The row to be kept; findings say why it cannot be.</summary>
    protected abstract TStored? Check(TRow row, Findings findings);

    /// <summary>What is kept already of the keys of some rows, and may be more.</summary>
    protected abstract Task<List<TStored>> Known(IReadOnlyList<TStored> rows, CancellationToken cancellationToken);

    /// <summary>What a row is known by.</summary>
    protected abstract object Key(TStored row);

    /// <summary>Makes a row kept say what another says.</summary>
    /// <returns>False when it did already.</returns>
    protected abstract bool Change(TStored kept, TStored told);

    /// <summary>What a row contradicts among those that stand; null for nothing.</summary>
    protected virtual string? Contradiction(TStored told, IEnumerable<TStored> standing) => null;

    /// <summary>Hub and queue of a row, when the key may touch the hub; findings otherwise.</summary>
    protected (Hub Hub, Guid Queue)? Find(string hub, string queue, Findings findings)
    {
        findings.Require(_queues.TryGetValue(queue, out var queueId), "/queue", queue, $"There is no queue '{queue}'.", FindingCodes.Unknown);
        findings.Require(_hubs.TryGetValue(hub, out var found), "/hub", hub, $"There is no hub '{hub}'.", FindingCodes.Unknown);
        findings.Require(found is null || user.MayTouch(hub), "/hub", hub, $"This key may not touch hub '{hub}'.", FindingCodes.OtherHub);
        return findings.Any ? null : (found!, queueId);
    }

    private (ImportRow<TRow>, TStored)? Read(ImportRow<TRow> row)
    {
        TStored? told = null;
        if (row.Value is { } value)
        {
            Annotations.Check(value, "", row.Findings);
            told = row.Findings.Any ? null : Check(value, row.Findings);
        }

        return Reject(row) || told is null ? null : (row, told);
    }

    private bool Reject(ImportRow<TRow> row)
    {
        if (!row.Findings.Any)
        {
            return false;
        }

        _rejectedRows++;
        _rejected.AddRange(row.Findings.All.Take(MaximumReported - _rejected.Count).Select(f => RejectedValue.Of(row, f)));
        return true;
    }

    /// <summary>One transaction a batch; when somebody else stores the same rows meanwhile, the batch is read and applied again.</summary>
    private async Task Store(List<(ImportRow<TRow> Row, TStored Told)> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            var (created, updated, unchanged, refused) = await Apply(rows, cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreConflicts.IsDuplicate(e))
            {
                db.ChangeTracker.Clear();
                continue;
            }

            db.ChangeTracker.Clear();
            (_created, _updated, _unchanged) = (_created + created, _updated + updated, _unchanged + unchanged);
            foreach (var (row, reason) in refused)
            {
                row.Findings.Add("row", null, reason, FindingCodes.Contradiction);
                Reject(row);
            }

            return;
        }
    }

    private async Task<(int Created, int Updated, int Unchanged, List<(ImportRow<TRow>, string)> Refused)> Apply(
        List<(ImportRow<TRow> Row, TStored Told)> rows, CancellationToken cancellationToken)
    {
        var (created, updated, unchanged, refused) = (0, 0, 0, new List<(ImportRow<TRow>, string)>());
        var known = (await Known(rows.ConvertAll(r => r.Told), cancellationToken)).ToDictionary(Key);
        foreach (var (row, told) in rows)
        {
            known.TryGetValue(Key(told), out var kept);
            if (Contradiction(told, known.Values.Where(k => k != kept)) is { } reason)
            {
                refused.Add((row, reason));
            }
            else if (kept is null)
            {
                known.Add(Key(told), told);
                db.Add(told);
                created++;
            }
            else if (Change(kept, told))
            {
                kept.Version++;
                updated++;
            }
            else
            {
                unchanged++;
            }
        }

        return (created, updated, unchanged, refused);
    }
}
