using Wfm.Api.Hosting;

await WfmHost.Create(args).RunAsync();
