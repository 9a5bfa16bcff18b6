using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Queues;

public enum WorkKind { Immediate, Deferrable }

/// <summary>A stream of work with its language, severity and promise.</summary>
public sealed class WorkQueue : VersionedEntity
{
    public required string Name { get; set; }

    /// <summary>voice, chat, ticket, report, appeal …</summary>
    public required string Channel { get; set; }

    public WorkKind Kind { get; set; }

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; set; }

    /// <summary>S0 (harmless) … S4 (most severe).</summary>
    public required string Severity { get; set; }

    /// <summary>1 is served first.</summary>
    public int Priority { get; set; } = 5;

    /// <summary>Who covers it: agents hold skills in groups, rosters are staffed by group.</summary>
    public required string SkillGroup { get; set; }

    public string? ExposureClass { get; set; }

    public QueueGoal Goal { get; set; } = new();

    /// <summary>Average handle time in seconds where history has none.</summary>
    public double AhtSeconds { get; set; } = 300;

    /// <summary>Contacts one agent handles at once (chat).</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Heads that must be on duty whenever the queue is open.</summary>
    public int MinimumHeads { get; set; }
}

/// <summary>The promise of a queue. Immediate work uses the first five, deferrable work the last two. Fractions in (0, 1].</summary>
public sealed record QueueGoal
{
    public double? ServiceLevel { get; init; }
    public double? ThresholdSeconds { get; init; }
    public double? MaximumAsaSeconds { get; init; }
    public double? MaximumOccupancy { get; init; }
    public double? PatienceSeconds { get; init; }
    public double? TurnaroundMinutes { get; init; }
    public double? TurnaroundFraction { get; init; }
}
