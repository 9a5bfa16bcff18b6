using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>A key to make.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>Whose key it is: shown as owner of jobs and author of versions.</summary>
    [Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>admin, planner, hub-manager, crisis-lead, wellbeing-lead, integration, agent or a role of your own.</summary>
    [Required]
    public string Role { get; init; } = "";

    /// <summary>Codes of the hubs the key may touch; empty means all. A hub-manager needs at least one; a key of role agent has none, it touches one
    /// person.</summary>
    [MaxLength(500)]
    public List<string> Hubs { get; init; } = [];

    /// <summary>Code of the agent whom the key is bound to: what it finds under <c>/api/v1/me</c> is that person's. A key of role agent needs one, one of
    /// another role that holds <c>useMe</c> may have one.</summary>
    [Code]
    public string? Agent { get; init; }

    /// <summary>What the key is limited to, out of what its role may do; empty means all of that. Every key may say who it is (readSelf).</summary>
    [MaxLength(100)]
    public List<Permission> Scopes { get; init; } = [];

    /// <summary>When it stops working; absent means never.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>How a key is exchanged for a new one.</summary>
public sealed record RotationRequest
{
    /// <summary>Hours for which the old key works beside the new one, 0 to 720; 24 when absent. With 0 its sessions end too.</summary>
    [Range(0, 720)]
    public int OverlapHours { get; init; } = 24;

    /// <summary>When the new key stops working; absent leaves that as it is.</summary>
    public Instant? ExpiresAt { get; init; }
}

/// <summary>A key as it can be seen later: without the key.</summary>
/// <param name="Id">Id of the key.</param>
/// <param name="Name">Whose key it is.</param>
/// <param name="Prefix">Its first characters, to tell keys apart.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hubs">Codes of the hubs it may touch; empty means all, but for a key of role agent, which touches one person.</param>
/// <param name="Agent">Code of the agent whom it is bound to; null for none, and for one who was deleted since.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Name of the key that made it; null for the first.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="LastUsedAt">When it was last used, to five minutes; null for never.</param>
/// <param name="Scopes">What it is limited to, out of what its role may do; empty for all of that.</param>
/// <param name="RotatedAt">When it was last exchanged for a new one; null for never.</param>
/// <param name="PreviousUntil">Until when the one before it works too; null when it was never exchanged.</param>
/// <param name="RevokedAt">When it was revoked; null while it works.</param>
/// <param name="RevokedBy">Name of the key that revoked it; null while it works.</param>
public sealed record ApiKeyResponse(
    Guid Id,
    string Name,
    string Prefix,
    string Role,
    IReadOnlyList<string> Hubs,
    string? Agent,
    Instant CreatedAt,
    string? CreatedBy,
    Instant? ExpiresAt,
    Instant? LastUsedAt,
    IReadOnlyList<Permission> Scopes,
    Instant? RotatedAt,
    Instant? PreviousUntil,
    Instant? RevokedAt,
    string? RevokedBy)
{
    internal static ApiKeyResponse From(ApiKey key, string? agent) => new(
        key.Id, key.Name, key.Prefix, key.Role, key.Hubs, agent, key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.LastUsedAt, key.Scopes, key.RotatedAt,
        key.PreviousUntil, key.RevokedAt, key.RevokedBy);
}

/// <summary>A new key, shown this once.</summary>
/// <param name="Key">The key itself; only its hash is stored, so it cannot be shown again.</param>
/// <param name="Details">What is stored of it.</param>
public sealed record ApiKeyCreatedResponse(string Key, ApiKeyResponse Details);
