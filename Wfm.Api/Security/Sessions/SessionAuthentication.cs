using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Api.Security.Tokens;

namespace Wfm.Api.Security.Sessions;

/// <summary>Signs a request in by the cookie of a session: as the key that the session stands for, as it is now.</summary>
internal sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, WfmDbContext db, KeyUses uses, IClock clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Session";
    public const string SessionId = "wfm:session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || SessionCookie.In(Request) is not { } secret)
        {
            return AuthenticateResult.NoResult();
        }

        var hash = ApiKeys.Hash(secret);
        var (keys, roles) = (db.ApiKeys, db.CustomRoles);
        var found = await db.Sessions.AsNoTracking().Where(s => s.Hash == hash)
            .LeftJoin(keys, s => s.KeyId, k => k.Id, (s, k) => new { Session = s, Key = k })
            .LeftJoin(roles, f => f.Key!.Role, r => r.Code, (f, r) => new { f.Session, f.Key, Role = r })
            .SingleOrDefaultAsync(Context.RequestAborted);
        var now = clock.GetCurrentInstant();
        if (found is null || !found.Session.WorksAt(now) || (found.Session.Identity is null && found.Key?.WorksAt(now) != true))
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        SessionCookie.DemandOwnPage(Request);
        uses.Note(found.Session, now);
        if (found.Session.Identity is null)
        {
            uses.Note(found.Key!, now);
        }

        return AuthenticateResult.Success(new AuthenticationTicket(await PrincipalOf(found.Session, found.Key, found.Role), SchemeName));
    }

    private async Task<ClaimsPrincipal> PrincipalOf(Session session, ApiKey? key, CustomRole? role)
    {
        var id = new Claim(SessionId, session.Id.ToString());
        return session.Identity is { } identity
            ? (await TokenReader.CallerOf(session.KeyId, identity, db, Context.RequestAborted)).ToPrincipal(
                SchemeName, id, new Claim(TokenAuthentication.Until, session.ExpiresAt.ToUnixTimeSeconds().ToString()))
            : Caller.Of(key!, role).ToPrincipal(SchemeName, id);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        SessionCookie.Delete(Context); // one that has ended is of no use any more
        return base.HandleChallengeAsync(properties);
    }
}
