using NodaTime;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Api.Features.Staffing.Blends;

/// <summary>One interval of a blended group. Agents are at work, before shrinkage; immediateLoad + immediateMargin + extra = agents.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="ImmediateLoad">Agents busy with immediate contacts.</param>
/// <param name="ImmediateMargin">Agents above the load that immediate promises and the minimum presence need; idle without deferrable work.</param>
/// <param name="DeferrableWork">Agents' time spent on deferrable work, earliest deadline first.</param>
/// <param name="FromIdle">The part of it done in time that immediate work leaves idle.</param>
/// <param name="Extra">Further agents for deferrable work.</param>
/// <param name="Agents">Agents at work.</param>
/// <param name="Heads">Scheduled heads: those of the immediate queues as the requirement has them, and the further agents ÷ (1 − shrinkage).</param>
/// <param name="SeparateHeads">Scheduled heads if every queue had people of its own: the sum of the queues in the requirement.</param>
public sealed record BlendInterval(
    Instant Start, double ImmediateLoad, double ImmediateMargin, double DeferrableWork, double FromIdle, double Extra, double Agents, double Heads,
    double SeparateHeads);

/// <summary>A staffing over the whole requirement, whatever page is shown.</summary>
/// <param name="PeakAgents">The most agents at work in an interval.</param>
/// <param name="AgentHours">Agents × hours.</param>
/// <param name="PeakHeads">The most scheduled heads in an interval.</param>
/// <param name="HeadHours">Scheduled heads × hours.</param>
public sealed record BlendTotal(double PeakAgents, double AgentHours, double PeakHeads, double HeadHours);

/// <summary>One queue of the group with people of its own, as the requirement has it.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Kind">Immediate or deferrable.</param>
/// <param name="PeakHeads">The most scheduled heads in an interval.</param>
/// <param name="HeadHours">Scheduled heads × hours.</param>
/// <param name="Breach">A promise no staffing can keep, in words; null when there is none.</param>
public sealed record BlendQueue(string Queue, WorkKind Kind, double PeakHeads, double HeadHours, string? Breach);

/// <summary>Immediate and deferrable queues served by the same people, next to people of its own for every queue; intervals a page at a time.</summary>
/// <param name="RiskLevel">Risk level of the curves that are blended.</param>
/// <param name="UsableIdle">Share of idle time used for deferrable work, 0 to 1.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Blended">The blended staffing.</param>
/// <param name="Separate">Every queue with people of its own.</param>
/// <param name="DeferrableHours">Hours of deferrable work.</param>
/// <param name="FromIdleHours">Hours of it done in time that immediate work leaves idle.</param>
/// <param name="Queues">The queues of the group.</param>
/// <param name="Items">The intervals, ascending.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record BlendResponse(
    double RiskLevel, double UsableIdle, int IntervalMinutes, BlendTotal Blended, BlendTotal Separate, double DeferrableHours, double FromIdleHours,
    IReadOnlyList<BlendQueue> Queues, IReadOnlyList<BlendInterval> Items, string? Next);
