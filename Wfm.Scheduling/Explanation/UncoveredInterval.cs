using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Explanation;

/// <summary>Missing heads over a run of intervals, deferrable work that is late over it, or fewer people than must be there, and what stops each agent with
/// the skill.</summary>
/// <param name="Group">The group.</param>
/// <param name="Start">First moment of the run.</param>
/// <param name="End">First moment after it.</param>
/// <param name="HeadHours">Head-hours missing in the run; of deferrable work the hours that miss their deadline in it.</param>
/// <param name="DeepestGap">Most heads missing at once; of deferrable work most hours late at once.</param>
/// <param name="At">The interval for which the reasons were tested: the one with the deepest gap, the middle one of several alike; of deferrable work
/// the one with fewest hands while the late work waited.</param>
/// <param name="Reasons">Agents with the skill by reason; the counts sum to the agents that have it. Empty in runs too small to be tested.</param>
public sealed record UncoveredInterval(
    string Group, Instant Start, Instant End, double HeadHours, double DeepestGap, Instant At, IReadOnlyList<BlockedAgents> Reasons)
{
    /// <summary>When the first of the late work was due; <see langword="null"/> for missing heads of immediate work.</summary>
    public Instant? Deadline { get; init; }

    /// <summary>People who must be there, where too few are; <see langword="null"/> for other gaps.</summary>
    public double? MinimumPresence { get; init; }

    /// <summary>The gap in words; empty for missing heads, whose figures say it all.</summary>
    public string Message { get; init; } = "";
}

/// <summary>Agents stopped for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Rule">Code of the rule, when it is one; else <see langword="null"/>.</param>
/// <param name="Agents">How many.</param>
/// <param name="Message">The reason in words.</param>
public sealed record BlockedAgents(BlockReason Reason, string? Rule, int Agents, string Message);

/// <summary>Why an agent with the skill does not cover a gap.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlockReason>))]
public enum BlockReason
{
    /// <summary>Nobody has the skill at all.</summary>
    NobodySkilled,

    /// <summary>At work then: on another group, or already counted.</summary>
    OnShift,

    /// <summary>On a meal, break or wellness time then.</summary>
    OnBreak,

    /// <summary>Opted out of the group.</summary>
    OptedOut,

    /// <summary>Not employed then.</summary>
    NotEmployed,

    /// <summary>On leave.</summary>
    TimeOff,

    /// <summary>Outside the availability.</summary>
    Unavailable,

    /// <summary>The day is pinned.</summary>
    Pinned,

    /// <summary>No template of the contract starts and ends around it, or serves the group.</summary>
    NoTemplate,

    /// <summary>Only shifts that begin on the day before the roster reach it: the first night of a roster with nothing before it.</summary>
    BeginsBefore,

    /// <summary>Works that day already, at another time.</summary>
    OtherShiftThatDay,

    /// <summary>A rule forbids every shift that would cover it: <see cref="BlockedAgents.Rule"/>.</summary>
    Rule,

    /// <summary>A shift would be legal, but it costs more than the gap: elsewhere it would be too much, or it costs extra hours.</summary>
    CostsMore,
}
