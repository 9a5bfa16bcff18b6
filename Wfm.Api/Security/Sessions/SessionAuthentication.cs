using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Wfm.Api.Persistence;

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
        var found = await db.Sessions.AsNoTracking().Where(s => s.Hash == hash).Join(keys, s => s.KeyId, k => k.Id, (s, k) => new { Session = s, Key = k })
            .LeftJoin(roles, f => f.Key.Role, r => r.Code, (f, r) => new { f.Session, f.Key, Role = r })
            .SingleOrDefaultAsync(Context.RequestAborted);
        var now = clock.GetCurrentInstant();
        if (found is null || !found.Session.WorksAt(now) || !found.Key.WorksAt(now))
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        SessionCookie.DemandOwnPage(Request);
        uses.Note(found.Key, now);
        uses.Note(found.Session, now);
        return AuthenticateResult.Success(new AuthenticationTicket(
            Caller.Of(found.Key, found.Role).ToPrincipal(SchemeName, new Claim(SessionId, found.Session.Id.ToString())), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        SessionCookie.Delete(Context); // one that has ended is of no use any more
        return base.HandleChallengeAsync(properties);
    }
}
