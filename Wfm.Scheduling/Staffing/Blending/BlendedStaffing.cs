using NodaTime;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Scheduling.Staffing.Blending;

/// <summary>The cheapest staffing of a group that serves immediate work first and deferrable work in the time that is left.</summary>
/// <remarks>
/// Immediate work keeps its own requirement; what it leaves idle (agents − load, the other side of occupancy) works on tickets, earliest deadline first, and
/// only what does not fit calls for further agents. Never the other way round: no deferrable deadline takes an agent from immediate work.
/// Work is a fluid: a ticket can be put aside when a contact arrives. Where it cannot, contacts wait for the end of a ticket now and then.
/// </remarks>
public static class BlendedStaffing
{
    /// <summary>The fewest agent-hours, and among these the lowest peak, with which every deferrable deadline that can be met is met.</summary>
    /// <param name="immediate">Requirement of the group's immediate work, of one queue or of a pool.</param>
    /// <param name="classes">Deadline classes of the group's deferrable work, at least one, over the same intervals.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="open">Per interval: whether anybody works.</param>
    /// <param name="usableIdle">Share of idle time that can be used for tickets, 0 to 1; below 1 for the cost of switching.</param>
    /// <param name="closingBacklogHours">Deferrable work that may be left at the end; null for all that is not yet due.</param>
    /// <returns>The plan with its parts, next to the one without blending.</returns>
    /// <exception cref="ArgumentException">No class, horizons of unequal length, or a value outside its range.</exception>
    public static BlendedPlan Plan(
        StaffingRequirement immediate, IReadOnlyList<DeferrableClass> classes, Duration interval, bool[] open, double usableIdle = 1,
        double? closingBacklogHours = null)
    {
        ArgumentNullException.ThrowIfNull(immediate);
        var problem = new DeferrableProblem(classes, interval, open);
        Guard.OfLength(immediate.Agents, open.Length, $"{nameof(immediate)}.Agents");
        if (usableIdle is not (>= 0 and <= 1))
            throw Guard.OutOfRange(nameof(usableIdle), usableIdle, "it must be at least 0 and at most 1");
        for (var i = 0; i < open.Length; i++)
        {
            if (immediate.Agents[i] > 0 && !open[i])
                throw Guard.OutOfRange($"{nameof(immediate)}.Agents[{i}]", immediate.Agents[i], "nobody works while closed");
        }
        var separate = DeferrableStaffing.Smooth(classes, interval, open, closingBacklogHours);
        var curves = problem.Curves();
        var band = problem.Band(curves);
        if (closingBacklogHours is { } closing)
            DeferrableStaffing.RaiseEnd(curves, band.ArrivedHours[^1] - closing);
        // Callers who abandon need no agent, so there may be more load than agents.
        double[] load = [.. immediate.Agents.Select((agents, i) => Math.Min(agents, immediate.Waterfall.Workload[i] + immediate.Waterfall.DeferralMargin[i]))];
        var (agents, work) = Solve(problem.Axis, curves, immediate.Agents, load, interval.TotalHours, usableIdle);
        double[] idle = [.. load.Select((busy, i) => usableIdle * (immediate.Agents[i] - busy))];
        return new BlendedPlan(
            agents, load,
            [.. load.Select((busy, i) => immediate.Agents[i] - busy)],
            [.. agents.Select((a, i) => a - immediate.Agents[i])],
            work,
            [.. work.Select((w, i) => Math.Min(w, idle[i]))],
            agents.Max(), agents.Sum() * interval.TotalHours,
            separate.Agents.Select((a, i) => a + immediate.Agents[i]).Max(),
            separate.Agents.Select((a, i) => a + immediate.Agents[i]).Sum() * interval.TotalHours,
            band);
    }

    private static (double[] Agents, double[] Work) Solve(
        OpenAxis axis, DeadlineCurve[] curves, int[] immediate, double[] load, double intervalHours, double usableIdle)
    {
        var (agents, work) = (immediate.Select(a => (double)a).ToArray(), new double[axis.Horizon]);
        if (axis.Count == 0)
            return (agents, work);
        double[] idle = new double[axis.Count];
        double[] present = new double[axis.Count];
        for (var j = 0; j < axis.Count; j++)
        {
            var i = axis.Interval(j);
            present[j] = immediate[i];
            idle[j] = usableIdle * (present[j] - load[i]);
        }
        var levels = new BlendedLevels(curves, present, idle, intervalHours);
        var found = levels.Solve();
        for (var j = 0; j < axis.Count; j++)
            (agents[axis.Interval(j)], work[axis.Interval(j)]) = (found[j], levels.Worked[j] / intervalHours);
        return (agents, work);
    }
}
