using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

/// <summary>A role made by those who use the store: a set of permissions under a name.</summary>
public sealed class CustomRole : VersionedEntity
{
    public required string Name { get; set; }
    public List<Permission> Permissions { get; set; } = [];

    /// <summary>Name of the key that made or last changed it.</summary>
    public string? UpdatedBy { get; set; }

    /// <summary>What a key of this role may do: everybody may ask who they are.</summary>
    public IReadOnlyList<Permission> Granted => [.. Permissions.Append(Permission.ReadSelf).Distinct().Order()];
}
