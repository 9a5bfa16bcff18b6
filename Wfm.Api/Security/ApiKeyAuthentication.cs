using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Security;

/// <summary>Signs a request in by <c>X-Api-Key</c> or <c>Authorization: Bearer</c>; a browser on the jobs page asks for the key and sends it as the password of
/// <c>Authorization: Basic</c>, with any name.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, WfmDbContext db, KeyUses uses, IClock clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";
    public const string KeyId = "wfm:key";
    public const string Hub = "wfm:hub";
    public const string Agent = "wfm:agent";
    public const string Allowed = "wfm:permission";

    /// <summary>The hub of a key that is one person's: no hub has this code.</summary>
    public const string NoHub = "";

    /// <summary>Where browsers are asked for a key.</summary>
    public const string Pages = "/jobs";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Whether the server is well is told whatever is sent along, a store that cannot be read included.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || KeyIn(Request) is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }

        var hash = ApiKeys.Hash(presented);
        var roles = db.CustomRoles;
        var found = await db.ApiKeys.AsNoTracking().Where(k => k.Hash == hash)
            .LeftJoin(roles, k => k.Role, r => r.Code, (k, r) => new { Key = k, Role = r }) // with every request: a role that is reduced is so at once
            .SingleOrDefaultAsync(Context.RequestAborted);
        var now = clock.GetCurrentInstant();
        if (found is null || !found.Key.WorksAt(now))
        {
            return AuthenticateResult.Fail("The API key is unknown, revoked or expired.");
        }

        uses.Note(found.Key, now);
        return AuthenticateResult.Success(new AuthenticationTicket(Caller.Of(found.Key, found.Role).ToPrincipal(SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path.StartsWithSegments(Pages))
        {
            Response.Headers.WWWAuthenticate = "Basic realm=\"Wfm jobs: any name, and an API key as the password\", charset=\"UTF-8\"";
        }

        return base.HandleChallengeAsync(properties);
    }

    /// <returns>What is presented as a key; null for nothing, and for blanks.</returns>
    public static string? KeyIn(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return Filled(request.Headers[Header].ToString())
            ?? (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? Filled(authorization[Bearer.Length..].Trim())
            : authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && request.Path.StartsWithSegments(Pages)
                ? PasswordIn(authorization[Basic.Length..].Trim()) : null);
    }

    private static string? Filled(string key) => string.IsNullOrWhiteSpace(key) ? null : key;

    private static string? PasswordIn(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var key] ? Filled(key) : null;
    }
}

/// <summary>Making and hashing of keys.</summary>
internal static class ApiKeys
{
    /// <summary>A new key with 256 random bits and the row that stores its hash.</summary>
    public static (string Key, ApiKey Row) Create(
        string name, string role, IEnumerable<string> hubs, Instant now, Instant? expiresAt = null, Guid? agent = null, string? by = null)
    {
        var key = NewKey();
        return (key, new ApiKey
        {
            Name = name,
            Role = role,
            Hubs = [.. hubs],
            AgentId = agent,
            Hash = Hash(key),
            Prefix = key[..12],
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = expiresAt,
        });
    }

    public static string NewKey() => "wfm_" + NewSecret();

    /// <summary>256 random bits as hexadecimal digits.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>The requirement behind <see cref="PermissionExtensions.Requires{T}"/>.</summary>
public sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User.Allows(requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

public static class PermissionExtensions
{
    /// <summary>Names the one permission an endpoint needs.</summary>
    public static T Requires<T>(this T endpoint, Permission permission)
        where T : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)))
            .WithMetadata(permission);

    /// <summary>True when the role of the key holds the permission.</summary>
    public static bool Allows(this ClaimsPrincipal user, Permission permission) => user.HasClaim(ApiKeyAuthentication.Allowed, permission.ToString());

    /// <summary>What the role of the key holds, in the order of <see cref="Permission"/>.</summary>
    public static IReadOnlyList<Permission> Permissions(this ClaimsPrincipal user) => [.. Enum.GetValues<Permission>().Where(user.Allows)];

    /// <summary>Identity of the person whom the key is bound to; null for a key of nobody.</summary>
    public static Guid? AgentId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ApiKeyAuthentication.Agent), out var id) ? id : null;

    /// <summary>True when the key may touch the hub: keys without hubs may touch all.</summary>
    public static bool MayTouch(this ClaimsPrincipal user, string hub)
    {
        var hubs = user.FindAll(ApiKeyAuthentication.Hub).Select(c => c.Value).ToArray();
        return hubs.Length == 0 || hubs.Contains(hub);
    }

    /// <summary>Codes of the hubs a key is limited to; null when it may touch all.</summary>
    public static IReadOnlyList<string>? HubScope(this ClaimsPrincipal user) =>
        user.FindAll(ApiKeyAuthentication.Hub).Select(c => c.Value).ToArray() is { Length: > 0 } hubs ? hubs : null;

    /// <summary>403 unless the key may touch the hub.</summary>
    public static void DemandHub(this ClaimsPrincipal user, string hub)
    {
        if (!user.MayTouch(hub))
        {
            throw Http.ProblemException.Forbidden(hub);
        }
    }

    /// <summary>403 for a key that is limited to some hubs: what all hubs share is not its to change.</summary>
    public static void DemandAllHubs(this ClaimsPrincipal user)
    {
        if (user.HubScope() is { } hubs)
        {
            throw new Http.ProblemException(
                StatusCodes.Status403Forbidden, $"This key is limited to {string.Join(", ", hubs)} and may not change what all hubs share.");
        }
    }

    /// <summary>The one permission an endpoint names; null when it names none.</summary>
    public static Permission? Permission(this Endpoint endpoint) => endpoint.Metadata.OfType<Permission>().Select(p => (Permission?)p).FirstOrDefault();

    /// <summary>Name of the key, for the owner of jobs and the author of versions.</summary>
    public static string KeyName(this ClaimsPrincipal user) => user.Identity?.Name ?? "unknown";

    /// <summary>Identity of the key; null when nobody signed in by one.</summary>
    public static Guid? KeyId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ApiKeyAuthentication.KeyId), out var id) ? id : null;

    /// <summary>Identity of the session; null when the request did not sign in by one.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionAuthentication.SessionId), out var id) ? id : null;
}
