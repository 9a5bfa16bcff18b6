using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Groups;

/// <summary>The requirement of a queue at one risk level, and what its group's demand takes from the queue.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group that covers it.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="Interval">Elapsed length of an interval, below a day.</param>
/// <param name="Curve">Heads and, for deferrable work, hours due and arrived.</param>
public sealed record QueueRequirement(string Queue, string Group, Instant Start, Duration Interval, RequirementCurve Curve)
{
    /// <summary>1 is served first.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Severity of the content, 0 (none) to 4 (extreme).</summary>
    public int ExposureClass { get; init; }

    /// <summary>Heads that must be on duty whenever heads are required at all.</summary>
    public int MinimumHeads { get; init; }

    /// <summary>Time from arrival within which deferrable work is due.</summary>
    public Duration Turnaround { get; init; } = Duration.FromDays(1);

    /// <summary>How much the deadlines of deferrable work weigh against those of other queues.</summary>
    public DeadlineClaim Claim { get; init; } = DeadlineClaim.Plain;

    /// <summary>Per interval: whether the queue is open; null for whenever the hub is.</summary>
    public bool[]? Open { get; init; }

    /// <summary>Number of intervals.</summary>
    public int Count => Curve.Heads.Length;

    /// <summary>An instant as a position on the intervals, 0 to <see cref="Count"/>, fractions within an interval.</summary>
    internal double Position(Instant at) => Math.Clamp((at - Start).TotalMinutes / Interval.TotalMinutes, 0, Count);
}

/// <summary>The intervals for which a roster's demand is stated.</summary>
/// <param name="Origin">Start of the first interval: the local start of the roster's first day.</param>
/// <param name="Interval">Elapsed length of an interval.</param>
/// <param name="Open">Per interval: whether the hub is open.</param>
public sealed record DemandIntervals(Instant Origin, Duration Interval, bool[] Open)
{
    /// <summary>Number of intervals.</summary>
    public int Count => Open.Length;

    /// <summary>Start of an interval; at <see cref="Count"/> the end of the last.</summary>
    internal Instant At(int boundary) => Origin + (Interval * boundary);
}
