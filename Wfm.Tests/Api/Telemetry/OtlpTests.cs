using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Wfm.Api.Hosting;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Telemetry;

public sealed class OtlpTests
{
    [Test]
    public async Task Export_WhereToIsSet_SendsTracesMetricsAndLogs()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(signal, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();

        await using var store = await TestStore.Create(StoreKind.Sqlite);
        var app = WfmHost.Create([], host =>
        {
            host.WebHost.UseUrls("http://127.0.0.1:0");
            host.Logging.ClearProviders();
            host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Wfm:Store"] = store.ConnectionString,
                ["Wfm:BootstrapKey"] = WfmServer.AdminKey,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            });
        });
        await app.StartAsync();
        using (var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) })
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", WfmServer.AdminKey);
            (await client.GetAsync("/api/v1/hubs")).EnsureSuccessStatusCode();
        }

        await app.StopAsync();
        await app.DisposeAsync(); // sends what is left

        received.Keys.Should().BeEquivalentTo("traces", "metrics", "logs");
        received["traces"].Should().Contain("api/v1/hubs").And.NotContain(WfmServer.AdminKey);
        received["metrics"].Should().Contain("http.server.request.duration").And.Contain("jobs.queued");
    }
}
