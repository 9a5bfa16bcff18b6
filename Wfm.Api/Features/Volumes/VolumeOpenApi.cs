using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Volumes;

/// <summary>What the signatures of the volume endpoints cannot tell the OpenAPI document: the streamed body and its two formats.</summary>
internal sealed class VolumeOpenApi : IOperationFilter
{
    private static readonly string CsvExample =
        string.Join(',', VolumeColumns.All) + "\n2026-11-02T09:00:00Z,appeals-en,dublin,42,40,12480,1,7\n2026-11-02T09:30:00+01:00,appeals-en,dublin,38,,,,\n";

    private const string NdjsonExample = """
        {"interval_start":"2026-11-02T09:00:00Z","queue":"appeals-en","hub":"dublin","offered":42,"handled":40,"handle_time_seconds":12480,"abandoned":1}
        {"interval_start":"2026-11-02T09:30:00Z","queue":"appeals-en","hub":"dublin","offered":38}

        """;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.RelativePath != "api/v1/volumes:import")
        {
            return;
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description =
                "One row an interval. interval_start, queue, hub and offered are needed; handled, handle_time_seconds (total seconds), abandoned and "
                + "backlog may be absent or empty. Times carry an offset or Z, or are the hub's local time; a day alone starts at the hub's "
                + "midnight, from which shorter intervals are counted. The last import of an interval wins as a whole row. May be packed "
                + "(Content-Encoding gzip, br); at most 2 GiB unpacked.",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ImportRows.Csv] = Text(CsvExample),
                [ImportRows.LineJson] = Text(NdjsonExample),
            },
        };
    }

    private static OpenApiMediaType Text(string example) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };
}
