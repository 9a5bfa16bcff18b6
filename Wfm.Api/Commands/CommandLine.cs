using System.CommandLine;
using Wfm.Api.Commands.Stores;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands;

/// <summary>The commands of the program; without one it serves.</summary>
internal static class CommandLine
{
    /// <summary>A host gives jobs back before it ends; on a busy machine that takes seconds, and the default of two would cut it off.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(60);

    public static Task<int> Run(string[] args)
    {
        var role = new Option<WfmRole?>("--role")
        {
            Description = "What this process does: 'api' serves and leaves jobs to others, 'worker' runs jobs and serves only its health, 'all' does both.",
            DefaultValueFactory = _ => null,
        };
        var root = new RootCommand("Wfm: workforce management. Without a command it serves the REST API over the configured store.")
        {
            role,
            DemoCommand.Create(),
            AddPeopleCommand.Create(),
            LimitsCommand.Create(),
            Month.MonthCommand.Create(),
            Plan.PlanCommand.Create(),
            Replay.ReplayCommand.Create(),
            SampleCommand.Create(),
            AuditCommand.Create(),
            StoreCommands.Migrate(),
            StoreCommands.Backup(),
            StoreCommands.Restore(),
        };
        root.TreatUnmatchedTokensAsErrors = false; // host settings such as --urls or --Wfm:Store=… go to the host
        root.SetAction((parsed, cancellationToken) => Told(() => Serve([.. parsed.UnmatchedTokens], parsed.GetValue(role), cancellationToken)));
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeToEnd });
    }

    /// <summary>Runs a command; what it refuses, and a store that does not answer, is told in one sentence.</summary>
    /// <returns>Its exit code; 1 when it was refused.</returns>
    internal static Task<int> Told(Func<Task> command) => Told(async () =>
    {
        await command();
        return 0;
    });

    /// <summary>The same for a command with an exit code of its own.</summary>
    internal static async Task<int> Told(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (StoreRefusedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (Exception e) when (StoreFailures.IsStores(e))
        {
            await Console.Error.WriteLineAsync($"The store cannot be used: {e.GetBaseException().Message}");
        }

        return 1;
    }

    private static async Task Serve(string[] hostSettings, WfmRole? role, CancellationToken cancellationToken)
    {
        if (hostSettings is [{ Length: > 0 } first, ..] && first[0] is not ('-' or '/') && !first.Contains('='))
        {
            throw new StoreRefusedException($"There is no command '{first}'; --help lists them.");
        }

        await using var app = WfmHost.Create(hostSettings, builder =>
        {
            if (role is { } asked)
            {
                builder.Configuration[$"{WfmSettings.Section}:{nameof(WfmSettings.Role)}"] = asked.ToString();
            }
        });
        await app.Services.GetRequiredService<StoreStart>().Prepare(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }
}
