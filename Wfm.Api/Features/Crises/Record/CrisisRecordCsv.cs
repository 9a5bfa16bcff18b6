using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime.Text;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Crises.Record;

/// <summary>The decisions of a crisis as CSV, in order of time.</summary>
internal sealed class CrisisRecordCsv(IReadOnlyList<CrisisDecision> decisions) : IResult, IEndpointMetadataProvider
{
    private static readonly string[] Columns = ["at", "by", "what", "reason", "hub", "agent"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var csv = CsvAnswer.Begin(httpContext.Response, "crisis");
        csv.WriteHeader(Columns);
        foreach (var decision in decisions)
        {
            csv.WriteField(InstantPattern.ExtendedIso.Format(decision.At));
            csv.WriteField(decision.By);
            csv.WriteField(decision.What);
            csv.WriteField(decision.Reason);
            csv.WriteField(decision.Hub);
            csv.WriteField(decision.Agent);
            await csv.EndRecordAsync(httpContext.RequestAborted);
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => CsvAnswer.Describe(builder);
}
