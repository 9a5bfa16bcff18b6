using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Idempotency;

/// <summary>The first answer to a request with an Idempotency-Key, replayed for repeats.</summary>
public sealed class IdempotencyRecord
{
    public Guid Id { get; init; } = SequentialId.Next();
    public required string Key { get; init; }
    public Guid ApiKeyId { get; init; }

    /// <summary>SHA-256 of method, address, type and body: another request under the same key answers 422. Empty until the answer is there.</summary>
    public string RequestHash { get; init; } = "";
    public int? Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? ETag { get; set; }

    /// <summary>Null when the answer held a secret.</summary>
    public byte[]? Body { get; set; }
    public Instant CreatedAt { get; set; }
}
