using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security.Sessions;

/// <summary>Begins sessions, and makes the links that begin them.</summary>
internal sealed class SignIn(WfmDbContext db, IClock clock)
{
    public static readonly Duration SessionLasts = Duration.FromHours(12);
    public static readonly Duration LinkLasts = Duration.FromMinutes(15);

    /// <summary>Path of a link, before its code.</summary>
    public const string Page = "/console/sign-in/";

    /// <summary>Where a browser goes once it is signed in.</summary>
    public const string Console = "/console/";

    /// <returns>What the cookie is to hold, and the session; null for a key that is unknown, revoked or expired.</returns>
    public async Task<(string Secret, Session Session)?> WithKey(string key, CancellationToken cancellationToken)
    {
        var (hash, now) = (ApiKeys.Hash(key), clock.GetCurrentInstant());
        return await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, cancellationToken) is { } found && found.WorksAt(now)
            ? await Begin(found, SignInWay.Key, now, cancellationToken)
            : null;
    }

    /// <returns>What the cookie is to hold, and the session; null for a code that is unknown, used or too old, and for one of a key that has ended.</returns>
    public async Task<(string Secret, Session Session)?> WithCode(string code, CancellationToken cancellationToken)
    {
        var (hash, now) = (ApiKeys.Hash(code), clock.GetCurrentInstant());
        Instant? used = now;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var first = await db.SignInCodes.Where(c => c.Hash == hash && c.UsedAt == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, used), cancellationToken); // one statement, so that of two at once one gets it
        if (first == 0)
        {
            return null;
        }

        var id = await db.SignInCodes.Where(c => c.Hash == hash).Select(c => c.KeyId).SingleAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken);
        var begun = key?.WorksAt(now) == true ? await Begin(key, SignInWay.Link, now, cancellationToken) : default((string, Session)?);
        await transaction.CommitAsync(cancellationToken);
        return begun;
    }

    /// <summary>A code that signs in once as a key.</summary>
    public async Task<(string Code, Instant ExpiresAt)> Link(Guid key, CancellationToken cancellationToken)
    {
        var (code, now) = (ApiKeys.NewSecret(), clock.GetCurrentInstant());
        var row = new SignInCode
        {
            Hash = ApiKeys.Hash(code),
            KeyId = key,
            CreatedAt = now,
            ExpiresAt = now + LinkLasts,
        };
        db.SignInCodes.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return (code, row.ExpiresAt);
    }

    private async Task<(string Secret, Session Session)> Begin(ApiKey key, SignInWay way, Instant now, CancellationToken cancellationToken)
    {
        var (secret, ends) = (ApiKeys.NewSecret(), now + SessionLasts);
        var session = new Session
        {
            Hash = ApiKeys.Hash(secret),
            KeyId = key.Id,
            Way = way,
            CreatedAt = now,
            ExpiresAt = key.ExpiresAt < ends ? key.ExpiresAt.Value : ends,
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return (secret, session);
    }
}
