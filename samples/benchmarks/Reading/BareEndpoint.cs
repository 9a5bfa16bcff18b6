using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Wfm.Benchmarks.Reading;

/// <summary>A minimal server that answers every GET with the same bytes: what a reading costs when nothing is read.</summary>
internal static class BareEndpoint
{
    public const string Name = "bare-endpoint";

    public static Command Create()
    {
        var body = new Option<string>("--body") { Description = "File whose bytes are the answer.", Required = true };
        var header = new Option<string[]>("--header") { Description = "A header of the answer, 'Name: value'; once for each." };
        var command = new Command(Name, "Serves the bytes of a file, for comparison; started by read-under-night.") { body, header };
        command.SetAction((parsed, cancellationToken) => Run(parsed.GetRequiredValue(body), parsed.GetValue(header) ?? [], cancellationToken));
        return command;
    }

    private static async Task Run(string file, string[] headers, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        var sent = headers.Select(h => h.Split(": ", 2)).ToList();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet("{**path}", async (HttpResponse response) =>
        {
            foreach (var header in sent)
            {
                response.Headers[header[0]] = header[1];
            }

            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes);
        });
        await using var stop = cancellationToken.Register(app.Lifetime.StopApplication);
        await app.RunAsync();
    }
}
