using Npgsql;
using NpgsqlTypes;

namespace Wfm.Api.Features.Volumes;

/// <summary>Binary COPY into a temporary table, from there into the volumes, one transaction a batch.</summary>
/// <remarks>
/// Insert, then update, instead of one <c>ON CONFLICT DO UPDATE</c>: the counts are exact even when two imports meet (the second waits for the
/// first row they share), and a row sent again is only read; the upsert would lock each row it finds, which dirties every page of the table.
/// Both go in key order, so that two writers never wait for each other in a circle.
/// </remarks>
internal sealed class PostgresVolumeWriter : IVolumeWriter
{
    private const string Columns = "series_id, interval_start, offered, handled, handle_time_seconds, abandoned, backlog";

    private const string Insert =
        $"INSERT INTO volumes ({Columns}) SELECT {Columns} FROM incoming_volumes ORDER BY series_id, interval_start ON CONFLICT DO NOTHING";

    private const string Update =
        """
        WITH differing AS MATERIALIZED (
            SELECT i.* FROM incoming_volumes i JOIN volumes v ON v.series_id = i.series_id AND v.interval_start = i.interval_start
            WHERE (v.offered, v.handled, v.handle_time_seconds, v.abandoned, v.backlog)
                IS DISTINCT FROM (i.offered, i.handled, i.handle_time_seconds, i.abandoned, i.backlog)
            ORDER BY i.series_id, i.interval_start FOR UPDATE OF v)
        UPDATE volumes v
        SET offered = d.offered, handled = d.handled, handle_time_seconds = d.handle_time_seconds, abandoned = d.abandoned, backlog = d.backlog
        FROM differing d WHERE v.series_id = d.series_id AND v.interval_start = d.interval_start
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
        await Copy(rows, cancellationToken);
        var inserted = await Execute(Insert, cancellationToken);
        var updated = inserted == rows.Length ? 0 : await Execute(Update, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new UpsertCounts(inserted, updated, rows.Length - inserted - updated);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

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
