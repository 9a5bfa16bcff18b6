using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>One immediate queue over a horizon, with its uncertainty as sample paths. Checked once: an instance is a proof.</summary>
public sealed record ImmediateWork
{
    /// <summary>Checks lengths and ranges.</summary>
    /// <param name="VolumePaths">Contacts offered, [path][interval], at least one path, finite, 0 or more.</param>
    /// <param name="AhtSeconds">Average handle time per interval in seconds, finite, more than 0.</param>
    /// <param name="Interval">Length of an interval, more than zero.</param>
    /// <param name="Goal">Targets, all met at once.</param>
    /// <param name="Shrinkage">Share of paid time without work per interval, at least 0 and less than 1.</param>
    /// <param name="Open">Per interval: whether contacts are answered.</param>
    /// <param name="MinimumHeads">Agents on the phone in every open interval at least, 0 or more.</param>
    /// <param name="Concurrency">Contacts an agent handles at once, 1 or more.</param>
    /// <param name="InflationPerSlot">Relative growth of the handle time per further slot, 0 to 1.</param>
    /// <param name="AhtPaths">Handle time in seconds, [path][interval], when it is uncertain too; null when it is <paramref name="AhtSeconds"/> on every
    /// path.</param>
    /// <exception cref="ArgumentException">Unequal lengths or a value outside its range; the parameter's name carries the index, as in
    /// <c>VolumePaths[2][17]</c>.</exception>
    public ImmediateWork(
        double[][] VolumePaths, double[] AhtSeconds, Duration Interval, ImmediateGoal Goal, double[] Shrinkage, bool[] Open,
        int MinimumHeads = 0, int Concurrency = 1, double InflationPerSlot = 0, double[][]? AhtPaths = null)
    {
        this.VolumePaths = Guard.Paths(VolumePaths, nameof(VolumePaths), Guard.EachNonNegative);
        var intervals = VolumePaths[0].Length;
        this.AhtSeconds = Guard.EachPositive(Guard.OfLength(AhtSeconds, intervals, nameof(AhtSeconds)), nameof(AhtSeconds));
        this.Interval = Guard.Positive(Interval);
        ArgumentNullException.ThrowIfNull(Goal);
        this.Goal = Goal;
        this.Shrinkage = Guard.EachBelowOne(Guard.OfLength(Shrinkage, intervals, nameof(Shrinkage)), nameof(Shrinkage));
        this.Open = Guard.OfLength(Open, intervals, nameof(Open));
        this.MinimumHeads = Guard.AtLeast(MinimumHeads, 0);
        Chat = new ChatConcurrency(Guard.AtLeast(Concurrency, 1), InflationPerSlot);
        this.AhtPaths = AhtPaths is null ? null : Guard.MatchingPaths(AhtPaths, VolumePaths, nameof(AhtPaths));
    }

    /// <summary>Contacts offered, [path][interval].</summary>
    public double[][] VolumePaths { get; }

    /// <summary>Average handle time per interval in seconds.</summary>
    public double[] AhtSeconds { get; }

    /// <summary>Length of an interval.</summary>
    public Duration Interval { get; }

    /// <summary>Targets.</summary>
    public ImmediateGoal Goal { get; }

    /// <summary>Share of paid time without work, per interval.</summary>
    public double[] Shrinkage { get; }

    /// <summary>Per interval: whether contacts are answered.</summary>
    public bool[] Open { get; }

    /// <summary>Agents on the phone in every open interval at least.</summary>
    public int MinimumHeads { get; }

    /// <summary>Contacts an agent handles at once.</summary>
    public int Concurrency => Chat.Slots;

    /// <summary>Relative growth of the handle time per further slot.</summary>
    public double InflationPerSlot => Chat.InflationPerSlot;

    /// <summary>Handle time in seconds, [path][interval], or null.</summary>
    public double[][]? AhtPaths { get; }

    internal ChatConcurrency Chat { get; }

    internal ImmediateModel Model() => new(Goal, Chat);

    /// <summary>The load of every path, in erlangs of slots.</summary>
    internal PathLoads Loads(CancellationToken cancellationToken) => new(this, cancellationToken);
}
