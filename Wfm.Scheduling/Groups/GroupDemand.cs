using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Groups;

/// <summary>From the requirements of queues to the demand of the skill groups that cover them.</summary>
public static class GroupDemand
{
    private const int LeastUrgent = 5; // priorities from here on weigh the same
    private const double UrgencyStep = 0.5;

    /// <summary>Length of the intervals of a hub without requirement.</summary>
    public static readonly Duration DefaultInterval = Duration.FromMinutes(30);

    /// <summary>The interval of a roster: that of the finest requirement.</summary>
    /// <param name="queues">Requirements; may be empty.</param>
    public static Duration Interval(IEnumerable<QueueRequirement> queues)
    {
        ArgumentNullException.ThrowIfNull(queues);
        return queues.Select(q => q.Interval).DefaultIfEmpty(DefaultInterval).Min();
    }

    /// <summary>One demand line a group, in order of the groups' names.</summary>
    /// <param name="queues">Requirements at one risk level.</param>
    /// <param name="intervals">The roster's intervals.</param>
    public static IReadOnlyList<DemandLine> Lines(IEnumerable<QueueRequirement> queues, DemandIntervals intervals)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(intervals);
        return [.. queues.GroupBy(q => q.Group).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Line([.. g], intervals))];
    }

    /// <summary>Missing heads cost more where the most urgent queue of a group is more urgent: priority 1 three times as much, 5 and later once.</summary>
    /// <param name="priorities">Priorities of the group's queues, 1 is served first; at least one.</param>
    public static double Priority(IEnumerable<int> priorities) => 1 + (UrgencyStep * Math.Max(0, LeastUrgent - priorities.Min()));

    private static DemandLine Line(IReadOnlyList<QueueRequirement> queues, DemandIntervals intervals)
    {
        var (heads, busy, presence) = (new double[intervals.Count], new double[intervals.Count], new double[intervals.Count]);
        foreach (var queue in queues)
        {
            Add(heads, busy, presence, intervals, queue);
        }

        var (band, shares) = (GroupBand.Of(queues, intervals), GroupExposure.Shares(queues));
        return new DemandLine(queues[0].Group, heads, Priority(queues.Select(q => q.Priority)), shares.Length - 1)
        {
            ExposureShares = shares,
            MinimumPresence = Array.TrueForAll(presence, p => p == 0) ? null : presence,
            BusyHeads = band is null ? null : busy,
            Band = band,
        };
    }

    private static void Add(double[] heads, double[] busy, double[] presence, DemandIntervals intervals, QueueRequirement queue)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            var at = (int)Math.Floor((intervals.At(i) - queue.Start).TotalMinutes / queue.Interval.TotalMinutes);
            if (at < 0 || at >= queue.Count) continue;
            presence[i] = queue.Curve.Heads[at] > 0 ? Math.Max(presence[i], queue.MinimumHeads) : presence[i];
            if (queue.Curve.DueHours is not null) continue; // its heads are one way through the band; the solver finds its own
            heads[i] += queue.Curve.Heads[at];
            busy[i] += Busy(queue, at);
        }
    }

    /// <summary>Scheduled heads that the contacts themselves keep busy; the others wait for contacts and can do what may be put down.</summary>
    private static double Busy(QueueRequirement queue, int at)
    {
        var (heads, steps) = (queue.Curve.Heads[at], queue.Curve.Waterfall);
        var onPhone = heads - steps.Rounding[at] - steps.ShrinkageMargin[at];
        return onPhone > 0 ? Math.Min(heads, Math.Max(0, steps.Workload[at]) * (heads - steps.Rounding[at]) / onPhone) : 0;
    }
}
