using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NodaTime;
using SQLitePCL;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Reads rows on the handle below the ADO.NET connection, whose reader takes several times as long for each value.</summary>
internal static class SqliteVolumeRows
{
    /// <param name="sql">Selects start, the five figures and the number of intervals; of @series, @from, @to.</param>
    public static async IAsyncEnumerable<VolumeRow> Read(
        string connectionString, string sql, int seriesId, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var database = connection.Handle ?? throw new InvalidOperationException("The connection did not open.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            raw.sqlite3_bind_int(statement, raw.sqlite3_bind_parameter_index(statement, "@series"), seriesId);
            raw.sqlite3_bind_int64(statement, raw.sqlite3_bind_parameter_index(statement, "@from"), InstantMicroseconds.From(from));
            raw.sqlite3_bind_int64(statement, raw.sqlite3_bind_parameter_index(statement, "@to"), InstantMicroseconds.From(to));
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new VolumeRow(
                    seriesId,
                    InstantMicroseconds.ToInstant(raw.sqlite3_column_int64(statement, 0)),
                    raw.sqlite3_column_double(statement, 1),
                    NumberAt(statement, 2),
                    NumberAt(statement, 3),
                    NumberAt(statement, 4),
                    NumberAt(statement, 5),
                    raw.sqlite3_column_int(statement, 6));
            }

            SqliteException.ThrowExceptionForRC(result, database); // SQLITE_DONE passes
        }
    }

    /// <summary>An absent number reads as 0, so only a 0 has to be asked whether it is there.</summary>
    private static double? NumberAt(sqlite3_stmt statement, int column)
    {
        var value = raw.sqlite3_column_double(statement, column);
        return value == 0 && raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : value;
    }
}
