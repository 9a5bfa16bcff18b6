using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Scheduling.Staffing.Blending;

/// <summary>Immediate and deferrable work of one group of agents. Arrays have one value per interval, in agents, before shrinkage.</summary>
/// <remarks>ImmediateLoad + ImmediateMargin + Extra = Agents. Deferrable work is done by the idle part of the margin first, then by the extra agents.</remarks>
/// <param name="Agents">Agents on duty, fractional; never fewer than immediate work needs by itself.</param>
/// <param name="ImmediateLoad">Agents busy with immediate contacts.</param>
/// <param name="ImmediateMargin">Agents above the load that immediate work needs for its promise; idle without deferrable work.</param>
/// <param name="Extra">Further agents for deferrable work.</param>
/// <param name="DeferrableWork">Agents' time spent on deferrable work that is due within the horizon, earliest deadline first.</param>
/// <param name="FromIdle">Part of the deferrable work done in time that immediate work leaves idle.</param>
/// <param name="Peak">The highest number of agents.</param>
/// <param name="AgentHours">Agents × hours over the horizon.</param>
/// <param name="SeparatePeak">The highest number of agents if deferrable work had agents of its own.</param>
/// <param name="SeparateAgentHours">Agents × hours in that case.</param>
/// <param name="Band">The room deferrable work has, and its first deadline no staffing can meet.</param>
public sealed record BlendedPlan(
    double[] Agents, double[] ImmediateLoad, double[] ImmediateMargin, double[] Extra, double[] DeferrableWork, double[] FromIdle,
    double Peak, double AgentHours, double SeparatePeak, double SeparateAgentHours, DeferrableBand Band);
