using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Wfm.Api.Persistence;

/// <summary>Creates a store or brings it to the current schema. Of several processes that start at once one does, the others wait for it.</summary>
/// <remarks>
/// Over PostgreSQL by an advisory lock, over SQLite by a lock on a file beside the store; a killed process loses either. EF Core's own lock is a row in SQLite
/// that outlives a killed process and is then waited for without end, so it is taken only where something is to be migrated, and an old one is removed first.
/// </remarks>
internal sealed partial class StoreMigration(Store store, WfmDbContext db, ILogger<StoreMigration> logger)
{
    private const long Lock = 0x57666D53746F7265; // "WfmStore"

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <param name="andThen">What else a store holds before anything is served; done while others wait.</param>
    /// <exception cref="StoreRefusedException">A newer build wrote the store, or it cannot be written.</exception>
    public async Task Run(Func<Task> andThen, CancellationToken cancellationToken)
    {
        await using var alone = store.File is { } file ? (IAsyncDisposable)await LockFile(file, cancellationToken) : await LockDatabase(cancellationToken);
        if (await Pending(cancellationToken) > 0)
        {
            if (store.Kind == StoreKind.Sqlite)
            {
                await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken); // a killed process's: we are alone
            }

            await db.Database.MigrateAsync(cancellationToken);
        }

        if (store.Kind == StoreKind.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellationToken); // readers never wait for the writer
        }

        await andThen();
    }

    /// <summary>Refuses migrations that this build does not know.</summary>
    /// <param name="applied">Names of the migrations of a store, or of a backup.</param>
    /// <param name="what">The store or backup in words.</param>
    public static void RefuseUnknown(WfmDbContext db, IEnumerable<string> applied, string what)
    {
        if (applied.Except(db.Database.GetMigrations()).Order(StringComparer.Ordinal).LastOrDefault() is { } unknown)
        {
            throw new StoreRefusedException(
                $"{what} was written by a newer version of Wfm: it has the migration '{unknown}', which this version does not know. "
                + "Start that version again, or restore a backup made before the upgrade.");
        }
    }

    /// <returns>How many migrations are to be done.</returns>
    private async Task<int> Pending(CancellationToken cancellationToken)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet();
        RefuseUnknown(db, applied, "The store");
        return db.Database.GetMigrations().Count(m => !applied.Contains(m));
    }

    private async Task<FileStream> LockFile(string file, CancellationToken cancellationToken)
    {
        var (held, told) = (FileLock.OfStart(file), false);
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                if (FileLock.TryTake(held) is { } alone)
                {
                    return alone;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StoreRefusedException($"The folder of the store {Path.GetFullPath(file)} cannot be written: {e.Message}");
            }

            if (!told)
            {
                AnotherStarts(logger, held);
                told = true;
            }

            await Task.Delay(Moment, cancellationToken);
        }
    }

    /// <summary>Locks every other start over the database out, which is created where it is absent.</summary>
    /// <returns>The connection that holds the lock.</returns>
    public async Task<NpgsqlConnection> LockDatabase(CancellationToken cancellationToken)
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
                await CreateDatabase(cancellationToken);
            }
        }

        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0; // however long another one's migration takes
        command.CommandText = $"SELECT pg_try_advisory_lock({Lock})";
        if (!(bool)(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            AnotherStarts(logger, "the advisory lock of the database");
            command.CommandText = $"SELECT pg_advisory_lock({Lock})";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }

    private async Task CreateDatabase(CancellationToken cancellationToken)
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

    [LoggerMessage(2010, LogLevel.Information, "Another process is starting over this store and holds {Lock}; this one waits for it")]
    private static partial void AnotherStarts(ILogger logger, string @lock);
}
