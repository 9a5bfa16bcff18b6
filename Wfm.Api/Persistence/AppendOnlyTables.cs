using Microsoft.EntityFrameworkCore.Migrations;

namespace Wfm.Api.Persistence;

/// <summary>What the model cannot say of a table that only grows; <c>build/migrations/initial.sh</c> puts the call at the end of the migration.</summary>
internal static class AppendOnlyTables
{
    /// <summary>Lets nobody change or take away rows of a table, but those who may change the schema.</summary>
    public static void AppendOnly(this MigrationBuilder migration, string table) => migration.Sql(
        migration.ActiveProvider?.Contains("Npgsql", StringComparison.Ordinal) == true
            ? $"""
              CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
              CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
              """
            : $"""
              CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
              CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
              """);
}
