using System.Text.Json;
using NodaTime;
using Wfm.Api.Auditing;

namespace Wfm.Api.Features.Platform.Audit;

/// <summary>A row of the audit.</summary>
/// <param name="Number">1, 2, 3 …, without gaps.</param>
/// <param name="At">When it was written.</param>
/// <param name="Kind">What it tells: read and asked are written before sensitive data is given or a change is done, done after a change.</param>
/// <param name="Key">Id of the key, or of the token's person; null for nobody who is known.</param>
/// <param name="Name">Name of the key, or of the token's person.</param>
/// <param name="Roles">Roles at that time, with commas.</param>
/// <param name="Session">Id of the session; null for a request that signed in by itself.</param>
/// <param name="Operation">The operation, as this document names it, or the path of a page.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path that was asked for.</param>
/// <param name="Query">Query that was asked for; null for none.</param>
/// <param name="Address">IP address that it came from.</param>
/// <param name="TraceId">Trace of the request, as in logs and problems; the same for asked and done.</param>
/// <param name="Status">HTTP status; null for a row that is written before.</param>
/// <param name="Details">What changed: rows with their values before and after; null where nothing is told.</param>
/// <param name="Hash">SHA-256 of the row and of the hash of the row before, in hexadecimal digits.</param>
public sealed record AuditResponse(
    long Number,
    Instant At,
    AuditKind Kind,
    Guid? Key,
    string? Name,
    string? Roles,
    Guid? Session,
    string Operation,
    string Method,
    string Path,
    string? Query,
    string? Address,
    string TraceId,
    int? Status,
    JsonElement? Details,
    string Hash)
{
    internal static AuditResponse From(AuditEntry e) => new(
        e.Number, e.At, e.Kind, e.KeyId, e.Name, e.Roles, e.SessionId, e.Operation, e.Method, e.Path, e.Query, e.Address, e.TraceId, e.Status,
        e.Details is null ? null : JsonSerializer.Deserialize<JsonElement>(e.Details), Convert.ToHexStringLower(e.Hash));
}

/// <summary>How rows are exported.</summary>
public enum AuditFormat
{
    /// <summary>Comma-separated, with a header.</summary>
    Csv,

    /// <summary>A JSON object a line.</summary>
    Ndjson,
}
