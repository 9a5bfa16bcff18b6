using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>A fresh, empty store for one fixture: an SQLite file of its own, or a PostgreSQL database of its own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> MigratedFile = new(MigrateFile);

    private readonly string? _folder;

    private TestStore(string connectionString, string? folder)
    {
        ConnectionString = connectionString;
        _folder = folder;
    }

    public string ConnectionString { get; }

    public static async Task<TestStore> Create(StoreKind kind)
    {
        if (kind == StoreKind.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("wfm-test-").FullName;
            return new TestStore(Path.Combine(folder, "wfm.db"), folder);
        }

        return new TestStore(await PostgresCluster.CreateDatabase(), null);
    }

    /// <summary>An empty store with the current schema, copied from one that is migrated once a run: that takes a second.</summary>
    public static async Task<TestStore> Migrated(StoreKind kind)
    {
        if (kind == StoreKind.Postgres)
        {
            return new TestStore(await PostgresCluster.CreateDatabase("migrated", Migrate), null);
        }

        var store = await Create(kind);
        File.Copy(await MigratedFile.Value, store.ConnectionString);
        return store;
    }

    private static async Task<string> MigrateFile()
    {
        var store = await Create(StoreKind.Sqlite);
        await Migrate(store.ConnectionString);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(store._folder!, recursive: true);
        return store.ConnectionString;
    }

    private static async Task Migrate(string connectionString)
    {
        await using var app = WfmHost.Create([], builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Wfm:Store"] = connectionString });
        });
        await app.Services.GetRequiredService<StoreStart>().Migrate(CancellationToken.None);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // whoever closes a file last writes its log into it
    }

    /// <summary>A database that is the caller's.</summary>
    public static TestStore On(string connectionString) => new(connectionString, null);

    public ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask; // databases go with their cluster
    }
}
