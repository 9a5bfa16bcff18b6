using Wfm.Api.Persistence;

namespace Wfm.Api.Security.Tokens;

/// <summary>Section <c>Wfm:Oidc</c>: whose tokens are taken, and what the groups in them may do.</summary>
public sealed class OidcSettings
{
    /// <summary>Address of the issuer, whose <c>/.well-known/openid-configuration</c> names its keys. Absent takes no tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>Whom the tokens are for (claim <c>aud</c>); needed with an authority.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim with the groups of a person, each of which <see cref="Roles"/> may map.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Claim with codes of the hubs that a person may touch.</summary>
    public string HubsClaim { get; set; } = "wfm_hubs";

    /// <summary>Claim with the code of the agent whom a person is.</summary>
    public string AgentClaim { get; set; } = "wfm_agent";

    /// <summary>Claim with what a person is called in histories and as owner of jobs; <c>sub</c> where it is missing.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>What groups may do; a person has all the roles of their groups.</summary>
    public List<OidcRole> Roles { get; set; } = [];

    /// <summary>True when tokens are taken.</summary>
    internal bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <exception cref="StoreRefusedException">Something is missing, or keys would be read over plain HTTP from another machine.</exception>
    internal OidcSettings Checked()
    {
        if (!IsOn)
        {
            return this;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var issuer) || (issuer.Scheme != Uri.UriSchemeHttps && !issuer.IsLoopback))
        {
            throw new StoreRefusedException($"Wfm:Oidc:Authority is '{Authority}'; it needs an https address, or http of this machine.");
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            throw new StoreRefusedException("Wfm:Oidc:Authority needs Wfm:Oidc:Audience: tokens for others are not taken.");
        }

        return Roles.TrueForAll(r => !string.IsNullOrWhiteSpace(r.Group) && !string.IsNullOrWhiteSpace(r.Role)) ? this
            : throw new StoreRefusedException("Every entry of Wfm:Oidc:Roles needs a Group and a Role.");
    }
}

/// <summary>What a group of the issuer may do.</summary>
public sealed class OidcRole
{
    /// <summary>As the claim has it.</summary>
    public string Group { get; set; } = "";

    /// <summary>Code of a role, built in or of one's own.</summary>
    public string Role { get; set; } = "";

    /// <summary>Codes of the hubs it may touch; empty leaves that to the claim of hubs, and to all without one.</summary>
    public List<string> Hubs { get; set; } = [];
}
