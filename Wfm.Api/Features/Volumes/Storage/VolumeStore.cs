using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>The figures of one interval of one series, on their way into the store. Absent figures are null.</summary>
/// <param name="SeriesId">Of a series that exists.</param>
/// <param name="IntervalStart">On the grid of the series.</param>
/// <param name="Offered">Contacts that arrived, ≥ 0.</param>
/// <param name="Handled">Contacts finished in the interval, ≥ 0.</param>
/// <param name="HandleTimeSeconds">Total (not average) seconds of work on the handled contacts, ≥ 0.</param>
/// <param name="Abandoned">Contacts that gave up waiting, ≥ 0.</param>
/// <param name="Backlog">Contacts open at the end of the interval, ≥ 0.</param>
/// <param name="Intervals">Intervals of the series that it sums up: more than one only where days are all that is kept.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VolumeRow(
    int SeriesId, Instant IntervalStart, double Offered, double? Handled = null, double? HandleTimeSeconds = null, double? Abandoned = null,
    double? Backlog = null, int Intervals = 1);

/// <summary>A series of a batch, from the start of its first interval there to that of its last.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeriesStretch(int SeriesId, Instant First, Instant Last);

/// <summary>What an upsert did to the table, in rows.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UpsertCounts(long Inserted, long Updated, long Unchanged)
{
    public static UpsertCounts operator +(UpsertCounts a, UpsertCounts b) =>
        new(a.Inserted + b.Inserted, a.Updated + b.Updated, a.Unchanged + b.Unchanged);
}

/// <summary>An open way into the volumes table; each batch is one transaction.</summary>
public interface IVolumeWriter : IAsyncDisposable
{
    /// <summary>Inserts what is new, replaces what differs, leaves alone what is the same; commits.</summary>
    /// <param name="rows">No interval of a series twice. Sorted in place by series and start: rows land beside each other in the table.</param>
    /// <exception cref="ArgumentException">An interval is there twice, or there is no such series.</exception>
    /// <exception cref="Http.ProblemException">409 when only days are kept of the time of a row.</exception>
    Task<UpsertCounts> Write(Memory<VolumeRow> rows, CancellationToken cancellationToken);
}

/// <summary>Bulk upsert of volumes, past EF Core: millions of rows.</summary>
public sealed class VolumeStore(Store store)
{
    /// <summary>Rows a transaction: small enough to lose little in a kill, large enough that the commit costs nothing.</summary>
    public const int BatchSize = 50_000;

    /// <summary>Opens a connection of its own; one batch at a time.</summary>
    public async Task<IVolumeWriter> OpenWriter(CancellationToken cancellationToken)
    {
        if (store.Kind == StoreKind.Postgres)
        {
            var postgres = new NpgsqlConnection(store.ConnectionString);
            await postgres.OpenAsync(cancellationToken);
            return new PostgresVolumeWriter(postgres);
        }

        var sqlite = new SqliteConnection(store.ConnectionString);
        await sqlite.OpenAsync(cancellationToken);
        return new SqliteVolumeWriter(sqlite);
    }

    /// <summary>Writes any number of rows in batches; a failure keeps the batches before it.</summary>
    public async Task<UpsertCounts> Upsert(IEnumerable<VolumeRow> rows, CancellationToken cancellationToken)
    {
        await using var writer = await OpenWriter(cancellationToken);
        var counts = default(UpsertCounts);
        foreach (var batch in rows.Chunk(BatchSize))
        {
            counts += await writer.Write(batch, cancellationToken);
        }

        return counts;
    }

    /// <summary>Sorts by key, where not sorted already, and refuses a key that is there twice.</summary>
    internal static void Sort(Span<VolumeRow> rows)
    {
        if (!IsAscending(rows))
        {
            rows.Sort(CompareKeys);
        }

        for (var i = 1; i < rows.Length; i++)
        {
            if (CompareKeys(rows[i - 1], rows[i]) == 0)
            {
                throw new ArgumentException($"Series {rows[i].SeriesId} has {rows[i].IntervalStart} twice in one batch.", nameof(rows));
            }
        }
    }

    /// <summary>The series of rows sorted by key, each once, ascending.</summary>
    internal static SeriesStretch[] SeriesOf(ReadOnlySpan<VolumeRow> sorted)
    {
        var series = new List<SeriesStretch>();
        var first = 0;
        for (var end = 1; end <= sorted.Length; end++)
        {
            if (end == sorted.Length || sorted[end].SeriesId != sorted[first].SeriesId)
            {
                series.Add(new SeriesStretch(sorted[first].SeriesId, sorted[first].IntervalStart, sorted[end - 1].IntervalStart));
                first = end;
            }
        }

        return [.. series];
    }

    private static bool IsAscending(ReadOnlySpan<VolumeRow> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (CompareKeys(rows[i - 1], rows[i]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int CompareKeys(VolumeRow a, VolumeRow b) =>
        a.SeriesId != b.SeriesId ? a.SeriesId.CompareTo(b.SeriesId) : a.IntervalStart.CompareTo(b.IntervalStart);
}
