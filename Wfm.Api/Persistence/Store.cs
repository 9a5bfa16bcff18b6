using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Wfm.Api.Persistence;

public enum StoreKind { Sqlite, Postgres }

/// <summary>Where everything is kept: an SQLite file by default, PostgreSQL when the connection string names a host.</summary>
public sealed class Store
{
    private Store(StoreKind kind, string connectionString)
    {
        Kind = kind;
        ConnectionString = connectionString;
    }

    public StoreKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>The SQLite file; null on PostgreSQL.</summary>
    public string? File => Kind == StoreKind.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    /// <summary>Reads a connection string: <c>Host=…</c> is PostgreSQL, <c>Data Source=FILE</c> or a bare path is SQLite.</summary>
    public static Store Parse(string connectionString)
    {
        if (connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            return new Store(StoreKind.Postgres, new NpgsqlConnectionStringBuilder(connectionString).ConnectionString);
        }

        var builder = connectionString.Contains('=') ? new SqliteConnectionStringBuilder(connectionString)
            : new SqliteConnectionStringBuilder { DataSource = connectionString };
        builder.ForeignKeys = true;
        builder.DefaultTimeout = 60; // seconds a writer waits for another; SQLite has one writer at a time
        return new Store(StoreKind.Sqlite, builder.ConnectionString);
    }
}

internal static class StoreRegistration
{
    /// <param name="slow">What takes longer is logged.</param>
    public static void AddStore(this IServiceCollection services, Store store, TimeSpan slow)
    {
        services.AddSingleton(store);
        services.AddSingleton(provider => new SlowQueryLog(slow, provider.GetRequiredService<ILogger<SlowQueryLog>>()));
        if (store.Kind == StoreKind.Postgres)
        {
            services.AddDbContext<WfmDbContext, PostgresWfmDbContext>((provider, options) => options
                .UseNpgsql(store.ConnectionString, postgres => postgres.UseNodaTime())
                .AddInterceptors(provider.GetRequiredService<SlowQueryLog>()));
        }
        else
        {
            services.AddDbContext<WfmDbContext, SqliteWfmDbContext>((provider, options) => options
                .UseSqlite(store.ConnectionString)
                .AddInterceptors(SqliteConnectionSetup.Instance, provider.GetRequiredService<SlowQueryLog>()));
        }
    }

    private const long MigrationLock = 0x57666D53746F7265; // "WfmStore"

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the store or brings it to the current schema. Of several processes over PostgreSQL one does, the others wait for it.</summary>
    /// <param name="andThen">What else a store holds before anything is served.</param>
    public static async Task MigrateStore(
        this IServiceProvider services, Func<WfmDbContext, CancellationToken, Task> andThen, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<Store>();
        if (store.File is { } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await using var alone = store.Kind == StoreKind.Postgres ? await LockOthersOut(store, db, cancellationToken) : null;
        await db.Database.MigrateAsync(cancellationToken);
        if (store.Kind == StoreKind.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken); // readers never wait for the writer
        }

        await andThen(db, cancellationToken);
    }

    /// <returns>The connection that holds the lock; a killed process loses both.</returns>
    private static async Task<NpgsqlConnection> LockOthersOut(Store store, WfmDbContext db, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString);
        while (connection.State != System.Data.ConnectionState.Open)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateDatabase(db, cancellationToken);
            }
        }

        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_advisory_lock({MigrationLock})";
        command.CommandTimeout = 0; // however long another one's migration takes
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task CreateDatabase(WfmDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ObjectInUse)
        {
            await Task.Delay(Moment, cancellationToken); // another process creates it
        }
    }
}
