using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security.Sessions;

/// <summary>How a session began.</summary>
public enum SignInWay
{
    /// <summary>With an API key.</summary>
    Key,

    /// <summary>With a one-time link.</summary>
    Link,
}

/// <summary>A browser that signed in: it may what its key may, until it signs out, is signed out, or its time is up.</summary>
public sealed class Session
{
    public Guid Id { get; init; } = SequentialId.Next();

    /// <summary>SHA-256 of what the cookie holds, which has 256 random bits.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The key it stands for, whose end is its own.</summary>
    public Guid KeyId { get; init; }
    public SignInWay Way { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant ExpiresAt { get; init; }
    public Instant? LastUsedAt { get; set; }
    public Instant? RevokedAt { get; set; }

    /// <summary>Name of the key that ended it.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>True when it is neither ended nor over; whether its key works is the key's to say.</summary>
    public bool WorksAt(Instant now) => RevokedAt is null && ExpiresAt > now;
}

/// <summary>A link that signs a browser in once.</summary>
public sealed class SignInCode
{
    public Guid Id { get; init; } = SequentialId.Next();

    /// <summary>SHA-256 of the code, which has 256 random bits.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The key that the session will stand for.</summary>
    public Guid KeyId { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant ExpiresAt { get; init; }
    public Instant? UsedAt { get; set; }
}
