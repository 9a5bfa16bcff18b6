using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>A fresh, empty store for one fixture: an SQLite file of its own, or a PostgreSQL database of its own.</summary>
internal sealed class TestStore : IAsyncDisposable
{
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
