namespace Wfm.Scheduling.Staffing;

/// <summary>How each interval gets from its volume to its heads. All arrays have one value per interval; all but the volume are in heads.</summary>
/// <remarks>
/// Workload + Deferral + Queueing + Occupancy + Minimum = agents on the phone; + Shrinkage = scheduled heads; + Rounding = heads. A margin may be
/// negative: work done in a later interval, callers who abandon and need no agent.
/// </remarks>
/// <param name="Volume">Contacts offered at the stated risk level.</param>
/// <param name="Workload">Volume × AHT ÷ interval, in agents who are never idle (erlangs; with chat concurrency erlangs of slots ÷ slots).</param>
/// <param name="DeferralMargin">
/// Work moved into (+) or out of (−) the interval: deferrable work by its deadline, immediate work because contacts last into the next interval
/// (<see cref="ModifiedOfferedLoad"/>).
/// </param>
/// <param name="QueueingMargin">Agents above the workload because contacts arrive at random and are promised a short wait. Less than zero for deferrable
/// work that uses the time such a margin of other queues of the group leaves.</param>
/// <param name="OccupancyMargin">Further agents that keep occupancy below its cap.</param>
/// <param name="MinimumMargin">Further agents up to the minimum staffing of an open interval.</param>
/// <param name="ShrinkageMargin">Further heads for paid time in which nobody takes work: agents ÷ (1 − shrinkage) − agents.</param>
/// <param name="Rounding">Up to the next whole head, of a group its share; zeros for deferrable work that can wait longer than an interval.</param>
public sealed record Waterfall(
    double[] Volume,
    double[] Workload,
    double[] DeferralMargin,
    double[] QueueingMargin,
    double[] OccupancyMargin,
    double[] MinimumMargin,
    double[] ShrinkageMargin,
    double[] Rounding)
{
    internal Waterfall(int intervals)
        : this(New(intervals), New(intervals), New(intervals), New(intervals), New(intervals), New(intervals), New(intervals), New(intervals))
    {
    }

    /// <summary>Agents on the phone in each interval: the sum of the steps up to the minimum staffing.</summary>
    /// <returns>A new array.</returns>
    public double[] Agents() =>
        [.. Workload.Select((workload, i) => workload + DeferralMargin[i] + QueueingMargin[i] + OccupancyMargin[i] + MinimumMargin[i])];

    private static double[] New(int intervals) => new double[intervals];
}
