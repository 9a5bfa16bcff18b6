using System.Security.Claims;

namespace Wfm.Api.Security;

/// <summary>Who a request is, however it signed in: what all that ask <see cref="PermissionExtensions"/> go by.</summary>
/// <param name="Id">Of the key; what counts requests, jobs and repeats.</param>
/// <param name="Name">Shown as owner of jobs and author of versions.</param>
/// <param name="Roles">At least one.</param>
/// <param name="Hubs">Codes of the hubs it may touch; empty for all, but for one person, who touches none.</param>
/// <param name="Agent">The person whom it is bound to; null for nobody.</param>
/// <param name="Permissions">What it may do.</param>
internal sealed record Caller(
    Guid Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Hubs, Guid? Agent, IReadOnlyCollection<Permission> Permissions)
{
    /// <param name="role">The role that the key names, where it is not built in; null for one that is gone.</param>
    public static Caller Of(ApiKey key, CustomRole? role) => new(
        key.Id, key.Name, [key.Role], key.Hubs, key.AgentId,
        Security.Roles.All.Contains(key.Role) ? Security.Roles.PermissionsOf(key.Role) : role?.Granted ?? []);

    /// <param name="scheme">How it signed in.</param>
    /// <param name="more">What only this way of signing in knows.</param>
    public ClaimsPrincipal ToPrincipal(string scheme, params IEnumerable<Claim> more)
    {
        var hubs = Roles is [Security.Roles.Agent] ? [ApiKeyAuthentication.NoHub] : Hubs;
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, Name),
                .. Roles.Select(role => new Claim(ClaimTypes.Role, role)),
                new Claim(ApiKeyAuthentication.KeyId, Id.ToString()),
                .. hubs.Select(hub => new Claim(ApiKeyAuthentication.Hub, hub)),
                .. Permissions.Select(p => new Claim(ApiKeyAuthentication.Allowed, p.ToString())),
                .. Agent is { } agent ? [new Claim(ApiKeyAuthentication.Agent, agent.ToString())] : Array.Empty<Claim>(),
                .. more,
            ],
            scheme));
    }
}
