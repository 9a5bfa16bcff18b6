using Npgsql;
using NpgsqlTypes;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Binary COPY into a temporary table, from there into the volumes, one transaction a batch.</summary>
/// <remarks>
/// First what is new, then what differs, instead of one upsert: the counts are exact even when two imports meet (the second waits for the first
/// row they share), and a row sent again is only read, where the upsert would lock each row it finds, which dirties every page of the table.
/// Both go in key order, so that two writers never wait for each other in a circle.
/// </remarks>
internal sealed class PostgresVolumeWriter : IVolumeWriter
{
    private const string Columns = "series_id, interval_start, offered, handled, handle_time_seconds, abandoned, backlog";

    private const string Insert =
        $"INSERT INTO volumes ({Columns}) SELECT {Columns} FROM incoming_volumes ORDER BY series_id, interval_start ON CONFLICT DO NOTHING";

    /// <summary>One look into the key for each row; left alone, a planner without fresh statistics reads the whole table to merge with it.</summary>
    private const string Update =
        """
        SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
        INSERT INTO volumes AS v SELECT i.* FROM incoming_volumes i JOIN volumes o ON o.series_id = i.series_id AND o.interval_start = i.interval_start
        WHERE (o.offered, o.handled, o.handle_time_seconds, o.abandoned, o.backlog)
            IS DISTINCT FROM (i.offered, i.handled, i.handle_time_seconds, i.abandoned, i.backlog)
        ORDER BY i.series_id, i.interval_start
        ON CONFLICT (series_id, interval_start) DO UPDATE SET offered = excluded.offered, handled = excluded.handled,
            handle_time_seconds = excluded.handle_time_seconds, abandoned = excluded.abandoned, backlog = excluded.backlog
        WHERE (v.offered, v.handled, v.handle_time_seconds, v.abandoned, v.backlog)
            IS DISTINCT FROM (excluded.offered, excluded.handled, excluded.handle_time_seconds, excluded.abandoned, excluded.backlog)
        """;

    private readonly NpgsqlConnection _connection;

    private PostgresVolumeWriter(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresVolumeWriter> Create(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // A pooled connection forgets its temporary tables when it is returned.
        await using var create = new NpgsqlCommand("CREATE TEMPORARY TABLE incoming_volumes (LIKE volumes) ON COMMIT DELETE ROWS", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new PostgresVolumeWriter(connection);
    }

    public async Task<UpsertCounts> Write(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        VolumeStore.Sort(rows.Span);
        await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
        await Execute("SET LOCAL work_mem = '32MB'", cancellationToken); // a batch sorts in memory
        await HoldSeries(rows, cancellationToken);
        await Copy(rows, cancellationToken);
        var inserted = await Execute(Insert, cancellationToken);
        var updated = inserted == rows.Length ? 0 : await Execute(Update, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new UpsertCounts(inserted, updated, rows.Length - inserted - updated);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>The series of the batch stay until the commit: what a foreign key would check row by row, at half the price of the whole load.</summary>
    private async Task HoldSeries(ReadOnlyMemory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        var ids = VolumeStore.SeriesOf(rows.Span);
        await using var command = new NpgsqlCommand("SELECT id FROM series WHERE id = ANY($1) ORDER BY id FOR KEY SHARE", _connection)
        {
            Parameters = { new() { Value = ids } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; i < ids.Length; i++)
        {
            if (!await reader.ReadAsync(cancellationToken) || reader.GetInt32(0) != ids[i])
            {
                throw new ArgumentException($"There is no series {ids[i]}.", nameof(rows));
            }
        }
    }

    private async Task Copy(ReadOnlyMemory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        await using var copy = await _connection.BeginBinaryImportAsync($"COPY incoming_volumes ({Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows.Span[i];
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.SeriesId, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.IntervalStart.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(row.Offered, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Handled, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.HandleTimeSeconds, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Abandoned, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Backlog, NpgsqlDbType.Double, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private async Task<int> Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
