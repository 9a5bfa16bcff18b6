using Wfm.Api.Commands;

return await CommandLine.Run(args);
