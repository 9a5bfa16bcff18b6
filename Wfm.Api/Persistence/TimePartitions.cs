using Microsoft.EntityFrameworkCore.Migrations;

namespace Wfm.Api.Persistence;

/// <summary>What the model cannot say of a table on PostgreSQL; <c>build/migrations/initial.sh</c> puts the call at the end of the migration.</summary>
internal static class TimePartitions
{
    /// <summary>Makes a new, empty table one of partitions by ranges of a time, which is the last column of its key; it has none yet.</summary>
    /// <param name="key">The columns of the key before it.</param>
    public static void PartitionByTime(this MigrationBuilder migration, string table, string key, string column) => migration.Sql(
        $"""
        ALTER TABLE {table} RENAME TO {table}_whole;
        CREATE TABLE {table} (LIKE {table}_whole) PARTITION BY RANGE ({column});
        DROP TABLE {table}_whole;
        ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY ({key}, {column});
        """);
}
