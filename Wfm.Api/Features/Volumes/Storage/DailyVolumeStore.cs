using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Puts days in the place of the intervals they sum up, so that nothing is counted twice and nothing lost, wherever the process dies.</summary>
public sealed class DailyVolumeStore(Store store, VolumeReader reader)
{
    private const int BatchSize = 10_000;

    /// <summary>Two parts of a day add up; its backlog is that of the later part.</summary>
    private const string Add =
        """
        ON CONFLICT (series_id, day_start) DO UPDATE SET intervals = daily_volumes.intervals + excluded.intervals,
            offered = daily_volumes.offered + excluded.offered,
            handled = coalesce(daily_volumes.handled + excluded.handled, daily_volumes.handled, excluded.handled),
            handle_time_seconds = coalesce(
                daily_volumes.handle_time_seconds + excluded.handle_time_seconds, daily_volumes.handle_time_seconds, excluded.handle_time_seconds),
            abandoned = coalesce(daily_volumes.abandoned + excluded.abandoned, daily_volumes.abandoned, excluded.abandoned),
            backlog = coalesce(excluded.backlog, daily_volumes.backlog)
        """;

    private const string Columns = "series_id, day_start, intervals, offered, handled, handle_time_seconds, abandoned, backlog";

    /// <summary>Rolls up what is older than the horizon: month by month on PostgreSQL, where the partition then goes, series by series on SQLite.</summary>
    /// <param name="before">The horizon, which is stored already: nobody writes older rows any more.</param>
    /// <param name="fold">From rows in order of series and time to their days.</param>
    /// <param name="done">Told what is done, in words.</param>
    public async Task RollUp(
        Instant before, IReadOnlyCollection<int> seriesIds, Func<IAsyncEnumerable<VolumeRow>, IAsyncEnumerable<VolumeRow>> fold, Action<string> done,
        CancellationToken cancellationToken)
    {
        if (store.Kind == StoreKind.Postgres)
        {
            await using var connection = new NpgsqlConnection(store.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await new VolumeMonths(connection).Drop(
                before,
                async (table, holder, stop) =>
                {
                    await foreach (var days in fold(reader.ReadTable(table, stop)).Chunk(BatchSize).WithCancellation(stop))
                    {
                        await AddDays(holder, days, stop);
                    }

                    done(table);
                },
                cancellationToken);
            return;
        }

        await using var sqlite = new SqliteConnection(store.ConnectionString);
        await sqlite.OpenAsync(cancellationToken);
        foreach (var id in seriesIds)
        {
            var days = await fold(reader.Read(id, Instant.FromUnixTimeTicks(0), before, cancellationToken)).ToListAsync(cancellationToken);
            if (days.Count > 0)
            {
                Replace(sqlite, id, before, days);
                done($"series {id}");
            }
        }
    }

    private static async Task AddDays(NpgsqlConnection connection, VolumeRow[] days, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"INSERT INTO daily_volumes ({Columns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) {Add}", connection)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(days, d => d.SeriesId) },
                new() { Value = Array.ConvertAll(days, d => d.IntervalStart.ToDateTimeUtc()) },
                new() { Value = Array.ConvertAll(days, d => d.Intervals) },
                new() { Value = Array.ConvertAll(days, d => d.Offered) },
                new() { Value = Array.ConvertAll(days, d => d.Handled) },
                new() { Value = Array.ConvertAll(days, d => d.HandleTimeSeconds) },
                new() { Value = Array.ConvertAll(days, d => d.Abandoned) },
                new() { Value = Array.ConvertAll(days, d => d.Backlog) },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Replace(SqliteConnection connection, int seriesId, Instant before, List<VolumeRow> days)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            $"INSERT INTO daily_volumes ({Columns}) VALUES ($series, $start, $intervals, $offered, $handled, $time, $abandoned, $backlog) {Add}";
        foreach (var day in days)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$series", seriesId);
            insert.Parameters.AddWithValue("$start", InstantMicroseconds.From(day.IntervalStart));
            insert.Parameters.AddWithValue("$intervals", day.Intervals);
            insert.Parameters.AddWithValue("$offered", day.Offered);
            insert.Parameters.AddWithValue("$handled", (object?)day.Handled ?? DBNull.Value);
            insert.Parameters.AddWithValue("$time", (object?)day.HandleTimeSeconds ?? DBNull.Value);
            insert.Parameters.AddWithValue("$abandoned", (object?)day.Abandoned ?? DBNull.Value);
            insert.Parameters.AddWithValue("$backlog", (object?)day.Backlog ?? DBNull.Value);
            insert.ExecuteNonQuery();
        }

        using var delete = connection.CreateCommand();
        delete.Transaction = transaction;
        delete.CommandText = "DELETE FROM volumes WHERE series_id = $series AND interval_start < $before";
        delete.Parameters.AddWithValue("$series", seriesId);
        delete.Parameters.AddWithValue("$before", InstantMicroseconds.From(before));
        delete.ExecuteNonQuery();
        transaction.Commit();
    }
}
