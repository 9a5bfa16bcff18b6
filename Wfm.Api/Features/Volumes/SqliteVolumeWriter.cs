using Microsoft.Data.Sqlite;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes;

/// <summary>Prepared statements in one transaction a batch.</summary>
/// <remarks>Two statements instead of one upsert: of an upsert SQLite tells only that a row changed, not whether it is new.</remarks>
internal sealed class SqliteVolumeWriter : IVolumeWriter
{
    private static readonly string[] Names = ["$series", "$start", "$offered", "$handled", "$handleTime", "$abandoned", "$backlog"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;

    public SqliteVolumeWriter(SqliteConnection connection)
    {
        _connection = connection;
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqliteConnectionSetup.Pragmas;
        pragmas.ExecuteNonQuery();
        _insert = Prepare(
            """
            INSERT INTO volumes (series_id, interval_start, offered, handled, handle_time_seconds, abandoned, backlog)
            VALUES ($series, $start, $offered, $handled, $handleTime, $abandoned, $backlog) ON CONFLICT DO NOTHING
            """);
        _update = Prepare(
            """
            UPDATE volumes SET offered = $offered, handled = $handled, handle_time_seconds = $handleTime, abandoned = $abandoned, backlog = $backlog
            WHERE series_id = $series AND interval_start = $start AND (offered, handled, handle_time_seconds, abandoned, backlog)
              IS NOT ($offered, $handled, $handleTime, $abandoned, $backlog)
            """);
    }

    public Task<UpsertCounts> Write(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // not within: what was taken is finished
        VolumeStore.Sort(rows.Span);
        using var transaction = _connection.BeginTransaction(deferred: false); // the write lock at once: no upgrade that another writer can break
        _insert.Transaction = _update.Transaction = transaction;
        var (inserted, updated) = (0, 0);
        foreach (ref readonly var row in rows.Span)
        {
            if (Execute(_insert, row) == 1)
            {
                inserted++;
            }
            else
            {
                updated += Execute(_update, row);
            }
        }

        transaction.Commit();
        return Task.FromResult(new UpsertCounts(inserted, updated, rows.Length - inserted - updated));
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _update.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static int Execute(SqliteCommand command, in VolumeRow row)
    {
        var parameters = command.Parameters;
        parameters[0].Value = row.SeriesId;
        parameters[1].Value = InstantMicroseconds.From(row.IntervalStart);
        parameters[2].Value = row.Offered;
        parameters[3].Value = ValueOf(row.Handled);
        parameters[4].Value = ValueOf(row.HandleTimeSeconds);
        parameters[5].Value = ValueOf(row.Abandoned);
        parameters[6].Value = ValueOf(row.Backlog);
        return command.ExecuteNonQuery();
    }

    private static object ValueOf(double? value) => value is { } number ? number : DBNull.Value;

    private SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in Names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Parameters[0].SqliteType = command.Parameters[1].SqliteType = SqliteType.Integer;
        return command;
    }
}
