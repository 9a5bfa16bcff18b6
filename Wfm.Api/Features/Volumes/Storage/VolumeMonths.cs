using NodaTime;
using Npgsql;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>The partitions of the volumes on PostgreSQL, one a month of UTC, made when their first rows come.</summary>
/// <remarks>
/// A partition is made as a table of its own and then attached, which lets readers and writers of the others go on; created as a partition it would wait
/// for all of them and have all others wait. Who makes one, or takes one away, holds a lock of this class's own, so that of two processes one does.
/// </remarks>
internal sealed class VolumeMonths(NpgsqlConnection connection)
{
    private const string Table = "volumes";
    private const long MakeLock = 0x57666D4D6F6E7468; // "WfmMonth"
    private const long DropLock = MakeLock + 1; // another one: who drops may take minutes, and whoever needs a new month shall not wait for it

    private readonly HashSet<YearMonth> _known = [];

    /// <summary>The months of rows, each once.</summary>
    public static HashSet<YearMonth> Of(ReadOnlySpan<VolumeRow> rows)
    {
        var months = new HashSet<YearMonth>();
        var (start, end) = (Instant.MaxValue, Instant.MinValue);
        foreach (ref readonly var row in rows)
        {
            if (row.IntervalStart < start || row.IntervalStart >= end)
            {
                var month = row.IntervalStart.InUtc().Date.ToYearMonth();
                (start, end) = (StartOf(month), StartOf(month.PlusMonths(1)));
                months.Add(month);
            }
        }

        return months;
    }

    public static Instant StartOf(YearMonth month) => month.OnDayOfMonth(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();

    /// <summary>Name of the table that holds a month.</summary>
    public static string TableOf(YearMonth month) => FormattableString.Invariant($"{Table}_{month.Year:0000}_{month.Month:00}");

    /// <summary>Makes the partitions that do not exist.</summary>
    public async Task Create(IReadOnlyCollection<YearMonth> months, CancellationToken cancellationToken)
    {
        if (months.All(_known.Contains))
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute($"SELECT pg_advisory_xact_lock({MakeLock})", cancellationToken);
        _known.Clear();
        _known.UnionWith((await Tables(cancellationToken)).Select(t => t.Month));
        foreach (var month in months.Where(m => !_known.Contains(m)))
        {
            await Execute(
                $"""
                CREATE TABLE {TableOf(month)} (LIKE {Table} INCLUDING ALL);
                ALTER TABLE {Table} ATTACH PARTITION {TableOf(month)} FOR VALUES FROM ('{StartOf(month)}') TO ('{StartOf(month.PlusMonths(1))}')
                """,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _known.UnionWith(months);
    }

    /// <summary>Takes months away one after the other, the oldest first; of each what is to be kept is stored in the transaction that drops it.</summary>
    /// <param name="before">Months that end at or before it.</param>
    /// <param name="keep">Gets the name of the table, which nobody else reads or writes any more, and the transaction's connection.</param>
    /// <remarks>Not one transaction: a partition leaves its table without making anybody wait only outside of one. One that has left but was not dropped,
    /// because the process died, is found again by its name.</remarks>
    public async Task Drop(Instant before, Func<string, NpgsqlConnection, CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        await Execute($"SELECT pg_advisory_lock({DropLock})", cancellationToken);
        try
        {
            foreach (var (month, state) in (await Tables(cancellationToken)).Where(t => StartOf(t.Month.PlusMonths(1)) <= before).OrderBy(t => t.Month))
            {
                var detach = state switch
                {
                    PartitionState.Attached => $"ALTER TABLE {Table} DETACH PARTITION {TableOf(month)} CONCURRENTLY",
                    PartitionState.Leaving => $"ALTER TABLE {Table} DETACH PARTITION {TableOf(month)} FINALIZE",
                    _ => null,
                };
                if (detach is not null)
                {
                    await Execute(detach, cancellationToken);
                }

                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await keep(TableOf(month), connection, cancellationToken);
                await Execute($"DROP TABLE {TableOf(month)}", cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            await Execute($"SELECT pg_advisory_unlock({DropLock})", CancellationToken.None);
        }
    }

    private async Task<List<(YearMonth Month, PartitionState State)>> Tables(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT split_part(c.relname, '_', 2)::int, split_part(c.relname, '_', 3)::int, i.inhdetachpending
            FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = to_regclass('{Table}')
            WHERE c.relkind = 'r' AND c.relname ~ '^{Table}_\d\d\d\d_\d\d$'
                AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('{Table}'))
            """,
            connection);
        var tables = new List<(YearMonth, PartitionState)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add((
                new YearMonth(reader.GetInt32(0), reader.GetInt32(1)),
                await reader.IsDBNullAsync(2, cancellationToken) ? PartitionState.Left
                    : reader.GetBoolean(2) ? PartitionState.Leaving
                    : PartitionState.Attached));
        }

        return tables;
    }

    private async Task Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // a lock may be held for as long as a roll-up takes
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private enum PartitionState { Attached, Leaving, Left }
}
