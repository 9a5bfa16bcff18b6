using System.CommandLine;

var root = new RootCommand("Benchmarks of Wfm: accuracy, speed and storage, each one command with a fixed output format.");
return await root.Parse(args).InvokeAsync();
