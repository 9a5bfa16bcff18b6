using System.Diagnostics;
using Npgsql;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands.Stores;

/// <summary>A PostgreSQL store as one file, by <c>pg_dump</c> and <c>pg_restore</c>: tables of ours and of the job engine, without owners and rights.</summary>
internal sealed class PostgresBackup(Store store, WfmDbContext db, ILogger<StoreMigration> logger) : StoreBackup
{
    private const string History = "__EFMigrationsHistory";

    private const int Looks = 20;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private const string Tables = """
        SELECT EXISTS (
            SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'S', 'v', 'm') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%')
        """;

    private const string Others = """
        SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        """;

    private const string Clear = "DROP SCHEMA IF EXISTS hangfire CASCADE; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;\n";

    public override async Task Read(string file, bool force, CancellationToken cancellationToken)
    {
        await using var alone = await new StoreMigration(store, db, logger).LockDatabase(cancellationToken);
        var programs = ProgramsFor(alone);
        StoreMigration.RefuseUnknown(db, await Migrations(programs, file, cancellationToken), $"The backup {file}");
        var isEmpty = !(bool)(await Ask(alone, Tables, cancellationToken))!;
        if (!isEmpty && !force)
        {
            throw NotEmpty();
        }

        await DemandNobodyElse(alone, cancellationToken);
        var (reading, writing) = (
            programs.Start("pg_restore", "--no-owner", "--no-privileges", "--file=-", file),
            programs.Start("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=-"));
        await Pipe(reading, isEmpty ? "" : Clear, writing, cancellationToken);
    }

    protected override async Task WriteTo(string file, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var dump = ProgramsFor(connection).Start("pg_dump", "--format=custom", "--no-owner", "--no-privileges", $"--file={file}");
        await PostgresPrograms.Run(dump, cancellationToken);
    }

    private static async Task<List<string>> Migrations(PostgresPrograms programs, string file, CancellationToken cancellationToken)
    {
        try
        {
            var script = await PostgresPrograms.Run(programs.Start("pg_restore", "--data-only", $"--table={History}", "--file=-", file), cancellationToken);
            var rows = script.Split('\n').SkipWhile(line => !line.StartsWith("COPY ", StringComparison.Ordinal)).Skip(1)
                .TakeWhile(line => line != @"\.").Select(line => line.Split('\t')[0]).ToList();
            return rows.Count > 0 ? rows : throw NoBackup(file, "it has no tables of Wfm.");
        }
        catch (StoreRefusedException e) when (e.Message.StartsWith("pg_restore", StringComparison.Ordinal))
        {
            throw NoBackup(file, e.Message);
        }
    }

    /// <summary>Lets one program write what the other reads, in one transaction: one that breaks off, or is killed, changes nothing.</summary>
    private static async Task Pipe(ProcessStartInfo reading, string first, ProcessStartInfo writing, CancellationToken cancellationToken)
    {
        using var reader = Process.Start(reading)!;
        using var writer = Process.Start(writing)!;
        try
        {
            reader.StandardInput.Close();
            var errors = (Reader: reader.StandardError.ReadToEndAsync(cancellationToken), Writer: writer.StandardError.ReadToEndAsync(cancellationToken));
            var output = writer.StandardOutput.ReadToEndAsync(cancellationToken);
            try
            {
                await writer.StandardInput.WriteAsync(first.AsMemory(), cancellationToken);
                await writer.StandardInput.FlushAsync(cancellationToken);
                await reader.StandardOutput.BaseStream.CopyToAsync(writer.StandardInput.BaseStream, cancellationToken);
            }
            catch (IOException)
            {
                throw PostgresPrograms.Failed(writing, await errors.Writer); // it ended early, at its first error
            }

            await reader.WaitForExitAsync(cancellationToken);
            if (reader.ExitCode != 0)
            {
                throw PostgresPrograms.Failed(reading, await errors.Reader);
            }

            writer.StandardInput.Close(); // the end of its input, at which it commits
            await output;
            await writer.WaitForExitAsync(cancellationToken);
            if (writer.ExitCode != 0)
            {
                throw PostgresPrograms.Failed(writing, await errors.Writer);
            }
        }
        finally
        {
            Stop(writer);
            Stop(reader);
        }
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    private static async Task DemandNobodyElse(NpgsqlConnection alone, CancellationToken cancellationToken)
    {
        for (var left = Looks; await Ask(alone, Others, cancellationToken) is long others and > 0; left--)
        {
            if (left == 0)
            {
                throw new StoreRefusedException($"{others} other connections to the database are open; stop what runs over it first.");
            }

            await Task.Delay(Moment, cancellationToken); // what has just been stopped takes a moment to go
        }
    }

    private PostgresPrograms ProgramsFor(NpgsqlConnection connection) =>
        new(new NpgsqlConnectionStringBuilder(store.ConnectionString), connection.PostgreSqlVersion.Major);

    private static async Task<object?> Ask(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
