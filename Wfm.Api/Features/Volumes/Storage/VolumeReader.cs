using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

/// <summary>Reads volumes in order of time, past EF Core: a year of half-hours in milliseconds.</summary>
public sealed class VolumeReader(Store store)
{
    private const string Columns = "offered, handled, handle_time_seconds, abandoned, backlog";

    private const string Kept =
        $"""
        SELECT interval_start, {Columns}, 1, series_id FROM volumes WHERE series_id = @series AND interval_start >= @from AND interval_start < @to
        """;

    private const string Days =
        $"""
        SELECT day_start, {Columns}, intervals, series_id FROM daily_volumes WHERE series_id = @series AND day_start >= @from AND day_start < @to
        """;

    private const string OfMany =
        $"""
        SELECT interval_start, {Columns}, 1, series_id FROM volumes
        WHERE series_id = ANY(@ids) AND interval_start >= @from AND interval_start < @to ORDER BY series_id, interval_start
        """;

    /// <summary>The rows of a series that start in [from, to).</summary>
    public IAsyncEnumerable<VolumeRow> Read(int seriesId, Instant from, Instant to, CancellationToken cancellationToken) =>
        Read($"{Kept} ORDER BY 1", seriesId, from, to, cancellationToken);

    /// <summary>The same for whoever asks for days or more: also the days of which nothing else is kept.</summary>
    /// <remarks>The day in which the intervals begin may come in two rows, one here and one there.</remarks>
    public IAsyncEnumerable<VolumeRow> ReadWithDays(int seriesId, Instant from, Instant to, CancellationToken cancellationToken) =>
        Read($"{Days} UNION ALL {Kept} ORDER BY 1", seriesId, from, to, cancellationToken);

    /// <summary>The rows of several series that start in [from, to), series by series: on PostgreSQL in one query.</summary>
    public IAsyncEnumerable<VolumeRow> ReadMany(IReadOnlyCollection<int> seriesIds, Instant from, Instant to, CancellationToken cancellationToken) =>
        store.Kind == StoreKind.Postgres ? ReadPostgres(OfMany, [("@ids", seriesIds.ToArray()), .. Within(from, to)], cancellationToken)
            : ReadOneByOne(seriesIds, from, to, cancellationToken);

    /// <summary>All rows of one table of PostgreSQL that has the columns of the volumes, in order of series and time.</summary>
    internal IAsyncEnumerable<VolumeRow> ReadTable(string table, CancellationToken cancellationToken) =>
        ReadPostgres($"SELECT interval_start, {Columns}, 1, series_id FROM {table} ORDER BY series_id, interval_start", [], cancellationToken);

    /// <summary>Which of the series have a row that starts in [from, to).</summary>
    public async Task<HashSet<int>> SeriesWithin(IReadOnlyCollection<int> seriesIds, Instant from, Instant to, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT s.value FROM {EachOf(seriesIds, command)} WHERE EXISTS (
                SELECT 1 FROM volumes v WHERE v.series_id = s.value AND v.interval_start >= @from AND v.interval_start < @to)
            """;
        Add(command, "@from", Stored(from));
        Add(command, "@to", Stored(to));
        var found = new HashSet<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetInt32(0));
        }

        return found;
    }

    /// <summary>Start of the last interval of each series that has one.</summary>
    public async Task<IReadOnlyDictionary<int, Instant>> LastInterval(IReadOnlyCollection<int> seriesIds, CancellationToken cancellationToken)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT s.value, (SELECT max(v.interval_start) FROM volumes v WHERE v.series_id = s.value)
            FROM {EachOf(seriesIds, command)}
            """;
        var last = new Dictionary<int, Instant>(seriesIds.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                last[reader.GetInt32(0)] = InstantAt(reader, 1);
            }
        }

        return last;
    }

    private IAsyncEnumerable<VolumeRow> Read(string sql, int seriesId, Instant from, Instant to, CancellationToken cancellationToken) =>
        store.Kind == StoreKind.Sqlite ? SqliteVolumeRows.Read(store.ConnectionString, sql, seriesId, from, to, cancellationToken)
            : ReadPostgres(sql, [("@series", seriesId), .. Within(from, to)], cancellationToken);

    private static (string Name, object Value)[] Within(Instant from, Instant to) => [("@from", from.ToDateTimeUtc()), ("@to", to.ToDateTimeUtc())];

    /// <param name="sql">Selects start, the five figures, the number of intervals and the series.</param>
    /// <param name="parameters">A query without any reads a whole table, whose sort may take minutes.</param>
    private async IAsyncEnumerable<VolumeRow> ReadPostgres(
        string sql, (string Name, object Value)[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            Add(command, name, value);
        }

        if (parameters.Length == 0)
        {
            command.CommandTimeout = 0;
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new VolumeRow(
                reader.GetInt32(7), InstantAt(reader, 0), reader.GetDouble(1), NumberAt(reader, 2), NumberAt(reader, 3), NumberAt(reader, 4),
                NumberAt(reader, 5), reader.GetInt32(6));
        }
    }

    private async IAsyncEnumerable<VolumeRow> ReadOneByOne(
        IReadOnlyCollection<int> seriesIds, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in seriesIds)
        {
            await foreach (var row in Read(id, from, to, cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <summary>The ids as a table <c>s</c> with the column <c>value</c>.</summary>
    private string EachOf(IReadOnlyCollection<int> seriesIds, DbCommand command)
    {
        Add(command, "@ids", store.Kind == StoreKind.Postgres ? seriesIds.ToArray() : $"[{string.Join(',', seriesIds)}]");
        return store.Kind == StoreKind.Postgres ? "unnest(@ids) AS s(value)" : "json_each(@ids) AS s";
    }

    private object Stored(Instant instant) => store.Kind == StoreKind.Postgres ? instant.ToDateTimeUtc() : InstantMicroseconds.From(instant);

    private DbConnection Connect() =>
        store.Kind == StoreKind.Postgres ? new NpgsqlConnection(store.ConnectionString) : new SqliteConnection(store.ConnectionString);

    private Instant InstantAt(DbDataReader reader, int column) =>
        store.Kind == StoreKind.Postgres ? Instant.FromDateTimeUtc(reader.GetDateTime(column)) : InstantMicroseconds.ToInstant(reader.GetInt64(column));

    private static double? NumberAt(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
