using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime.Text;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Volumes.Query;

/// <summary>Volumes as a CSV that an import takes back, written as they are read.</summary>
internal sealed class VolumeCsv(IAsyncEnumerable<Rolled> intervals) : IResult, IEndpointMetadataProvider
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        await using var csv = CsvAnswer.Begin(httpContext.Response, "volumes");
        csv.WriteHeader(VolumeColumns.All);
        await foreach (var (_, interval) in intervals.WithCancellation(cancellationToken))
        {
            Write(csv, interval);
            await csv.EndRecordAsync(cancellationToken); // writes on when its buffer is nearly full
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => CsvAnswer.Describe(builder);

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
