using System.CommandLine;
using Wfm.Benchmarks.Volumes;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.");
root.Subcommands.Add(VolumeBenchmark.Command());
return await root.Parse(args).InvokeAsync();
