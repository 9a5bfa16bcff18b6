using NodaTime;

namespace Wfm.Api.Http;

/// <summary>What every answer about a mutable resource carries.</summary>
public interface IVersionedResponse
{
    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    string Etag { get; }

    /// <summary>Grows by one with every change.</summary>
    int Version { get; }

    /// <summary>When it was last changed.</summary>
    Instant UpdatedAt { get; }
}
