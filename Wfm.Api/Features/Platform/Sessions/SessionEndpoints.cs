using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.Platform.Keys;
using Wfm.Api.Http;
using Wfm.Api.Idempotency;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Features.Platform.Sessions;

/// <summary>How browsers sign in and out.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Sessions");
        group.MapPost("/session", Begin).WithName("SignIn")
            .WithSummary("Signs a browser in with an API key or the code of a one-time link: the answer sets a cookie that scripts cannot read.")
            .AllowAnonymous();
        group.MapGet("/session", Get).WithName("GetSession").WithSummary("Says who is signed in, what they may do, and until when.")
            .Requires(Permission.ReadSelf);
        group.MapDelete("/session", End).WithName("SignOut").WithSummary("Signs out: ends the session of the cookie.")
            .Requires(Permission.ReadSelf).WithMetadata(new NoIfMatch());
        group.MapGet("/sessions", List).WithName("ListSessions")
            .WithSummary("Lists one's own sessions, newest first; those of all keys they may see to those who manage keys.").Requires(Permission.ReadSelf);
        group.MapDelete("/sessions/{id:guid}", Revoke).WithName("RevokeSession").WithSummary("Ends a session at once; its browser has to sign in again.")
            .Requires(Permission.ReadSelf).WithMetadata(new NoIfMatch());
        group.MapPost("/sign-in-links", Link).WithName("CreateSignInLink")
            .WithSummary("Makes a link that signs a browser in once, as the key that asks; the answer is the only place that shows it.")
            .Requires(Permission.ReadSelf).WithMetadata(new AnswerHoldsSecret());
        routes.MapGet(SignIn.Page + "{code}", Open).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Created<SignedInResponse>> Begin(
        SignInRequest request, SignIn signIn, HttpContext http, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        SessionCookie.RefuseOtherPages(http.Request);
        http.Response.Headers.CacheControl = "no-store";
        var begun = request switch
        {
            { Key: { } given, Code: null } => await signIn.WithKey(given, cancellationToken)
                ?? throw new ProblemException(StatusCodes.Status401Unauthorized, "The API key is unknown, revoked or expired."),
            { Key: null, Code: { } code } => await signIn.WithCode(code, cancellationToken)
                ?? throw new ProblemException(StatusCodes.Status401Unauthorized, NoLink),
            _ => throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "Give either key or code."),
        };
        SessionCookie.Set(http, begun.Secret, begun.Session.ExpiresAt.ToDateTimeOffset());
        var key = await db.ApiKeys.AsNoTracking().SingleAsync(k => k.Id == begun.Session.KeyId, cancellationToken);
        var role = await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Code == key.Role, cancellationToken);
        var user = Caller.Of(key, role).ToPrincipal(SessionAuthentication.SchemeName);
        return TypedResults.Created("/api/v1/session", await Answer(user, begun.Session, key, db, clock, cancellationToken));
    }

    private static async Task<Ok<SignedInResponse>> Get(ClaimsPrincipal user, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        var id = user.SessionId();
        var found = id is null ? null
            : await db.Sessions.AsNoTracking().Join(db.ApiKeys, s => s.KeyId, k => k.Id, (s, k) => new { Session = s, Key = k })
                .SingleAsync(f => f.Session.Id == id, cancellationToken);
        return TypedResults.Ok(await Answer(user, found?.Session, found?.Key, db, clock, cancellationToken));
    }

    private static async Task<NoContent> End(HttpContext http, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        var id = http.User.SessionId() ?? throw ProblemException.Conflict("This request signed in by itself, with an API key; there is no session to end.");
        await EndAll(db.Sessions.Where(s => s.Id == id), http.User, clock, cancellationToken);
        SessionCookie.Delete(http);
        return TypedResults.NoContent();
    }

    /// <param name="active">Only sessions that work, or only those that have ended.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<SessionResponse>>> List(
        WfmDbContext db, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken, bool? active = null, int? limit = null, string? after = null)
    {
        var (take, last, now, me) = (Paging.Limit(limit), Paging.Id(after), clock.GetCurrentInstant(), user.KeyId());
        var sessions = db.Sessions.AsNoTracking().Join(db.ApiKeys, s => s.KeyId, k => k.Id, (s, k) => new SessionOfKey { Session = s, Key = k });
        if (!user.Allows(Permission.ManageKeys))
        {
            sessions = sessions.Where(f => f.Session.KeyId == me);
        }

        if (active is { } working)
        {
            sessions = sessions.Where(f =>
                (f.Session.RevokedAt == null && f.Session.ExpiresAt > now && f.Key.RevokedAt == null && (f.Key.ExpiresAt == null || f.Key.ExpiresAt > now))
                    == working);
        }

        if (last is not null)
        {
            sessions = sessions.Where(f => f.Session.Id < last);
        }

        var page = new List<SessionOfKey>();
        var holders = KeyHolders.None;
        var ordered = sessions.OrderByDescending(f => f.Session.Id);
        if (user.HubScope() is null || !user.Allows(Permission.ManageKeys))
        {
            page = await ordered.Take(take + 1).ToListAsync(cancellationToken);
            holders = await KeyHolders.Of(db, page.Select(f => f.Key), cancellationToken);
        }
        else
        {
            var all = await ordered.ToListAsync(cancellationToken); // hubs are JSON in the store, so they are looked at here
            holders = await KeyHolders.Of(db, all.Select(f => f.Key), cancellationToken);
            page = [.. all.Where(f => f.Key.Id == me || holders.AreWithin(f.Key, user)).Take(take + 1)];
        }

        return TypedResults.Ok(page.ToPage(
            take, f => f.Session.Id.ToString(), f => SessionResponse.From(f.Session, f.Key, holders.CodeOf(f.Key), user.SessionId())));
    }

    /// <param name="id">Id of the session.</param>
    private static async Task<NoContent> Revoke(Guid id, HttpContext http, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        var user = http.User;
        var found = await db.Sessions.AsNoTracking().Where(s => s.Id == id).Join(db.ApiKeys, s => s.KeyId, k => k.Id, (s, k) => new { Session = s, Key = k })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null || (found.Key.Id != user.KeyId() && !user.Allows(Permission.ManageKeys)))
        {
            throw ProblemException.NotFound("session of yours", id.ToString());
        }

        if (found.Key.Id != user.KeyId())
        {
            if (!(await KeyHolders.Of(db, [found.Key], cancellationToken)).AreWithin(found.Key, user))
            {
                throw new ProblemException(
                    StatusCodes.Status403Forbidden, "A key that is limited to hubs ends only sessions of keys limited to the same hubs.");
            }

            Escalation.Refuse(user, $"Role '{found.Key.Role}'", await db.PermissionsOf(found.Key.Role, cancellationToken) ?? []);
        }

        await EndAll(db.Sessions.Where(s => s.Id == id), user, clock, cancellationToken);
        if (id == user.SessionId())
        {
            SessionCookie.Delete(http);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Created<SignInLinkResponse>> Link(ClaimsPrincipal user, SignIn signIn, CancellationToken cancellationToken)
    {
        if (user.SessionId() is not null)
        {
            throw ProblemException.Conflict("A session makes no links: it would outlast its twelve hours. Ask with the API key.");
        }

        var (code, ends) = await signIn.Link(user.KeyId()!.Value, cancellationToken);
        return TypedResults.Created((string?)null, new SignInLinkResponse(SignIn.Page + code, code, ends));
    }

    /// <summary>The page of a link: signs in and goes on to the console.</summary>
    private static async Task<Results<RedirectHttpResult, ContentHttpResult>> Open(
        string code, SignIn signIn, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await signIn.WithCode(code, cancellationToken) is not { } begun)
        {
            return TypedResults.Content(
                $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Wfm</title><p>{NoLink} <a href=\"{SignIn.Console}\">Sign in</a></html>",
                "text/html", System.Text.Encoding.UTF8, StatusCodes.Status410Gone);
        }

        SessionCookie.Set(http, begun.Secret, begun.Session.ExpiresAt.ToDateTimeOffset());
        return TypedResults.LocalRedirect(SignIn.Console);
    }

    private const string NoLink = "This sign-in link is unknown, was used already or is older than 15 minutes; ask for a new one, or sign in with an API key.";

    private static async Task<SignedInResponse> Answer(
        ClaimsPrincipal user, Session? session, ApiKey? key, WfmDbContext db, IClock clock, CancellationToken cancellationToken)
    {
        var me = await MeEndpoints.Describe(user, db, clock, cancellationToken);
        return new SignedInResponse(me, session is null ? null : SessionResponse.From(session, key!, me.Agent?.Code, session.Id));
    }

    private static Task<int> EndAll(IQueryable<Session> sessions, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken)
    {
        Instant? now = clock.GetCurrentInstant();
        var by = user.KeyName();
        return sessions.Where(s => s.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, now).SetProperty(x => x.RevokedBy, by), cancellationToken);
    }

    private sealed class SessionOfKey
    {
        public required Session Session { get; init; }
        public required ApiKey Key { get; init; }
    }
}
