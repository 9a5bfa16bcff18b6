using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>A key to make.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>Whose key it is: shown as owner of jobs and author of versions.</summary>
    [Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>admin, planner, hub-manager or integration.</summary>
    [Required]
    public string Role { get; init; } = "";

    /// <summary>Codes of the hubs the key may touch; empty means all. A hub-manager needs at least one.</summary>
    [MaxLength(500)]
    public List<string> Hubs { get; init; } = [];

    /// <summary>When it stops working; absent means never.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>A key as it can be seen later: without the key.</summary>
/// <param name="Id">Id of the key.</param>
/// <param name="Name">Whose key it is.</param>
/// <param name="Prefix">Its first characters, to tell keys apart.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hubs">Codes of the hubs it may touch; empty means all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="LastUsedAt">When it was last used, to five minutes; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null while it works.</param>
public sealed record ApiKeyResponse(
    Guid Id,
    string Name,
    string Prefix,
    string Role,
    IReadOnlyList<string> Hubs,
    Instant CreatedAt,
    Instant? ExpiresAt,
    Instant? LastUsedAt,
    Instant? RevokedAt)
{
    internal static ApiKeyResponse From(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Role, key.Hubs, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.RevokedAt);
}

/// <summary>A new key, shown this once.</summary>
/// <param name="Key">The key itself; only its hash is stored, so it cannot be shown again.</param>
/// <param name="Details">What is stored of it.</param>
public sealed record ApiKeyCreatedResponse(string Key, ApiKeyResponse Details);

/// <summary>Who calls.</summary>
/// <param name="Id">Id of the key.</param>
/// <param name="Name">Name of the key.</param>
/// <param name="Role">Its role.</param>
/// <param name="Hubs">Codes of the hubs it may touch; empty means all.</param>
/// <param name="Permissions">What it may do.</param>
public sealed record MeResponse(Guid Id, string Name, string Role, IReadOnlyList<string> Hubs, IReadOnlyList<Permission> Permissions);
