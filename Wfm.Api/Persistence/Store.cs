using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
                .AddInterceptors(provider.GetRequiredService<SlowQueryLog>()).AddInterceptors(provider.GetServices<IInterceptor>()));
        }
        else
        {
            services.AddDbContext<WfmDbContext, SqliteWfmDbContext>((provider, options) => options
                .UseSqlite(store.ConnectionString)
                .AddInterceptors(SqliteConnectionSetup.Instance, provider.GetRequiredService<SlowQueryLog>())
                .AddInterceptors(provider.GetServices<IInterceptor>()));
        }
    }
}
