using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Stored;

/// <summary>How far a crisis is.</summary>
public enum CrisisState
{
    /// <summary>Declared for a moment that is still ahead.</summary>
    Declared,

    /// <summary>In force.</summary>
    Active,

    /// <summary>In force, and people are let go in steps.</summary>
    Closing,

    /// <summary>Ended.</summary>
    Closed,
}

/// <summary>A crisis as it was declared at some hubs, from a moment on until somebody ends it. What the organisation allows itself meanwhile, and only
/// meanwhile, refers to it.</summary>
public sealed class Crisis
{
    public Guid Id { get; init; } = SequentialId.Next();
    public required string Name { get; init; }

    /// <summary>What kind of event it is, in the words of the organisation.</summary>
    public required string Kind { get; init; }

    /// <summary>Severity of the content that is expected, S0 to S4, as queues have it.</summary>
    public required string Severity { get; init; }
    public string? Description { get; init; }

    /// <summary>From when on it is in force; it may have begun before anybody declared it.</summary>
    public Instant From { get; init; }
    public Instant DeclaredAt { get; init; }

    /// <summary>Name of the key.</summary>
    public required string DeclaredBy { get; init; }

    /// <summary>Codes of the queues that it is about; empty where nobody has said.</summary>
    public List<string> Queues { get; set; } = [];

    /// <summary>How large it is expected to be; null to learn it from what comes.</summary>
    public ExpectedSurge? Expected { get; set; }

    /// <summary>Who goes when, once it is stood down; null before.</summary>
    public StandDownPlan? StandDown { get; set; }

    /// <summary>What was decided about it, in order of time. What is decided about a plan stands with the plan.</summary>
    public List<CrisisEntry> Entries { get; set; } = [];
    public Instant? EndedAt { get; set; }

    /// <summary>Name of the key.</summary>
    public string? EndedBy { get; set; }
    public string? EndReason { get; set; }

    /// <summary>How often a rule was broken under a waiver for it.</summary>
    public int WaiverUses { get; init; }
    public int Version { get; set; } = 1;
    public List<CrisisHub> Hubs { get; init; } = [];

    /// <summary>How far it is at a moment.</summary>
    public CrisisState At(Instant now) => EndedAt is not null ? CrisisState.Closed
        : StandDown is not null ? CrisisState.Closing
        : From > now ? CrisisState.Declared : CrisisState.Active;

    /// <summary>Takes down a decision.</summary>
    internal void Enter(Instant at, string by, string what, string? reason = null)
    {
        Entries = [.. Entries, new CrisisEntry(at, by, what, reason)];
        Version++;
    }
}

/// <summary>The size and course of a surge as somebody expects it: volume = usual × (1 + (factor − 1) · ½^(hours ÷ half-life)).</summary>
/// <param name="Factor">Volume ÷ usual volume at the start; null to learn it from what comes.</param>
/// <param name="HalfLifeHours">Hours until what is beyond the usual is halved; where the factor is learned, what is believed before anything was
/// seen.</param>
public sealed record ExpectedSurge(double? Factor, double HalfLifeHours);

/// <summary>A decision.</summary>
/// <param name="At">When.</param>
/// <param name="By">Name of the key.</param>
/// <param name="What">What was decided, in words.</param>
/// <param name="Reason">Why.</param>
public sealed record CrisisEntry(Instant At, string By, string What, string? Reason);

/// <summary>A hub at which a crisis is declared.</summary>
public sealed class CrisisHub
{
    public Guid CrisisId { get; init; }
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }
}

/// <summary>A queue at a hub that an open crisis is about. No other can be about it meanwhile: of two who declare at once the store lets one.</summary>
public sealed class CrisisClaim
{
    public Guid HubId { get; init; }
    public Guid QueueId { get; init; }
    public Guid CrisisId { get; init; }
}
