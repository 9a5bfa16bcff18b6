using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Security;

/// <summary>How requests say who they are, and who decides what they may do.</summary>
internal static class SecurityFeature
{
    private const string Any = "Any";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<KeyUses>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUses>());
        services.AddAuthentication(Any)
            .AddPolicyScheme(Any, null, options => options.ForwardDefaultSelector = http => SchemeOf(http.Request))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationPolicyProvider, UncachedPolicies>();
    }

    /// <summary>What a request presents counts before the cookie that its browser sends along.</summary>
    private static string SchemeOf(HttpRequest request) =>
        ApiKeyAuthentication.KeyIn(request) is null && SessionCookie.In(request) is not null ? SessionAuthentication.SchemeName
            : ApiKeyAuthentication.SchemeName;
}
