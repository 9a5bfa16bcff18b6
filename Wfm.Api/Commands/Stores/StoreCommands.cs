using System.CommandLine;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands.Stores;

/// <summary><c>migrate</c>, <c>backup</c> and <c>restore</c>: what operators do to a store.</summary>
internal static class StoreCommands
{
    public static Command Migrate()
    {
        var store = StoreOption();
        var command = new Command("migrate", "Creates the store or brings it to the schema of this version; safe to do at any time.") { store };
        return Over(command, store, async (services, _, cancellationToken) =>
        {
            await services.GetRequiredService<StoreStart>().Migrate(cancellationToken);
            Console.WriteLine("The store has the schema of this version.");
        });
    }

    public static Command Backup()
    {
        var store = StoreOption();
        var file = new Argument<FileInfo>("file") { Description = "File to write; it must not exist." };
        var command = new Command("backup", "Writes the store to a file while others go on reading and writing.") { file, store };
        return Over(command, store, async (services, parsed, cancellationToken) =>
        {
            var target = parsed.GetRequiredValue(file);
            if (target.Exists)
            {
                throw new StoreRefusedException($"{target.FullName} exists already; backups are not overwritten.");
            }

            await Of(services).Write(target.FullName, cancellationToken);
            target.Refresh();
            Console.WriteLine($"Written to {target.FullName}, {target.Length / 1048576.0:0.0} MB.");
        });
    }

    public static Command Restore()
    {
        var store = StoreOption();
        var file = new Argument<FileInfo>("file") { Description = "A file that backup wrote, of the same kind of store." };
        var force = new Option<bool>("--force") { Description = "Replaces a store that is not empty. What it holds is lost." };
        var command = new Command("restore", "Makes the store what it was when the backup was written. Nothing else may run over it.") { file, store, force };
        return Over(command, store, async (services, parsed, cancellationToken) =>
        {
            var source = parsed.GetRequiredValue(file);
            if (!source.Exists)
            {
                throw new StoreRefusedException($"There is no file {source.FullName}.");
            }

            await Of(services).Read(source.FullName, parsed.GetValue(force), cancellationToken);
            Console.WriteLine($"Restored from {source.FullName}; the next start, or migrate, brings it to the schema of this version.");
        });
    }

    private static StoreBackup Of(IServiceProvider services) => services.GetRequiredService<Store>().Kind == StoreKind.Sqlite
        ? ActivatorUtilities.CreateInstance<SqliteBackup>(services)
        : ActivatorUtilities.CreateInstance<PostgresBackup>(services);

    private static Option<string?> StoreOption() => new("--store")
    {
        Description = "The store: an SQLite file, or a PostgreSQL connection (Host=…). Left out, the configured one.",
    };

    private static Command Over(
        Command command, Option<string?> store, Func<IServiceProvider, ParseResult, CancellationToken, Task> action)
    {
        command.TreatUnmatchedTokensAsErrors = false; // settings such as --Wfm:Store=… go to the host
        command.SetAction((parsed, cancellationToken) => CommandLine.Told(async () =>
        {
            await using var app = WfmHost.Create([.. parsed.UnmatchedTokens], builder =>
            {
                if (parsed.GetValue(store) is { } given)
                {
                    builder.Configuration["Wfm:Store"] = given;
                }
            });
            await using var scope = app.Services.CreateAsyncScope();
            await action(scope.ServiceProvider, parsed, cancellationToken);
        }));
        return command;
    }
}
