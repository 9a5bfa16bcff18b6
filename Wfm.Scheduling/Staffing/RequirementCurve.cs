namespace Wfm.Scheduling.Staffing;

/// <summary>Heads per interval at a stated risk level, with the reasons.</summary>
/// <param name="RiskLevel">Probability that what is stated suffices, interval by interval, in (0, 1).</param>
/// <param name="Waterfall">The steps from volume to heads; they add up to <paramref name="Heads"/>.</param>
/// <param name="Heads">Scheduled heads per interval, after shrinkage: whole for immediate work by itself, fractional for deferrable work and within a
/// group.</param>
/// <param name="DueHours">Deferrable work only: hours that must be worked by the end of each interval, since the start; within a group with the margin for
/// chance.</param>
/// <param name="ArrivedHours">Deferrable work only: hours that can be worked by the end of each interval, opening backlog included.</param>
/// <param name="FirstBreach">Deferrable work only: the first deadline no staffing can meet; null when there is none.</param>
public sealed record RequirementCurve(
    double RiskLevel, Waterfall Waterfall, double[] Heads, double[]? DueHours, double[]? ArrivedHours, StaffingBreach? FirstBreach);
