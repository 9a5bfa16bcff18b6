using Microsoft.Data.Sqlite;
using SQLitePCL;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Prepared statements in one transaction a batch.</summary>
/// <remarks>
/// Two statements instead of one upsert: of an upsert SQLite tells only that a row changed, not whether it is new. They run on the handle below
/// the ADO.NET connection, whose commands box seven parameters and make a reader for each row (see the volumes benchmark).
/// </remarks>
internal sealed class SqliteVolumeWriter : IVolumeWriter
{
    private const string Insert =
        """
        INSERT INTO volumes (series_id, interval_start, offered, handled, handle_time_seconds, abandoned, backlog)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE volumes SET offered = ?3, handled = ?4, handle_time_seconds = ?5, abandoned = ?6, backlog = ?7
        WHERE series_id = ?1 AND interval_start = ?2
            AND (offered IS NOT ?3 OR handled IS NOT ?4 OR handle_time_seconds IS NOT ?5 OR abandoned IS NOT ?6 OR backlog IS NOT ?7)
        """;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;

    public SqliteVolumeWriter(SqliteConnection connection)
    {
        _connection = connection;
        _database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqliteConnectionSetup.Pragmas;
        pragmas.ExecuteNonQuery();
        _insert = Prepare(Insert);
        _update = Prepare(Update);
    }

    public Task<UpsertCounts> Write(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // not within: what was taken is finished
        VolumeStore.Sort(rows.Span);
        using var transaction = _connection.BeginTransaction(deferred: false); // the write lock at once: no upgrade that another writer can break
        var series = VolumeStore.SeriesOf(rows.Span);
        CheckSeries(series, transaction);
        RefuseRolledUp(series, transaction);
        var (inserted, updated, changed, touched) = (0, 0, 0, new List<int>());
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

            if (inserted + updated > changed && (touched.Count == 0 || touched[^1] != row.SeriesId))
            {
                touched.Add(row.SeriesId);
            }

            changed = inserted + updated;
        }

        Touch(touched, transaction);
        transaction.Commit();
        return Task.FromResult(new UpsertCounts(inserted, updated, rows.Length - inserted - updated));
    }

    /// <summary>The table has no foreign key; the write lock keeps the series there until the commit.</summary>
    private void CheckSeries(SeriesStretch[] series, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT 1 FROM series WHERE id = $id";
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        foreach (var (seriesId, _, _) in series)
        {
            id.Value = seriesId;
            if (command.ExecuteScalar() is null)
            {
                throw new ArgumentException($"There is no series {seriesId}.", nameof(series));
            }
        }
    }

    private void RefuseRolledUp(SeriesStretch[] series, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = VolumeHorizon.Select;
        if (command.ExecuteScalar() is long keptFrom)
        {
            VolumeHorizon.Refuse(series, InstantMicroseconds.ToInstant(keptFrom));
        }
    }

    /// <summary>Counts the revisions of series on.</summary>
    private void Touch(List<int> series, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE series SET revision = revision + 1 WHERE id = $id";
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        foreach (var seriesId in series)
        {
            id.Value = seriesId;
            command.ExecuteNonQuery();
        }
    }

    public ValueTask DisposeAsync()
    {
        _insert.Dispose();
        _update.Dispose();
        return _connection.DisposeAsync();
    }

    /// <summary>Rows changed.</summary>
    private int Execute(sqlite3_stmt statement, in VolumeRow row)
    {
        raw.sqlite3_bind_int(statement, 1, row.SeriesId);
        raw.sqlite3_bind_int64(statement, 2, InstantMicroseconds.From(row.IntervalStart));
        raw.sqlite3_bind_double(statement, 3, row.Offered);
        Bind(statement, 4, row.Handled);
        Bind(statement, 5, row.HandleTimeSeconds);
        Bind(statement, 6, row.Abandoned);
        Bind(statement, 7, row.Backlog);
        var result = raw.sqlite3_step(statement);
        var changes = result == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : 0;
        var reset = raw.sqlite3_reset(statement); // repeats the error of the step
        SqliteException.ThrowExceptionForRC(result == raw.SQLITE_DONE ? reset : result, _database);
        return changes;
    }

    private static void Bind(sqlite3_stmt statement, int index, double? value)
    {
        if (value is { } number)
        {
            raw.sqlite3_bind_double(statement, index, number);
        }
        else
        {
            raw.sqlite3_bind_null(statement, index);
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out var statement), _database);
        return statement;
    }
}
