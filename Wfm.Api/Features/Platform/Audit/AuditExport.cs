using System.Reflection;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime.Text;
using Wfm.Api.Auditing;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Platform.Audit;

/// <summary>Rows of the audit, oldest first, written as they are read.</summary>
internal sealed class AuditExport(IAsyncEnumerable<AuditEntry> entries, AuditFormat format) : IResult, IEndpointMetadataProvider
{
    private static readonly string[] Columns =
    [
        "number", "at", "kind", "key", "name", "roles", "session", "operation", "method", "path", "query", "address", "trace_id", "status", "details",
        "previous", "hash",
    ];

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public Task ExecuteAsync(HttpContext httpContext) => format == AuditFormat.Csv ? WriteCsv(httpContext) : WriteLines(httpContext);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [ImportRows.Csv, ImportRows.LineJson]));

    private async Task WriteCsv(HttpContext http)
    {
        await using var csv = CsvAnswer.Begin(http.Response, "audit");
        csv.WriteHeader(Columns);
        await foreach (var entry in entries.WithCancellation(http.RequestAborted))
        {
            Write(csv, entry);
            await csv.EndRecordAsync(http.RequestAborted);
        }
    }

    private async Task WriteLines(HttpContext http)
    {
        http.Response.ContentType = ImportRows.LineJson;
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit.ndjson\"";
        await foreach (var entry in entries.WithCancellation(http.RequestAborted))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, AuditResponse.From(entry), RequestJson.Options, http.RequestAborted);
            await http.Response.Body.WriteAsync(LineEnd, http.RequestAborted);
        }
    }

    private static void Write(CsvWriter csv, AuditEntry entry)
    {
        csv.WriteField(entry.Number);
        csv.WriteField(InstantPattern.ExtendedIso.Format(entry.At));
        csv.WriteField(JsonNamingPolicy.CamelCase.ConvertName(entry.Kind.ToString()));
        csv.WriteField(entry.KeyId?.ToString());
        csv.WriteField(entry.Name);
        csv.WriteField(entry.Roles);
        csv.WriteField(entry.SessionId?.ToString());
        csv.WriteField(entry.Operation);
        csv.WriteField(entry.Method);
        csv.WriteField(entry.Path);
        csv.WriteField(entry.Query);
        csv.WriteField(entry.Address);
        csv.WriteField(entry.TraceId);
        csv.WriteField(entry.Status);
        csv.WriteField(entry.Details);
        csv.WriteField(Convert.ToHexStringLower(entry.Previous));
        csv.WriteField(Convert.ToHexStringLower(entry.Hash));
    }
}
