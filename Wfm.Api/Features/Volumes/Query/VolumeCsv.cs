using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime.Text;
using Wfm.Api.Features.Volumes.Import;

namespace Wfm.Api.Features.Volumes.Query;

/// <summary>Volumes as a CSV that an import takes back, written as they are read.</summary>
internal sealed class VolumeCsv(IAsyncEnumerable<Rolled> intervals) : IResult, IEndpointMetadataProvider
{
    public const string ContentType = "text/csv";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"volumes.csv\"";
        var options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, NewLine = "\n" }; // a code such as =1+1 must not run in a spreadsheet
        await using var csv = CsvWriter.Create(response.Body, options, leaveOpen: true);
        csv.WriteHeader(VolumeColumns.All);
        await foreach (var (_, interval) in intervals.WithCancellation(cancellationToken))
        {
            Write(csv, interval);
            await csv.EndRecordAsync(cancellationToken); // writes on when its buffer is nearly full
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ContentType]));

    private static void Write(CsvWriter csv, VolumeInterval interval)
    {
        csv.WriteField(InstantPattern.ExtendedIso.Format(interval.IntervalStart));
        csv.WriteField(interval.Queue);
        csv.WriteField(interval.Hub);
        csv.WriteField(interval.Offered);
        csv.WriteField(interval.Handled);
        csv.WriteField(interval.HandleTimeSeconds);
        csv.WriteField(interval.Abandoned);
        csv.WriteField(interval.Backlog);
    }
}
