using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

/// <summary>A key of a person or system; only its hash is stored.</summary>
public sealed class ApiKey
{
    public Guid Id { get; init; } = SequentialId.Next();
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key; the key has 256 random bits, so no salt or stretching is needed.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>First characters, to tell keys apart.</summary>
    public required string Prefix { get; set; }

    /// <summary>Hash of the key before it was rotated; null before it was.</summary>
    public byte[]? PreviousHash { get; set; }

    /// <summary>Until when the key before works too; null before it was rotated.</summary>
    public Instant? PreviousUntil { get; set; }
    public Instant? RotatedAt { get; set; }
    public required string Role { get; init; }

    /// <summary>Codes of the hubs the key may touch; empty means all.</summary>
    public List<string> Hubs { get; init; } = [];

    /// <summary>What the key is limited to, out of what its role may do; empty for all of that.</summary>
    public List<Permission> Scopes { get; init; } = [];

    /// <summary>The person whom the key is bound to; null for none. No foreign key: a key outlives its person, and then does nothing for anybody.</summary>
    public Guid? AgentId { get; init; }
    public Instant CreatedAt { get; init; }

    /// <summary>Name of the key that made it; null for the first one.</summary>
    public string? CreatedBy { get; init; }
    public Instant? ExpiresAt { get; set; }
    public Instant? LastUsedAt { get; set; }
    public Instant? RevokedAt { get; set; }

    /// <summary>Name of the key that revoked it.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>Grows by one with every change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What it may do with a role that holds these: those within its scopes, and to say who it is.</summary>
    public IReadOnlyList<Permission> Within(IReadOnlyList<Permission> role) =>
        Scopes.Count == 0 ? role : [.. role.Where(p => p == Permission.ReadSelf || Scopes.Contains(p))];

    /// <summary>True when it is neither revoked nor expired.</summary>
    public bool WorksAt(Instant now) => RevokedAt is null && !(ExpiresAt <= now);
}
