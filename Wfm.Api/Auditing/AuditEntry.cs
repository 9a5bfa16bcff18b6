using NodaTime;

namespace Wfm.Api.Auditing;

/// <summary>What a row of the audit tells.</summary>
public enum AuditKind
{
    /// <summary>Somebody asked for sensitive data and was let through; written before it is given.</summary>
    Read,

    /// <summary>Somebody asked for a change and was let through; written before it is done.</summary>
    Asked,

    /// <summary>How a change that was asked for ended.</summary>
    Done,

    /// <summary>Somebody who is known asked for a change or sensitive data that is not theirs.</summary>
    Refused,

    /// <summary>A browser signed in, or tried to.</summary>
    SignIn,
}

/// <summary>A row of the audit: written once, never changed, and bound to the row before it by its hash.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3 …, without gaps.</summary>
    public long Number { get; init; }
    public Instant At { get; init; }
    public AuditKind Kind { get; init; }

    /// <summary>The key, or what was made of a token's issuer and subject; null for nobody who is known.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>Name of the key, or of the token's person.</summary>
    public string? Name { get; init; }

    /// <summary>Roles at that time, with commas.</summary>
    public string? Roles { get; init; }

    /// <summary>The session; null for a request that signed in by itself.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Name of the operation in the OpenAPI document, or the path of a page.</summary>
    public required string Operation { get; init; }
    public required string Method { get; init; }
    public required string Path { get; init; }
    public string? Query { get; init; }

    /// <summary>Where the request came from: an IP address.</summary>
    public string? Address { get; init; }
    public required string TraceId { get; init; }

    /// <summary>HTTP status of the answer; null for a row that is written before.</summary>
    public int? Status { get; init; }

    /// <summary>What changed, as JSON; null where nothing is told.</summary>
    public string? Details { get; init; }

    /// <summary>Hash of the row before; 32 zero bytes for the first.</summary>
    public byte[] Previous { get; init; } = [];

    /// <summary>SHA-256 over the hash of the row before and all the rest of this one.</summary>
    public byte[] Hash { get; init; } = [];
}
