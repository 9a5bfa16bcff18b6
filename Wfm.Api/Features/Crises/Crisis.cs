using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises;

/// <summary>How far a crisis is.</summary>
public enum CrisisState
{
    /// <summary>Declared for a moment that is still ahead.</summary>
    Declared,

    /// <summary>In force.</summary>
    Active,

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
    public Instant? EndedAt { get; set; }

    /// <summary>Name of the key.</summary>
    public string? EndedBy { get; set; }
    public string? EndReason { get; set; }

    /// <summary>How often a rule was broken under a waiver for it.</summary>
    public int WaiverUses { get; init; }
    public int Version { get; set; } = 1;
    public List<CrisisHub> Hubs { get; init; } = [];

    /// <summary>How far it is at a moment.</summary>
    public CrisisState At(Instant now) => EndedAt is not null ? CrisisState.Closed : From > now ? CrisisState.Declared : CrisisState.Active;
}

/// <summary>A hub at which a crisis is declared.</summary>
public sealed class CrisisHub
{
    public Guid CrisisId { get; init; }
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }
}
