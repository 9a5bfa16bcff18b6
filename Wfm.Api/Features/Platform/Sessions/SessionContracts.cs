using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Security;
using Wfm.Api.Security.Sessions;

namespace Wfm.Api.Features.Platform.Sessions;

/// <summary>What a browser signs in with: one of the two.</summary>
public sealed record SignInRequest
{
    /// <summary>An API key.</summary>
    [StringLength(200)]
    public string? Key { get; init; }

    /// <summary>The code of a one-time link, which works once and for 15 minutes.</summary>
    [StringLength(200)]
    public string? Code { get; init; }
}

/// <summary>Who is signed in, and how.</summary>
/// <param name="Me">Who it is, and what it may do.</param>
/// <param name="Session">The session; null for a request that signed in by itself, with an API key.</param>
public sealed record SignedInResponse(MeResponse Me, SessionResponse? Session);

/// <summary>A browser that signed in.</summary>
/// <param name="Id">Id of the session.</param>
/// <param name="Key">Id of the key that it stands for.</param>
/// <param name="Name">Name of that key.</param>
/// <param name="Role">Role of that key.</param>
/// <param name="Agent">Code of the agent whom that key is bound to; null for none.</param>
/// <param name="Way">How it began.</param>
/// <param name="Current">True for the session that asks.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="ExpiresAt">When it ends at the latest: twelve hours later, or with its key.</param>
/// <param name="LastUsedAt">When it was last used, to five minutes; null for never.</param>
/// <param name="RevokedAt">When it was ended; null while it was not.</param>
/// <param name="RevokedBy">Name of the key that ended it; null while it was not.</param>
public sealed record SessionResponse(
    Guid Id,
    Guid Key,
    string Name,
    string Role,
    string? Agent,
    SignInWay Way,
    bool Current,
    Instant CreatedAt,
    Instant ExpiresAt,
    Instant? LastUsedAt,
    Instant? RevokedAt,
    string? RevokedBy)
{
    internal static SessionResponse From(Session session, ApiKey key, string? agent, Guid? current) => new(
        session.Id, key.Id, key.Name, key.Role, agent, session.Way, session.Id == current, session.CreatedAt, session.ExpiresAt, session.LastUsedAt,
        session.RevokedAt, session.RevokedBy);
}

/// <summary>A link that signs a browser in, shown this once.</summary>
/// <param name="Path">Path of the page to open on this server; it works once.</param>
/// <param name="Code">The code in it, for POST /api/v1/session.</param>
/// <param name="ExpiresAt">When it stops working: 15 minutes after it was made.</param>
public sealed record SignInLinkResponse(string Path, string Code, Instant ExpiresAt);
