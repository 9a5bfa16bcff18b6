using System.CommandLine;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.");
root.Add(Wfm.Benchmarks.Rostering.RosterCommand.Create());
return await root.Parse(args).InvokeAsync();
