using NodaTime;

namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>A plan for deferrable work.</summary>
/// <param name="Agents">Agents working in each interval, fractional, before shrinkage; 0 while closed.</param>
/// <param name="WorkedHours">Cumulative hours worked by the end of each interval.</param>
/// <param name="Peak">The highest number of agents.</param>
/// <param name="Band">The room the plan had.</param>
public sealed record DeferrablePlan(double[] Agents, double[] WorkedHours, double Peak, DeferrableBand Band);

/// <summary>The smoothest staffing that meets every deadline: one class by the taut string, several by critical intervals under EDF.</summary>
public static class DeferrableStaffing
{
    /// <summary>Staffing with the lowest peak, and among these the most even in every convex sense, that meets all deadlines that can be met.</summary>
    /// <param name="classes">Deadline classes, at least one, over the same horizon.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="open">Per interval: whether anybody works.</param>
    /// <param name="closingBacklogHours">
    /// Work that may be left at the end. Null leaves all that is not yet due: cheapest now, paid for by the next horizon. What is due is done in any case,
    /// and what arrives after the last open interval is left in any case.
    /// </param>
    /// <returns>The plan; <see cref="DeferrableBand.FirstBreach"/> says what no plan could meet.</returns>
    /// <exception cref="ArgumentException">No class, horizons of unequal length, or a closing backlog that is negative or not finite.</exception>
    public static DeferrablePlan Smooth(IReadOnlyList<DeferrableClass> classes, Duration interval, bool[] open, double? closingBacklogHours = null)
    {
        var problem = new DeferrableProblem(classes, interval, open);
        if (closingBacklogHours is { } left) Guard.NonNegative(left, nameof(closingBacklogHours));
        var curves = problem.Curves();
        var band = problem.Band(curves);
        if (closingBacklogHours is { } closing) RaiseEnd(curves, band.ArrivedHours[^1] - closing);
        var agents = OnHorizon(Rates(curves), problem.Axis, interval.TotalHours);
        return new DeferrablePlan(agents, Worked(agents, interval.TotalHours), agents.Max(), band);
    }

    /// <summary>Hours of work per open interval.</summary>
    internal static double[] Rates(IReadOnlyList<DeadlineCurve> curves)
    {
        var m = curves[0].Due.Length - 1;
        if (m == 0) return [];
        if (curves.Count > 1) return CriticalIntervals.Rates(curves);
        var (due, arrived) = (curves[0].Due, curves[0].Arrived);
        var lower = due.Select((d, j) => Math.Min(d, arrived[j])).ToArray(); // they differ by rounding at most
        var upper = arrived.Select((a, j) => j == m ? lower[m] : Math.Min(a, lower[m])).ToArray();
        var path = TautString.Path([.. Enumerable.Range(0, m + 1).Select(j => (double)j)], lower, upper);
        return [.. Enumerable.Range(0, m).Select(j => Math.Max(0, path[j + 1] - path[j]))];
    }

    /// <summary>Raises what is due at the end until at least <paramref name="target"/> hours are worked, oldest work first.</summary>
    internal static void RaiseEnd(IReadOnlyList<DeadlineCurve> curves, double target)
    {
        var m = curves[0].Due.Length - 1;
        if (m == 0 || target <= curves.Sum(c => c.Due[m])) return;
        var s = 0;
        while (s < m && Done(s + 1) < target) s++;
        // Everything that arrived up to boundary s + share is due at the end.
        var share = s == m ? 0 : Math.Clamp((target - Done(s)) / (Done(s + 1) - Done(s)), 0, 1);
        foreach (var curve in curves)
        {
            var arrived = s == m ? curve.Arrived[m] : curve.Arrived[s] + share * (curve.Arrived[s + 1] - curve.Arrived[s]);
            curve.Due[m] = Math.Max(curve.Due[m], arrived);
        }

        double Done(int boundary) => curves.Sum(c => Math.Max(c.Due[m], c.Arrived[boundary]));
    }

    internal static double[] OnHorizon(double[] rates, OpenAxis axis, double intervalHours)
    {
        var agents = new double[axis.Horizon];
        for (var j = 0; j < rates.Length; j++) agents[axis.Interval(j)] = rates[j] / intervalHours;
        return agents;
    }

    private static double[] Worked(double[] agents, double intervalHours)
    {
        var worked = agents.Select(a => a * intervalHours).ToArray();
        DeadlineCurve.Accumulate(worked);
        return worked;
    }
}
