using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Hosting;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Volumes;

internal static class VolumeEndpoints
{
    private const long MaximumBody = 2L << 30;

    public static void AddVolumes(this IServiceCollection services)
    {
        services.AddSingleton<VolumeStore>();
        services.AddScoped<VolumeImport>();
    }

    public static void MapVolumes(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Volumes");
        group.MapPost("/volumes:import", Import)
            .WithSummary("Imports volumes as CSV or NDJSON, millions of rows; sending the same again changes nothing.")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBody))
            .Requires(Permission.WriteVolumes);
    }

    private static async Task<Ok<VolumeImportReport>> Import(
        HttpRequest request, VolumeImport import, ClaimsPrincipal user, CancellationToken cancellationToken, int intervalMinutes = 30, bool dryRun = false) =>
        TypedResults.Ok(await import.Run(request.Body, FormatOf(request), user, intervalMinutes, dryRun, cancellationToken));

    private static VolumeFormat FormatOf(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        return type switch
        {
            "text/csv" => VolumeFormat.Csv,
            "application/x-ndjson" => VolumeFormat.Ndjson,
            _ => throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The body is {(type is null ? "of no declared type" : type)}; send text/csv or application/x-ndjson in Content-Type (gzip and brotli by Content-Encoding)."),
        };
    }
}
