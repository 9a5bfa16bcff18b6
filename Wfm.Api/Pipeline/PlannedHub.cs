using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Pipeline;

/// <summary>A hub as planning sees it.</summary>
/// <param name="Code">Code.</param>
/// <param name="Zone">Its clock.</param>
/// <param name="Open">Opening hours.</param>
/// <param name="PlannedShrinkage">Paid time planned away from work, fraction of paid time.</param>
/// <param name="UnplannedShrinkage">Paid time lost unplanned, fraction of the remaining time.</param>
public sealed record PlannedHub(string Code, DateTimeZone Zone, OpenHours Open, double PlannedShrinkage, double UnplannedShrinkage)
{
    /// <summary>Planned and unplanned shrinkage together.</summary>
    public double Shrinkage => Scheduling.Staffing.Shrinkage.Combine(PlannedShrinkage, UnplannedShrinkage);

    /// <summary>When a queue is worked here: in its own hours, where it has none in those of the hub; never on the dates it is closed.</summary>
    internal OpenTimes When(PlannedQueue queue) => (queue.Open ?? Open).In(Zone, queue.Closures);
}

/// <summary>A queue as planning sees it. It has one of the two goals.</summary>
/// <param name="Code">Code.</param>
/// <param name="Group">Skill group that covers it.</param>
public sealed record PlannedQueue(string Code, string Group)
{
    /// <summary>The promise of work that is answered at once.</summary>
    public ImmediateGoal? Immediate { get; init; }

    /// <summary>The promise of work that may wait.</summary>
    public DeferrableGoal? Deferrable { get; init; }

    /// <summary>Why the promise cannot be staffed for; null when it can.</summary>
    public string? GoalFault { get; init; }

    /// <summary>Opening hours of its own; null for those of the hub.</summary>
    public OpenHours? Open { get; init; }

    /// <summary>Local dates on which it is closed.</summary>
    public IReadOnlyList<DateInterval> Closures { get; init; } = [];

    /// <summary>Whether a law sets the turnaround.</summary>
    public bool LegalClock { get; init; }

    /// <summary>How much its deadlines weigh against those of other queues.</summary>
    internal DeadlineClaim Claim => ServiceDiscipline.Default.Deadline(LegalClock, Severity);

    /// <summary>1 is served first.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Severity, 0 (harmless) to 4.</summary>
    public int Severity { get; init; }

    /// <summary>How hard the content is on the person who sees it, 0 to 4.</summary>
    public int ExposureClass { get; init; }

    /// <summary>Contacts one agent handles at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Growth of the handle time for each further contact held at the same time, 0 to 1.</summary>
    public double ConcurrencySlowdown { get; init; }

    /// <summary>Heads that must be on duty whenever the queue is open.</summary>
    public int MinimumHeads { get; init; }

    /// <summary>Average handle time in seconds where history has none.</summary>
    public double AhtSeconds { get; init; } = 300;

    /// <summary>What makes queues similar: language, channel. A young queue borrows from such.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
