using Microsoft.Data.Sqlite;
using Npgsql;

namespace Wfm.Api.Http;

/// <summary>What the store refuses because two requests met: a code taken meanwhile, a reference made meanwhile. EF Core and its execution strategies wrap what
/// the store says in exceptions of their own, one or two deep, so causes are looked at too.</summary>
internal static class StoreConflicts
{
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteForeignKey = 787;

    /// <summary>The conflict in words, null when the exception is something else.</summary>
    public static string? Describe(Exception? exception) =>
        exception switch
        {
            null => null,
            _ when IsDuplicate(exception) => "Something with the same key was stored meanwhile; read it and repeat the change.",
            SqliteException { SqliteExtendedErrorCode: SqliteForeignKey } or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } =>
                "It is still referenced, or what it refers to was deleted meanwhile.",
            PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } =>
                "Another change came in between; repeat the request.",
            _ => Describe(exception.InnerException),
        };

    /// <summary>True when a unique key was violated.</summary>
    public static bool IsDuplicate(Exception? exception) => exception is not null && (exception
        is SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
        || IsDuplicate(exception.InnerException));

    /// <summary>True when PostgreSQL refuses a text with NUL.</summary>
    public static bool IsUnstorableText(Exception? exception) => exception is not null
        && (exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } || IsUnstorableText(exception.InnerException));
}
