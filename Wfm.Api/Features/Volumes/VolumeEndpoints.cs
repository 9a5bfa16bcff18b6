using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Features.Volumes.Quality;
using Wfm.Api.Features.Volumes.Query;
using Wfm.Api.Features.Volumes.Retention;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Security;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes;

internal static class VolumeEndpoints
{
    private const long MaximumBody = 2L << 30;
    private const int QualityPage = 20;

    /// <param name="worker">Whether this process runs jobs.</param>
    /// <param name="keepMonths">Months of which every interval is kept; null for all.</param>
    public static void AddVolumes(this IServiceCollection services, bool worker, int? keepMonths)
    {
        services.AddJobHandler<ImportCheckJob>();
        services.AddJobHandler<VolumeRollUpJob>();
        services.AddSingleton(new VolumeRetention(keepMonths));
        if (worker)
        {
            services.AddHostedService<VolumeKeeper>();
        }

        services.AddSingleton<VolumeStore>();
        services.AddSingleton<DailyVolumeStore>();
        services.Configure<ResponseCompressionOptions>(options => options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ImportRows.Csv]);
        services.Configure<SwaggerGenOptions>(options => options.OperationFilter<VolumeOpenApi>());
        services.AddSingleton<VolumeReader>();
        services.AddScoped<VolumeImport>();
        services.AddScoped<VolumeQuery>();
        services.AddScoped<VolumeHistory>();
    }

    public static void MapVolumes(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Volumes");
        group.MapPost("/volumes:import", Import)
            .WithName("ImportVolumes")
            .WithSummary("Imports volumes as CSV or NDJSON, millions of rows; sending the same again changes nothing.")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBody))
            .Requires(Permission.WriteVolumes);
        group.MapGet("/volumes", Query)
            .WithName("ListVolumes")
            .WithSummary("Volumes by series and time, rolled up where asked; JSON in pages, or all of it as CSV.")
            .Requires(Permission.ReadVolumes);
        group.MapGet("/volumes/quality", Quality)
            .WithName("CheckVolumeQuality")
            .WithSummary("Looks histories over: gaps, silences, outliers and lasting shifts, in numbers and in sentences.")
            .Requires(Permission.ReadVolumes);
        group.MapGet("/series", List)
            .WithName("ListSeries")
            .WithSummary("Which queue has volumes at which hub, in which intervals, from when to when.")
            .Requires(Permission.ReadVolumes);
    }

    private static async Task<Ok<VolumeImportReport>> Import(
        [AsParameters] VolumeImportParameters asked, HttpRequest request, VolumeImport import, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        TypedResults.Ok(await import.Run(request.Body, FormatOf(request), user, asked.IntervalMinutes, asked.DryRun, cancellationToken));

    private static async Task<Results<Ok<Page<VolumeInterval>>, VolumeCsv>> Query(
        [AsParameters] VolumeQueryParameters asked, HttpRequest request, WfmDbContext db, VolumeQuery query, ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        var scope = await VolumeScope.Read(db, user, asked.Queue, asked.Hub, asked.From, asked.To, cancellationToken);
        var intervals = await query.Read(scope, asked.Interval, Position.Parse(asked.After), cancellationToken);
        if (WantsCsv(asked.Format, request))
        {
            return new VolumeCsv(intervals);
        }

        var limit = Paging.Limit(asked.Limit);
        var fetched = await intervals.Take(limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(fetched.ToPage(limit, rolled => rolled.Next.ToString(), rolled => rolled.Interval));
    }

    private static async Task<Ok<Page<SeriesQuality>>> Quality(
        [AsParameters] QualityParameters asked, WfmDbContext db, VolumeHistory history, ComputeSlots slots, ClaimsPrincipal user,
        CancellationToken cancellationToken)
    {
        var limit = Paging.Limit(asked.Limit ?? QualityPage);
        var after = SeriesAfter(asked.After);
        var scope = await VolumeScope.Read(db, user, asked.Queue, asked.Hub, asked.From, asked.To, cancellationToken);
        var series = await scope.Series(db).Where(s => s.Id > after).OrderBy(s => s.Id).Take(limit + 1).Select(s => new
        {
            s.Id,
            s.HubId,
            s.IntervalMinutes,
            Queue = s.Queue!.Code,
        })
            .ToListAsync(cancellationToken);
        var checkedSeries = new List<SeriesQuality>();
        foreach (var each in series.Take(limit))
        {
            var (hub, zone) = scope.Hubs[each.HubId];
            var known = await history.LoadKnown(each.Id, IntervalGrid.Of(each.IntervalMinutes, zone), scope.From, scope.To, cancellationToken);
            checkedSeries.Add(await slots.Run(() => QualityCheck.Check(each.Queue, hub, known), cancellationToken));
        }

        return TypedResults.Ok(new Page<SeriesQuality>(checkedSeries, series.Count > limit ? Paging.Cursor(series[limit - 1].Id.ToString()) : null));
    }

    private static async Task<Ok<Page<SeriesResponse>>> List(
        [AsParameters] SeriesListParameters asked, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var limit = Paging.Limit(asked.Limit);
        var after = SeriesAfter(asked.After);
        var scope = await VolumeScope.Read(db, user, asked.Queue, asked.Hub, null, null, cancellationToken);
        var volumes = db.Volumes;
        var fetched = await scope.Series(db).Where(s => s.Id > after).OrderBy(s => s.Id).Take(limit + 1)
            .Select(s => new SeriesResponse(
                s.Id,
                s.Queue!.Code,
                s.Hub!.Code,
                s.IntervalMinutes,
                volumes.Where(v => v.SeriesId == s.Id).Min(v => (Instant?)v.IntervalStart),
                volumes.Where(v => v.SeriesId == s.Id).Max(v => (Instant?)v.IntervalStart),
                volumes.LongCount(v => v.SeriesId == s.Id)))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(fetched.ToPage(limit, s => s.Id.ToString(), s => s));
    }

    private static int SeriesAfter(string? cursor) => Paging.Key(cursor) is not { } key ? 0
        : int.TryParse(key, out var id) ? id
        : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{cursor}' is not.");

    /// <summary>Whether the answer is wanted as CSV, by name or by Accept.</summary>
    internal static bool WantsCsv(string? format, HttpRequest request) => format?.ToLowerInvariant() switch
    {
        "csv" => true,
        "json" => false,
        null => request.GetTypedHeaders().Accept.Any(type => type.MediaType == ImportRows.Csv),
        _ => throw ProblemException.Semantic("format", $"format must be json or csv, it is '{format}'."),
    };

    private static VolumeFormat FormatOf(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        return type switch
        {
            "text/csv" => VolumeFormat.Csv,
            "application/x-ndjson" => VolumeFormat.Ndjson,
            _ => throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The body is {(type is null ? "of no declared type" : type)}; send text/csv or application/x-ndjson in Content-Type (gzip and brotli by "
                    + "Content-Encoding)."),
        };
    }
}
