namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>The requirement of a skill group: one number of people for all its queues, and the share of each queue in it.</summary>
/// <remarks>
/// <para>
/// Live queues are one pool with priorities (<see cref="PooledStaffing"/>); chats of which an agent holds several keep agents from live work that needs
/// them alone, also while some of their slots are empty. Deferrable queues are one pool served by deadline (<see cref="ServiceDiscipline"/>): the first k
/// classes by urgency
/// need N(k) agents in an interval, and a queue's share is what it adds, N(k) − N(k − 1). Of one queue with a short clock that is the queue of its own
/// (<see cref="ShortClock"/>); behind others it may be less than its load, because it uses the time the margin of the shorter clocks leaves.
/// </para>
/// <para>
/// What a deferrable queue adds is time at work that must be there within its turnaround, less a part that is left for chance: the band of
/// <see cref="RiskStaffing"/>, with the margin in its hours. Below that it is the interval of arrival, so a very short clock is staffed like a call; for a
/// clock of days the margin is nothing, and the band is the fluid's. Live work does not count on the time of deferrable work, nor the other way round: who is
/// to use idle time is the roster's and <see cref="Blending.BlendedStaffing"/>'s business.
/// </para>
/// <para>
/// Live heads, with those of clocks up to an interval, are rounded to whole people once, for the group. A single live queue keeps its own requirement
/// (Erlang A with patience).
/// </para>
/// </remarks>
public static class GroupStaffing
{
    /// <summary>Checks that a queue can be staffed at all, so that one of a group that cannot be is known by name.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Looked at with every path.</param>
    /// <returns>The queue.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A volume makes more than 10,000,000 erlangs; the parameter's name carries the index.</exception>
    public static GroupedQueue Check(GroupedQueue queue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        _ = new GroupLoads([queue], cancellationToken);
        return queue;
    }

    /// <summary>The requirement of a group at a risk level.</summary>
    /// <param name="queues">Queues of the group, at least one, all over the same intervals and with the same number of paths, which belong together.</param>
    /// <param name="riskLevel">Share of the paths on which the people are enough, more than 0 and less than 1.</param>
    /// <param name="cancellationToken">Looked at at every interval.</param>
    /// <returns>One curve per queue, in their order: fractions of heads, of live queues and of clocks up to an interval adding up to whole ones.</returns>
    /// <exception cref="ArgumentException">No queue, or queues of unequal intervals, length or paths.</exception>
    public static IReadOnlyList<RequirementCurve> Require(
        IReadOnlyList<GroupedQueue> queues, double riskLevel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queues);
        if (queues.Count == 0) throw new ArgumentException("There must be at least one queue.", nameof(queues));
        for (var q = 0; q < queues.Count; q++)
        {
            ArgumentNullException.ThrowIfNull(queues[q], $"queues[{q}]");
            Guard.OfLength(queues[q].AhtSeconds, queues[0].AhtSeconds.Length, $"queues[{q}].AhtSeconds");
            if (queues[q].Interval != queues[0].Interval)
                throw Guard.OutOfRange($"queues[{q}].Interval", queues[q].Interval, $"the first queue has {queues[0].Interval}");
            if (queues[q].VolumePaths.Length != queues[0].VolumePaths.Length)
            {
                throw Guard.OutOfRange($"queues[{q}].VolumePaths", queues[q].VolumePaths.Length, $"the first queue has {queues[0].VolumePaths.Length} paths");
            }
        }
        Guard.InsideUnit(riskLevel);
        return new GroupBuild(queues, riskLevel, cancellationToken).Require();
    }
}
