using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>One deferrable queue over a horizon, with its uncertainty as sample paths. Checked once: an instance is a proof.</summary>
public sealed record DeferrableWork
{
    /// <summary>Checks lengths and ranges.</summary>
    /// <param name="VolumePaths">Contacts arriving, [path][interval], at least one path, finite, 0 or more.</param>
    /// <param name="AhtSeconds">Average handle time per interval in seconds, finite, more than 0.</param>
    /// <param name="Interval">Length of an interval, more than zero.</param>
    /// <param name="Goal">Turnaround and the share due within it.</param>
    /// <param name="Shrinkage">Share of paid time without work per interval, at least 0 and less than 1.</param>
    /// <param name="Open">Per interval: whether anybody works.</param>
    /// <param name="OpeningBacklogContacts">Contacts open at the start, 0 or more; taken to be evenly aged between nothing and their turnaround, with the first
    /// interval's AHT.</param>
    /// <param name="MinimumHeads">Agents in every open interval at least, 0 or more. Raising the smoothest plan to it is also the cheapest way to respect
    /// it.</param>
    /// <param name="ClosingBacklogContacts">Contacts that may be left at the end; null for as many as at the start, so that a horizon does its own
    /// work.</param>
    /// <param name="AhtPaths">Handle time in seconds, [path][interval], when it is uncertain too; null when it is <paramref name="AhtSeconds"/> on every
    /// path.</param>
    /// <exception cref="ArgumentException">Unequal lengths or a value outside its range; the parameter's name carries the index, as in
    /// <c>VolumePaths[2][17]</c>.</exception>
    public DeferrableWork(
        double[][] VolumePaths, double[] AhtSeconds, Duration Interval, DeferrableGoal Goal, double[] Shrinkage, bool[] Open,
        double OpeningBacklogContacts = 0, int MinimumHeads = 0, double? ClosingBacklogContacts = null, double[][]? AhtPaths = null)
    {
        this.VolumePaths = Guard.Paths(VolumePaths, nameof(VolumePaths), Guard.EachNonNegative);
        var intervals = VolumePaths[0].Length;
        this.AhtSeconds = Guard.EachPositive(Guard.OfLength(AhtSeconds, intervals, nameof(AhtSeconds)), nameof(AhtSeconds));
        this.Interval = Guard.Positive(Interval);
        ArgumentNullException.ThrowIfNull(Goal);
        this.Goal = Goal;
        this.Shrinkage = Guard.EachBelowOne(Guard.OfLength(Shrinkage, intervals, nameof(Shrinkage)), nameof(Shrinkage));
        this.Open = Guard.OfLength(Open, intervals, nameof(Open));
        this.OpeningBacklogContacts = Guard.NonNegative(OpeningBacklogContacts);
        this.MinimumHeads = Guard.AtLeast(MinimumHeads, 0);
        this.ClosingBacklogContacts = ClosingBacklogContacts is { } closing ? Guard.NonNegative(closing, nameof(ClosingBacklogContacts)) : null;
        this.AhtPaths = AhtPaths is null ? null : Guard.MatchingPaths(AhtPaths, VolumePaths, nameof(AhtPaths));
        CheckLoads();
    }

    /// <summary>Contacts arriving, [path][interval].</summary>
    public double[][] VolumePaths { get; }

    /// <summary>Average handle time per interval in seconds.</summary>
    public double[] AhtSeconds { get; }

    /// <summary>Length of an interval.</summary>
    public Duration Interval { get; }

    /// <summary>Turnaround and the share due within it.</summary>
    public DeferrableGoal Goal { get; }

    /// <summary>Share of paid time without work, per interval.</summary>
    public double[] Shrinkage { get; }

    /// <summary>Per interval: whether anybody works.</summary>
    public bool[] Open { get; }

    /// <summary>Contacts open at the start.</summary>
    public double OpeningBacklogContacts { get; }

    /// <summary>Agents in every open interval at least.</summary>
    public int MinimumHeads { get; }

    /// <summary>Contacts that may be left at the end; null for as many as at the start.</summary>
    public double? ClosingBacklogContacts { get; }

    /// <summary>Handle time in seconds, [path][interval], or null.</summary>
    public double[][]? AhtPaths { get; }

    private void CheckLoads()
    {
        var seconds = Interval.TotalSeconds;
        for (var p = 0; p < VolumePaths.Length; p++)
        {
            var aht = AhtPaths is null ? AhtSeconds : AhtPaths[p];
            for (var i = 0; i < aht.Length; i++)
            {
                Guard.LoadOf(VolumePaths[p][i], aht[i], seconds, nameof(VolumePaths), p, i);
            }
        }
    }
}
