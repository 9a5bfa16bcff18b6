using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Keys;

/// <summary>Who gave and took access, by id: names stand with the keys.</summary>
internal sealed partial class AccessLog(ILogger<AccessLog> logger)
{
    [LoggerMessage(2030, LogLevel.Information, "Key {KeyId} of role {Role} was made by key {By}")]
    public partial void KeyMade(Guid keyId, string role, Guid? by);

    [LoggerMessage(2031, LogLevel.Information, "Key {KeyId} of role {Role} was revoked by key {By}")]
    public partial void KeyRevoked(Guid keyId, string role, Guid? by);

    [LoggerMessage(2035, LogLevel.Information, "Key {KeyId} was rotated by key {By}; the one before works for {Hours} h")]
    public partial void KeyRotated(Guid keyId, int hours, Guid? by);

    [LoggerMessage(2032, LogLevel.Information, "Role {Role} was made by key {By}: {Permissions}")]
    public partial void RoleMade(string role, Guid? by, IReadOnlyList<Permission> permissions);

    [LoggerMessage(2033, LogLevel.Information, "Role {Role} was changed by key {By}: {Before} became {After}")]
    public partial void RoleChanged(string role, Guid? by, IReadOnlyList<Permission> before, IReadOnlyList<Permission> after);

    [LoggerMessage(2034, LogLevel.Information, "Role {Role} was deleted by key {By}")]
    public partial void RoleDeleted(string role, Guid? by);
}
