using System.Security.Claims;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security.Tokens;

/// <summary>Reads a token whose signature, issuer, audience and time were checked: groups become roles and hubs.</summary>
internal sealed class TokenReader(OidcSettings oidc, WfmDbContext db, IAgentCodes agents)
{
    private const string Issuer = "iss";
    private const string Subject = "sub";

    /// <returns>Identity and what the token says of it; null for a token without a subject.</returns>
    public async Task<(Guid Id, TokenIdentity Identity)?> Read(ClaimsPrincipal token, CancellationToken cancellationToken)
    {
        if (token.FindFirstValue(Subject) is not { Length: > 0 } subject || token.FindFirstValue(Issuer) is not { Length: > 0 } issuer)
        {
            return null;
        }

        var groups = token.FindAll(oidc.GroupsClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        var mapped = oidc.Roles.FindAll(r => groups.Contains(r.Group));
        var roles = mapped.Select(r => r.Role).Distinct(StringComparer.Ordinal).ToList();
        var hubs = mapped.SelectMany(r => r.Hubs).Concat(token.FindAll(oidc.HubsClaim).Select(c => c.Value)).Distinct(StringComparer.Ordinal).ToList();
        if (hubs.Count == 0 && roles.Contains(Roles.HubManager))
        {
            hubs.Add(ApiKeyAuthentication.NoHub); // a manager of no hub is none of all
        }

        var agent = token.FindFirstValue(oidc.AgentClaim) is { Length: > 0 } code ? await agents.IdOf(code, cancellationToken) : null;
        var name = token.FindFirstValue(oidc.NameClaim) is { Length: > 0 } called ? called : subject;
        return (TokenIdentity.IdOf(issuer, subject), new TokenIdentity(name.Length > 100 ? name[..100] : name, roles, hubs, agent));
    }

    /// <summary>Somebody whom a token, now or when the session began, told of: with what the roles hold now.</summary>
    public static async Task<Caller> CallerOf(Guid id, TokenIdentity identity, WfmDbContext db, CancellationToken cancellationToken)
    {
        var permissions = new HashSet<Permission>();
        foreach (var role in identity.Roles)
        {
            permissions.UnionWith(await db.PermissionsOf(role, cancellationToken) ?? []);
        }

        return new Caller(id, identity.Name, identity.Roles, identity.Hubs, identity.AgentId, permissions);
    }

    public Task<Caller> CallerOf(Guid id, TokenIdentity identity, CancellationToken cancellationToken) => CallerOf(id, identity, db, cancellationToken);
}
