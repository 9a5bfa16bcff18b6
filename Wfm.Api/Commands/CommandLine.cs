using System.CommandLine;
using Wfm.Api.Hosting;

namespace Wfm.Api.Commands;

/// <summary>The commands of the program; without one it serves.</summary>
internal static class CommandLine
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Wfm: workforce management. Without a command it serves the REST API over the configured store.")
        {
            DemoCommand.Create(),
            AddPeopleCommand.Create(),
            Plan.PlanCommand.Create(),
            SampleCommand.Create(),
        };
        root.TreatUnmatchedTokensAsErrors = false; // host settings such as --urls or --Wfm:Store=… go to the host
        root.SetAction(async (parsed, cancellationToken) =>
        {
            var app = WfmHost.Create([.. parsed.UnmatchedTokens]);
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        });
        return root.Parse(args).InvokeAsync();
    }
}
