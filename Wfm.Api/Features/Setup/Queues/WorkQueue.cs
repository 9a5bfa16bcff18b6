using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>Whether somebody waits for an answer now, or the work waits until a deadline.</summary>
public enum WorkKind { Immediate, Deferrable }

/// <summary>Who may work what arrives: the hub where it is counted, or every hub with the skill.</summary>
public enum QueueRouting { Hub, Global }

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

    /// <summary>Whether its work is shared out over hubs.</summary>
    public QueueRouting Routing { get; set; }

    public QueueGoal Goal { get; set; } = new();

    /// <summary>Average handle time in seconds where history has none.</summary>
    public double AhtSeconds { get; set; } = 300;

    /// <summary>Contacts one agent handles at once (chat).</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>Heads that must be on duty whenever the queue is open.</summary>
    public int MinimumHeads { get; set; }

    /// <summary>Local weekly opening hours; empty means those of the hub.</summary>
    public List<OpeningWindow> OpeningHours { get; set; } = [];

    /// <summary>Local dates on which it is closed at every hub.</summary>
    public List<Closure> Closures { get; set; } = [];
}

/// <summary>Local dates on which nobody works a queue: a window of opening hours that starts on one of them does not open.</summary>
/// <param name="From">First date.</param>
/// <param name="To">Last date, inclusive.</param>
/// <param name="Reason">Why, for people; null for no words.</param>
public sealed record Closure(LocalDate From, LocalDate To, string? Reason = null);

/// <summary>The promise of a queue. Immediate work uses the first seven, deferrable work the last six. Fractions in (0, 1].</summary>
public sealed record QueueGoal
{
    /// <summary>Fraction answered within the threshold, above 0 and below 1. Immediate work; goes with thresholdSeconds.</summary>
    public double? ServiceLevel { get; init; }

    /// <summary>Wait in seconds within which a contact counts as answered in time. Immediate work.</summary>
    public double? ThresholdSeconds { get; init; }

    /// <summary>Longest acceptable average wait, in seconds. Immediate work.</summary>
    public double? MaximumAsaSeconds { get; init; }

    /// <summary>Largest fraction of time on contacts, in (0, 1]. Immediate work.</summary>
    public double? MaximumOccupancy { get; init; }

    /// <summary>Average time in seconds after which a waiting contact gives up; absent means nobody gives up. Immediate work.</summary>
    public double? PatienceSeconds { get; init; }

    /// <summary>Largest fraction of contacts that give up, above 0 and below 1. Immediate work; goes with patienceSeconds.</summary>
    public double? MaximumAbandonment { get; init; }

    /// <summary>Growth of the handle time for each further chat an agent holds at the same time, 0 to 1: at 1 a second chat gains nothing. Immediate work with
    /// concurrency; absent means 0.</summary>
    public double? ConcurrencySlowdown { get; init; }

    /// <summary>Time in minutes from arrival within which it must be done. Deferrable work.</summary>
    public double? TurnaroundMinutes { get; init; }

    /// <summary>Fraction that must be done within the turnaround, in (0, 1]; absent means all. Deferrable work.</summary>
    public double? TurnaroundFraction { get; init; }

    /// <summary>Fraction of the contacts of a period at which a promise of all is staffed and judged, from 0.9 to 1; absent means 0.999, which allows no late
    /// contact of up to a thousand. It is the same for requirement, simulation and proof, and every answer names it. Deferrable work without
    /// turnaroundFraction or with 1.</summary>
    public double? JudgedFraction { get; init; }

    /// <summary>Fraction of the handle time after which what is promised is done, in (0, 1]: the content is removed, and the rest is writing it down; absent
    /// means the end, 1. Deferrable work.</summary>
    public double? ActionFraction { get; init; }

    /// <summary>True when a law sets the turnaround: no share may be late, and it outranks every clock of the operation's own. Deferrable work.</summary>
    public bool LegalClock { get; init; }

    /// <summary>True when the turnaround counts opening hours only: an hour promised before closing may be kept after opening. Deferrable work; a legal clock
    /// runs on.</summary>
    public bool CountsOpenHoursOnly { get; init; }
}
