using Npgsql;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>COPY, one transaction a batch: straight into the volumes what is new, by way of a temporary table what may be there already.</summary>
/// <remarks>
/// A batch of which no series has a row between its first and its last one is new as a whole: it is copied into the table itself, at the price of a bare COPY
/// and one look into the key for each series. If another import brings one of its rows meanwhile, the key refuses the batch, and it goes the other way.
/// There what is the same is found and left out first: a row sent again is only read, where an upsert would lock each row it finds, which dirties every page
/// of the table. Of the rest first what is new goes in, then what differs: the counts are exact even when two imports meet (the second waits for the first
/// row they share). Both go in key order, so that two writers never wait for each other in a circle.
/// </remarks>
internal sealed class PostgresVolumeWriter(NpgsqlConnection connection) : IVolumeWriter
{
    private const string Columns = VolumeCopy.Columns;

    private const string AnyThere =
        """
        SELECT 1 FROM unnest($1, $2, $3) AS s(id, first, last)
        CROSS JOIN LATERAL (SELECT 1 FROM volumes v WHERE v.series_id = s.id AND v.interval_start >= s.first AND v.interval_start <= s.last LIMIT 1) AS v
        LIMIT 1
        """;

    // A pooled connection forgets its temporary tables when it is returned. A batch sorts in memory. Each row is one look into the key; left alone, a planner
    // without fresh statistics reads the whole table to merge with it.
    private const string Prepare =
        """
        SET LOCAL work_mem = '32MB'; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
        CREATE TEMPORARY TABLE IF NOT EXISTS incoming_volumes (LIKE volumes) ON COMMIT DELETE ROWS;
        CREATE TEMPORARY TABLE IF NOT EXISTS differing_volumes (LIKE volumes) ON COMMIT DELETE ROWS
        """;

    private const string Differ =
        """
        INSERT INTO differing_volumes
        SELECT i.* FROM incoming_volumes i LEFT JOIN volumes o ON o.series_id = i.series_id AND o.interval_start = i.interval_start
        WHERE o.series_id IS NULL OR (o.offered, o.handled, o.handle_time_seconds, o.abandoned, o.backlog)
            IS DISTINCT FROM (i.offered, i.handled, i.handle_time_seconds, i.abandoned, i.backlog)
        """;

    private const string Insert =
        $"INSERT INTO volumes ({Columns}) SELECT {Columns} FROM differing_volumes ORDER BY series_id, interval_start ON CONFLICT DO NOTHING";

    private const string Update =
        $"""
        INSERT INTO volumes AS v ({Columns}) SELECT {Columns} FROM differing_volumes ORDER BY series_id, interval_start
        ON CONFLICT (series_id, interval_start) DO UPDATE SET offered = excluded.offered, handled = excluded.handled,
            handle_time_seconds = excluded.handle_time_seconds, abandoned = excluded.abandoned, backlog = excluded.backlog
        WHERE (v.offered, v.handled, v.handle_time_seconds, v.abandoned, v.backlog)
            IS DISTINCT FROM (excluded.offered, excluded.handled, excluded.handle_time_seconds, excluded.abandoned, excluded.backlog)
        """;

    private readonly VolumeMonths _months = new(connection);
    private readonly VolumeCopy _copy = new();

    public async Task<UpsertCounts> Write(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        if (rows.IsEmpty)
        {
            return default;
        }

        VolumeStore.Sort(rows.Span);
        try
        {
            await _months.Create(VolumeMonths.Of(rows.Span), cancellationToken);
            return await Store(rows, mayBeNew: true, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation)
        {
            // another import brought one of its rows meanwhile, or a month was rolled up
            return await Store(rows, mayBeNew: false, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<UpsertCounts> Store(Memory<VolumeRow> rows, bool mayBeNew, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var series = VolumeStore.SeriesOf(rows.Span);
        await HoldSeries(series, cancellationToken);
        await RefuseRolledUp(series, cancellationToken);
        UpsertCounts counts;
        if (mayBeNew && await AreNew(series, cancellationToken))
        {
            await _copy.Into("volumes", rows, connection, cancellationToken);
            await Touch("SELECT unnest($1)", Array.ConvertAll(series, s => s.SeriesId), cancellationToken);
            counts = new UpsertCounts(rows.Length, 0, 0);
        }
        else
        {
            counts = await Merge(rows, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return counts;
    }

    private async Task<UpsertCounts> Merge(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        await Execute(Prepare, cancellationToken);
        await _copy.Into("incoming_volumes", rows, connection, cancellationToken);
        var differing = await Execute(Differ, cancellationToken);
        var inserted = differing == 0 ? 0 : await Execute(Insert, cancellationToken);
        var updated = inserted == differing ? 0 : await Execute(Update, cancellationToken);
        if (differing > 0)
        {
            await Touch("SELECT series_id FROM differing_volumes", null, cancellationToken);
        }

        return new UpsertCounts(inserted, updated, rows.Length - inserted - updated);
    }

    /// <summary>The series of the batch stay until the commit: what a foreign key would check row by row, at half the price of the whole load.</summary>
    private async Task HoldSeries(SeriesStretch[] series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT id FROM series WHERE id = ANY($1) ORDER BY id FOR KEY SHARE", connection)
        {
            Parameters = { new() { Value = Array.ConvertAll(series, s => s.SeriesId) } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        foreach (var (id, _, _) in series)
        {
            if (!await reader.ReadAsync(cancellationToken) || reader.GetInt32(0) != id)
            {
                throw new ArgumentException($"There is no series {id}.", nameof(series));
            }
        }
    }

    private async Task RefuseRolledUp(SeriesStretch[] series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(VolumeHorizon.Select, connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is DateTime keptFrom)
        {
            VolumeHorizon.Refuse(series, NodaTime.Instant.FromDateTimeUtc(keptFrom));
        }
    }

    /// <summary>Whether no series has anything yet between its first and its last row of the batch.</summary>
    private async Task<bool> AreNew(SeriesStretch[] series, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AnyThere, connection)
        {
            Parameters =
            {
                new() { Value = Array.ConvertAll(series, s => s.SeriesId) },
                new() { Value = Array.ConvertAll(series, s => s.First.ToDateTimeUtc()) },
                new() { Value = Array.ConvertAll(series, s => s.Last.ToDateTimeUtc()) },
            },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is null;
    }

    /// <summary>Counts the revisions of series on, in order of their ids: last of all, so that two imports wait for each other only here or at a row.</summary>
    private async Task Touch(string which, int[]? ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH held AS (SELECT id FROM series WHERE id IN ({which}) ORDER BY id FOR NO KEY UPDATE)
            UPDATE series s SET revision = s.revision + 1 FROM held WHERE s.id = held.id
            """,
            connection);
        if (ids is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = ids });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> Execute(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
