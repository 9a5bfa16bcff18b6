using NodaTime;

namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>One queue of a skill group, live or deferrable. Checked once: an instance is a proof.</summary>
public sealed record GroupedQueue
{
    /// <summary>A live queue.</summary>
    /// <param name="name">Shown in messages, not empty.</param>
    /// <param name="live">Its work. Where the group has several live queues, they are taken to be patient, which errs on the
    /// safe side.</param>
    /// <param name="priority">1 or more; of live queues the lower number is served first.</param>
    /// <exception cref="ArgumentException">An argument is missing or outside its range.</exception>
    public GroupedQueue(string name, ImmediateWork live, int priority = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(live);
        (Name, Live, Priority) = (name, live, Guard.AtLeast(priority, 1));
    }

    /// <summary>A deferrable queue.</summary>
    /// <param name="name">Shown in messages, not empty.</param>
    /// <param name="deferrable">Its work. All of it is due within the turnaround; the share promised says how often chance may be against it.</param>
    /// <param name="claim">How much its deadlines weigh; null for those of an internal clock without severity.</param>
    /// <exception cref="ArgumentException">An argument is missing or outside its range.</exception>
    public GroupedQueue(string name, DeferrableWork deferrable, DeadlineClaim? claim = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(deferrable);
        (Name, Deferrable, Claim) = (name, deferrable, claim ?? DeadlineClaim.Plain);
        if (!(Claim.Weight > 0 && double.IsFinite(Claim.Weight)))
            throw Guard.OutOfRange(nameof(claim), Claim.Weight, "its weight must be finite and more than 0");
    }

    /// <summary>Shown in messages.</summary>
    public string Name { get; }

    /// <summary>The work of a live queue; null for a deferrable one.</summary>
    public ImmediateWork? Live { get; }

    /// <summary>The work of a deferrable queue; null for a live one.</summary>
    public DeferrableWork? Deferrable { get; }

    /// <summary>Priority of a live queue.</summary>
    public int Priority { get; } = 1;

    /// <summary>How much the deadlines of a deferrable queue weigh.</summary>
    public DeadlineClaim Claim { get; } = DeadlineClaim.Plain;

    internal Duration Interval => Live?.Interval ?? Deferrable!.Interval;

    internal double[][] VolumePaths => Live?.VolumePaths ?? Deferrable!.VolumePaths;

    internal double[] AhtSeconds => Live?.AhtSeconds ?? Deferrable!.AhtSeconds;

    internal double[] Shrinkage => Live?.Shrinkage ?? Deferrable!.Shrinkage;

    internal bool[] Open => Live?.Open ?? Deferrable!.Open;

    internal int MinimumHeads => Live?.MinimumHeads ?? Deferrable!.MinimumHeads;
}
