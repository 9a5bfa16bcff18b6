using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Wfm.Api.Persistence;

namespace Wfm.Benchmarks.Volumes;

/// <summary>A fresh store that goes with the benchmark, and the bare driver's way to load rows into a table of the same shape.</summary>
internal sealed class BenchmarkStore : IAsyncDisposable
{
    private readonly StoreKind _kind;
    private readonly string? _folder;

    private BenchmarkStore(StoreKind kind, string connectionString, string? folder)
    {
        (_kind, ConnectionString, _folder) = (kind, connectionString, folder);
    }

    public string ConnectionString { get; }

    public static async Task<BenchmarkStore> Create(StoreKind kind, string? postgres, CancellationToken cancellationToken)
    {
        if (kind == StoreKind.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("wfm-benchmark-").FullName;
            return new BenchmarkStore(kind, Path.Combine(folder, "wfm.db"), folder);
        }

        var database = $"wfm_benchmark_{Guid.CreateVersion7():N}";
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new BenchmarkStore(kind, new NpgsqlConnectionStringBuilder(postgres) { Database = database }.ConnectionString, null);
    }

    /// <summary>The volumes table again, with its key and without its foreign key.</summary>
    public async Task PrepareBareTable(CancellationToken cancellationToken)
    {
        if (_kind == StoreKind.Postgres)
        {
            await using var postgres = new NpgsqlConnection(ConnectionString);
            await postgres.OpenAsync(cancellationToken);
            await using var create = new NpgsqlCommand("CREATE TABLE bare_volumes (LIKE volumes INCLUDING ALL)", postgres);
            await create.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        await using var sqlite = await Sqlite(cancellationToken);
        await using var command = sqlite.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE name = 'volumes'";
        var sql = (string?)await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException("There is no volumes table.");
        command.CommandText = "PRAGMA foreign_keys = OFF; " + sql.Replace("\"volumes\"", "\"bare_volumes\"", StringComparison.Ordinal);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task LoadBare(VolumeFile file, CancellationToken cancellationToken) =>
        _kind == StoreKind.Postgres ? CopyInto(file, cancellationToken) : InsertInto(file, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
            return;
        }

        NpgsqlConnection.ClearAllPools();
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
        var database = builder.Database;
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE {database} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private async Task InsertInto(VolumeFile file, CancellationToken cancellationToken)
    {
        await using var connection = await Sqlite(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = connection.CreateCommand();
        insert.CommandText = "PRAGMA foreign_keys = OFF";
        await insert.ExecuteNonQueryAsync(cancellationToken);
        insert.CommandText = "INSERT INTO bare_volumes VALUES ($0, $1, $2, $3, $4, $5, $6)";
        for (var i = 0; i < 7; i++)
        {
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        for (var i = 0; i < file.Rows; i++)
        {
            var row = file.Row(i);
            insert.Parameters[0].Value = row.Series;
            insert.Parameters[1].Value = row.Start.ToUnixTimeTicks() / 10;
            insert.Parameters[2].Value = row.Offered;
            insert.Parameters[3].Value = row.Handled;
            insert.Parameters[4].Value = row.HandleTimeSeconds;
            insert.Parameters[5].Value = row.Abandoned;
            insert.Parameters[6].Value = row.Backlog;
            insert.ExecuteNonQuery();
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task CopyInto(VolumeFile file, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync("COPY bare_volumes FROM STDIN (FORMAT BINARY)", cancellationToken);
        for (var i = 0; i < file.Rows; i++)
        {
            var row = file.Row(i);
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.Series, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.Start.ToDateTimeUtc(), NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(row.Offered, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Handled, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.HandleTimeSeconds, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Abandoned, NpgsqlDbType.Double, cancellationToken);
            await copy.WriteAsync(row.Backlog, NpgsqlDbType.Double, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private async Task<SqliteConnection> Sqlite(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ConnectionString }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var pragmas = connection.CreateCommand();
        pragmas.CommandText = SqliteConnectionSetup.Pragmas;
        await pragmas.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}
