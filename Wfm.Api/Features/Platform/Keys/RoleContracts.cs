using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Setup;
using Wfm.Api.Http;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>A role as it is created or replaced.</summary>
public record RoleRequest : ISetupRequest
{
    /// <summary>What keys call it; never changes. Lower-case letters, digits, '.', '_', '-'.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(100)]
    public string Name { get; init; } = "";

    /// <summary>What its keys may do, each once; only what the key that makes it holds. Every key may ask who it is (readSelf).</summary>
    [Required, MinLength(1), MaxLength(100)]
    public List<Permission> Permissions { get; init; } = [];
}

/// <summary>A role: what keys that name it may do.</summary>
public sealed record RoleResponse : RoleRequest, IVersionedResponse
{
    /// <summary>True for a role that every store has and nobody changes.</summary>
    public required bool BuiltIn { get; init; }

    /// <summary>Name of the key that made or last changed it; null for a built-in role.</summary>
    public required string? UpdatedBy { get; init; }

    /// <summary>ETag of this version, quotes included; goes into If-Match of a change.</summary>
    public required string Etag { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public required int Version { get; init; }

    /// <summary>When it was last changed; null for a built-in role.</summary>
    public required Instant? UpdatedAt { get; init; }

    /// <inheritdoc/>
    Instant IVersionedResponse.UpdatedAt => UpdatedAt ?? default;

    internal static RoleResponse From(CustomRole role) => new()
    {
        Code = role.Code,
        Name = role.Name,
        Permissions = [.. role.Granted],
        BuiltIn = false,
        UpdatedBy = role.UpdatedBy,
        Etag = ETags.Of(role),
        Version = role.Version,
        UpdatedAt = role.UpdatedAt,
    };

    internal static RoleResponse From(BuiltInRole role) => new()
    {
        Code = role.Code,
        Name = role.Name,
        Permissions = [.. role.Permissions],
        BuiltIn = true,
        UpdatedBy = null,
        Etag = "\"built-in\"",
        Version = 1,
        UpdatedAt = null,
    };
}
