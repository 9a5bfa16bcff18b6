using NodaTime;

namespace Wfm.Api.Persistence;

/// <summary>A mutable resource: time-ordered id, code, and the version that its ETag carries.</summary>
public abstract class VersionedEntity : IVersioned
{
    /// <summary>Time-ordered (version 7) identity, made by the application.</summary>
    public Guid Id { get; init; } = SequentialId.Next();

    /// <summary>What people and files call it; unique per kind, or per kind and date where a kind has dated versions.</summary>
    public required string Code { get; init; }

    /// <summary>Grows by one with every change; a stale one answers 412.</summary>
    public int Version { get; set; } = 1;

    public Instant UpdatedAt { get; set; }
}
