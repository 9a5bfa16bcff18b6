using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Wfm.Api.Http;

/// <summary>What the store refuses because two requests met: a code taken meanwhile, a reference made meanwhile.</summary>
internal static class StoreConflicts
{
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteForeignKey = 787;

    /// <summary>The conflict in words, null when the exception is something else.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        _ when IsDuplicate(exception) => "Something with the same key was stored meanwhile; read it and repeat the change.",
        DbUpdateException { InnerException: SqliteException { SqliteExtendedErrorCode: SqliteForeignKey } }
            or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } }
            or SqliteException { SqliteExtendedErrorCode: SqliteForeignKey }
            or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => "It is still referenced, or what it refers to was deleted meanwhile.",
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }
            or { InnerException: PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } } =>
            "Another change came in between; repeat the request.",
        _ => null,
    };

    /// <summary>True when a unique key was violated.</summary>
    public static bool IsDuplicate(Exception exception) => exception
        is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        || (exception is DbUpdateException { InnerException: { } inner } && IsDuplicate(inner));

    /// <summary>True when PostgreSQL refuses a text with NUL.</summary>
    public static bool IsUnstorableText(Exception exception) => exception
        is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }
        or { InnerException: PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } };
}
