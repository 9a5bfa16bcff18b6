using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Wfm.Api.Persistence;

/// <summary>Which exceptions come from the store, and which of them pass by themselves. EF Core wraps them in exceptions of its own, so causes are looked at
/// too.</summary>
internal static class StoreFailures
{
    /// <summary>Another one writes, or holds the file.</summary>
    public const int SqliteBusy = 5;

    /// <summary>Busy, locked, read-only, an error of the disk, a full one, a file that cannot be opened.</summary>
    private static readonly int[] SqliteOutages = [SqliteBusy, 6, 8, 10, 13, 14];

    /// <summary>True when the store, or the way to it, is behind the exception.</summary>
    public static bool IsStores(Exception? exception) => exception is not null && (exception is DbException || IsStores(exception.InnerException));

    /// <summary>True when the store does not answer, restarts, is overloaded, full or read-only: the same work can succeed later as it is.</summary>
    public static bool IsOutage(Exception? exception) =>
        exception switch
        {
            null => false,
            // 57P: shut down, crashed, starting up.
            PostgresException refused => refused.IsTransient || refused.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction
                || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
            SqliteException sqlite => SqliteOutages.Contains(sqlite.SqliteErrorCode),
            DbException { IsTransient: true } => true,
            _ => IsOutage(exception.InnerException),
        };
}
