using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Wfm.Api.Telemetry;

/// <summary>Metrics as text for Prometheus always; metrics, traces and logs over OTLP where its standard variables say where to.</summary>
internal static class TelemetrySetup
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"; // with its siblings for protocol, headers and resource: opentelemetry.io

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddSingleton<PrometheusText>();
        services.AddHostedService<EarlyListener>();
        if (string.IsNullOrEmpty(configuration[Endpoint]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("wfm", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing.AddSource(WfmMetrics.Name, "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path.StartsWithSegments("/api")))
            .WithMetrics(metrics => metrics.AddMeter(WfmMetrics.Meters))
            .UseOtlpExporter();
    }

    /// <summary>Listens from the start, so that what happens before the first scrape counts.</summary>
    private sealed class EarlyListener(PrometheusText text) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = text;
            WfmMetrics.RosterMoves.Add(0); // a rate needs a beginning
            WfmMetrics.SlowQueries.Add(0);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
