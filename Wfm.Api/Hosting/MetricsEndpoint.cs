using Wfm.Api.Security;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Hosting;

/// <summary>The metrics for Prometheus, which sends a key as <c>Authorization: Bearer</c>.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", Get).ExcludeFromDescription().Requires(Permission.ReadJobs);

    private static async Task Get(PrometheusText text, HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/plain; version=0.0.4; charset=utf-8"; // the text format of Prometheus
        response.Headers.CacheControl = "no-store";
        await text.Write(response.Body, cancellationToken);
    }
}
