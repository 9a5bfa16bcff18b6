using Microsoft.Data.Sqlite;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands.Stores;

/// <summary>An SQLite store as one SQLite file, by SQLite's online backup.</summary>
internal sealed class SqliteBackup(Store store, WfmDbContext db) : StoreBackup
{
    private string StoreFile => Path.GetFullPath(store.File!);

    public override Task Read(string file, bool force, CancellationToken cancellationToken)
    {
        StoreMigration.RefuseUnknown(db, Migrations(file), $"The backup {file}");
        Directory.CreateDirectory(Path.GetDirectoryName(StoreFile)!);
        using var worker = Alone(FileLock.OfWorker(StoreFile));
        using var start = Alone(FileLock.OfStart(StoreFile));
        if (File.Exists(StoreFile) && !IsEmpty())
        {
            if (!force)
            {
                throw NotEmpty();
            }

            CloseLog();
        }

        var next = StoreFile + ".restoring"; // beside it, so that it is put in place in one step
        File.Delete(next);
        Copy(file, next);
        File.Move(next, StoreFile, overwrite: true);
        File.Delete(StoreFile + "-wal"); // of the one before; when it was closed well they are gone already
        File.Delete(StoreFile + "-shm");
        return Task.CompletedTask;
    }

    protected override Task WriteTo(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(StoreFile))
        {
            throw new StoreRefusedException($"There is no store at {StoreFile}.");
        }

        File.Delete(file);
        Copy(StoreFile, file);
        return Task.CompletedTask;
    }

    /// <summary>Copies what is committed; the copy is a single file, and is looked through.</summary>
    private static void Copy(string from, string to)
    {
        using var source = Open(from, SqliteOpenMode.ReadWrite);
        using var target = Open(to, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
        Ask(target, "PRAGMA journal_mode = DELETE");
        if (Ask(target, "PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new StoreRefusedException($"{from} is damaged: {found}");
        }
    }

    private static List<string> Migrations(string file)
    {
        try
        {
            using var connection = Open(file, SqliteOpenMode.ReadOnly);
            using var command = connection.CreateCommand();
            command.CommandText = """SELECT migration_id FROM "__EFMigrationsHistory" """;
            using var reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }
        catch (SqliteException e)
        {
            throw NoBackup(file, e.Message);
        }
    }

    private static FileStream Alone(string held) =>
        FileLock.TryTake(held) ?? throw new StoreRefusedException($"A process runs over the store and holds {held}; stop it first.");

    private bool IsEmpty()
    {
        try
        {
            using var connection = Open(StoreFile, SqliteOpenMode.ReadWrite);
            return Ask(connection, "SELECT COUNT(*) FROM sqlite_master") == "0";
        }
        catch (SqliteException)
        {
            return false; // no database, but something
        }
    }

    /// <summary>Ends the store's write-ahead log, which works only when nobody else has the store open.</summary>
    private void CloseLog()
    {
        try
        {
            using var connection = Open(StoreFile, SqliteOpenMode.ReadWrite);
            Ask(connection, "PRAGMA journal_mode = DELETE");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == StoreFailures.SqliteBusy)
        {
            throw new StoreRefusedException($"Another process has {StoreFile} open; stop it first.");
        }
        catch (SqliteException)
        {
            // damaged: it is replaced all the same
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 2 }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
