using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using NodaTime.Text;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Features.Volumes.Query;

namespace Wfm.Api.Features.Crises.Record;

/// <summary>The decisions of a crisis as CSV, in order of time.</summary>
internal sealed class CrisisRecordCsv(IReadOnlyList<CrisisDecision> decisions) : IResult, IEndpointMetadataProvider
{
    private static readonly string[] Columns = ["at", "by", "what", "reason", "hub", "agent"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"crisis.csv\"";
        var options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, NewLine = "\n" }; // reasons are what people wrote
        await using var csv = CsvWriter.Create(response.Body, options, leaveOpen: true);
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

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [VolumeCsv.ContentType]));

    /// <summary>Two formats of one answer: the description of the JSON gets lost beside that of the CSV.</summary>
    internal sealed class OpenApi : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            if (operation.OperationId == "GetCrisisRecord" && operation.Responses is { } responses
                && responses["200"] is OpenApiResponse { Content: { } content })
            {
                content["application/json"] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(CrisisRecordResponse), context.SchemaRepository),
                };
            }
        }
    }
}
