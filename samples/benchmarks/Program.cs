using System.CommandLine;
using Wfm.Benchmarks.Forecasting;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.");
foreach (var command in new[] { M4Command.Create(), RollingCommand.Create() }) root.Subcommands.Add(command);
return await root.Parse(args).InvokeAsync();
