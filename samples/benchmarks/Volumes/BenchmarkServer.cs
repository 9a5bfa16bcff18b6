using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;

namespace Wfm.Benchmarks.Volumes;

/// <summary>The real server on loopback in this process, and a client of it.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    public const string Key = "wfm_benchmark_key_0123456789abcdef";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private BenchmarkServer(WebApplication app)
    {
        _app = app;
        _client = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()),
        };
        _client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        _client.Timeout = TimeSpan.FromMinutes(10);
    }

    public static async Task<BenchmarkServer> Start(string store, VolumeFile file, CancellationToken cancellationToken)
    {
        var app = WfmHost.Create(
            [],
            builder =>
            {
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Logging.ClearProviders(); // the table alone
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Wfm:Store"] = store,
                        ["Wfm:BootstrapKey"] = Key,
                        ["Wfm:Role"] = "api",
                    });
            });
        await app.StartAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        db.Hubs.Add(new Hub { Code = VolumeFile.Hub, Name = "Dublin", TimeZone = "Europe/Dublin", Country = "IE" });
        db.Queues.AddRange(Enumerable.Range(0, file.SeriesCount).Select(i => new WorkQueue
        {
            Code = VolumeFile.Queue(i),
            Name = VolumeFile.Queue(i),
            Channel = "ticket",
            Language = "en",
            Severity = "S1",
            SkillGroup = "general",
        }));
        await db.SaveChangesAsync(cancellationToken);
        return new BenchmarkServer(app);
    }

    public async Task Import(byte[] body, string type, string? encoding, CancellationToken cancellationToken, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var response = await _client.PostAsync(new Uri($"/api/v1/volumes:import{query}", UriKind.Relative), content, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode || JsonNode.Parse(text)?["rejected"]?.GetValue<long>() != 0)
        {
            throw new InvalidOperationException($"The import answered {(int)response.StatusCode}: {text}");
        }
    }

    public async Task Export(int rows, CancellationToken cancellationToken)
    {
        await using var stream = await _client.GetStreamAsync(new Uri("/api/v1/volumes?format=csv", UriKind.Relative), cancellationToken);
        var buffer = new byte[1 << 16];
        var lines = -1; // the header
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        if (lines != rows)
        {
            throw new InvalidOperationException($"The export has {lines:N0} rows, {rows:N0} were loaded.");
        }
    }

    public async Task ReadHistory(VolumeFile file, CancellationToken cancellationToken)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var id = await db.Series.Select(s => s.Id).MinAsync(cancellationToken);
        var history = await scope.ServiceProvider.GetRequiredService<VolumeHistory>()
            .Load(id, VolumeFile.First, VolumeFile.First + Duration.FromMinutes(30L * file.IntervalsPerSeries), cancellationToken);
        if (history.Offered.Any(double.IsNaN))
        {
            throw new InvalidOperationException("The history misses intervals.");
        }
    }

    public async Task Clear(CancellationToken cancellationToken)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        await db.Volumes.ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("VACUUM", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
