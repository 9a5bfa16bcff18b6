using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using Wfm.Api.Http;

namespace Wfm.Api.Security.Tokens;

/// <summary>Signs a request in by a token of an OpenID Connect issuer: <c>Authorization: Bearer</c> with three parts.</summary>
internal static partial class TokenAuthentication
{
    public const string SchemeName = "Oidc";

    /// <summary>When the token ends, as seconds since 1970.</summary>
    public const string Until = "wfm:until";

    private const string Bearer = "Bearer ";

    /// <summary>Only what is signed with the private key of a pair: whoever can check a token must not be able to make one.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>True for a request with a token; API keys have no dots.</summary>
    public static bool IsOn(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && authorization.Count(c => c == '.') == 2;
    }

    public static void AddTokens(this AuthenticationBuilder builder, OidcSettings oidc) => builder.AddJwtBearer(SchemeName, options =>
    {
        options.Authority = oidc.Authority;
        options.RequireHttpsMetadata = !new Uri(oidc.Authority!).IsLoopback;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = oidc.Audience,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromMinutes(1),
        };
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = async context =>
            {
                context.Token = context.HttpContext.Items[SchemeName] as string; // one of a body; null for that of the header
                await DemandKeys(context);
            },
            OnTokenValidated = Accept,
        };
    });

    /// <summary>Checks a token that a body holds.</summary>
    /// <returns>Whose it is; null for one that is not taken.</returns>
    public static async Task<ClaimsPrincipal?> Check(HttpContext http, string token)
    {
        http.Items[SchemeName] = token;
        return (await http.AuthenticateAsync(SchemeName)).Principal;
    }

    private static async Task Accept(TokenValidatedContext context)
    {
        var (services, cancelled) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        var reader = services.GetRequiredService<TokenReader>();
        if (await reader.Read(context.Principal!, cancelled) is not { } known)
        {
            context.Fail("The token names no subject.");
            return;
        }

        context.HttpContext.Items[typeof(TokenIdentity)] = known.Identity;
        var ends = new DateTimeOffset(context.SecurityToken.ValidTo).ToUnixTimeSeconds();
        context.Principal = (await reader.CallerOf(known.Id, known.Identity, cancelled)).ToPrincipal(
            SchemeName, new Claim(Until, ends.ToString()));
    }

    /// <summary>503 while nothing is known of the issuer: without its keys every token would be told to be forged.</summary>
    private static async Task DemandKeys(MessageReceivedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted); // kept, and asked for again once a day
        }
        catch (InvalidOperationException e)
        {
            IssuerAway(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TokenAuthentication)), e);
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "The issuer of the token does not answer; send it again in a while.");
        }
    }

    [LoggerMessage(2041, LogLevel.Warning, "The issuer of tokens does not answer")]
    private static partial void IssuerAway(ILogger logger, Exception exception);
}
