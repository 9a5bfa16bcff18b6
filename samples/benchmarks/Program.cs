using System.CommandLine;
using Wfm.Benchmarks.Forecasting;
using Wfm.Benchmarks.Rostering;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.")
{
    M4Command.Create(),
    RollingCommand.Create(),
    RosterCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
