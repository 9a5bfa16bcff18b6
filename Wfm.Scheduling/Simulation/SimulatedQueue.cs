using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>How the contacts of an interval are spread.</summary>
public enum ArrivalPattern
{
    /// <summary>Volumes are expected values; contacts arrive as a Poisson process at the interval's rate.</summary>
    Poisson,

    /// <summary>Volumes are counts, as on a sample path; each contact arrives at a random moment of its interval. Fractions are carried over.</summary>
    Counted,

    /// <summary>Evenly spaced, without chance: the discrete twin of fluid work.</summary>
    Even,
}

/// <summary>Contacts open when the horizon starts, evenly spread between two ages.</summary>
/// <param name="Contacts">Contacts, 0 or more.</param>
/// <param name="Youngest">Age of the youngest, zero or more.</param>
/// <param name="Oldest">Age of the oldest, at least <paramref name="Youngest"/>.</param>
public readonly record struct OpenContacts(int Contacts, Duration Youngest, Duration Oldest);

/// <summary>A queue whose contacts are simulated one by one: what arrives, how long it takes, what is promised, how urgent it is.</summary>
public sealed record SimulatedQueue
{
    /// <summary>Work that is answered at once. Its goal carries the threshold and the patience (exponential; endless without one).</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="volumePaths">Contacts arriving, [path][interval], at least one path, finite, 0 or more. Replication r draws on path r modulo their
    /// number.</param>
    /// <param name="ahtSeconds">Average handle time per interval of arrival, in seconds at speed 1, finite, more than 0.</param>
    /// <param name="goal">The promise.</param>
    /// <exception cref="ArgumentException">Unequal lengths or a value outside its range; the parameter's name carries the index, as in
    /// <c>volumePaths[0][17]</c>.</exception>
    public SimulatedQueue(string name, double[][] volumePaths, double[] ahtSeconds, ImmediateGoal goal)
        : this(name, volumePaths, ahtSeconds)
    {
        ArgumentNullException.ThrowIfNull(goal);
        Immediate = goal;
    }

    /// <summary>Work that may wait until a deadline. What is not due within the turnaround is due at the goal's latest; missing that is a breach.</summary>
    /// <inheritdoc cref="SimulatedQueue(string, double[][], double[], ImmediateGoal)"/>
    public SimulatedQueue(string name, double[][] volumePaths, double[] ahtSeconds, DeferrableGoal goal)
        : this(name, volumePaths, ahtSeconds)
    {
        ArgumentNullException.ThrowIfNull(goal);
        Deferrable = goal;
    }

    private SimulatedQueue(string name, double[][] volumePaths, double[] ahtSeconds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        VolumePaths = Guard.Paths(volumePaths, nameof(volumePaths), Guard.EachNonNegative);
        AhtSeconds = Guard.EachPositive(Guard.OfLength(ahtSeconds, volumePaths[0].Length, nameof(ahtSeconds)), nameof(ahtSeconds));
    }

    /// <summary>Shown in results.</summary>
    public string Name { get; }

    /// <summary>Contacts arriving, [path][interval].</summary>
    public double[][] VolumePaths { get; }

    /// <summary>Average handle time per interval of arrival, in seconds at speed 1.</summary>
    public double[] AhtSeconds { get; }

    /// <summary>The promise of immediate work; null for deferrable work.</summary>
    public ImmediateGoal? Immediate { get; private init; }

    /// <summary>The promise of deferrable work; null for immediate work.</summary>
    public DeferrableGoal? Deferrable { get; private init; }

    /// <summary>How the contacts of an interval are spread.</summary>
    public ArrivalPattern Arrivals
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw Guard.OutOfRange(nameof(Arrivals), value, "it must be Poisson, counted or even");
    }

    /// <summary>How handle times scatter about their average.</summary>
    public HandleTime HandleTime { get; init => field = Guard.NotNull(value, nameof(HandleTime)); } = HandleTime.Exponential;

    /// <summary>Severity of the harm, an index into <see cref="ServiceDiscipline.SeverityWeights"/>: 0 is harmless.</summary>
    public int Severity { get; init => field = Guard.AtLeast(value, 0, nameof(Severity)); }

    /// <summary>Reach of the harm while a contact is open (people who see it), beside the other queues; finite, more than 0. Twice the reach is twice the
    /// weight.</summary>
    public double Reach { get; init => field = Guard.Positive(value, nameof(Reach)); } = 1;

    /// <summary>Priority among live queues, 1 or more; 1 is served first. Between deadlines slack decides.</summary>
    public int Priority { get; init => field = Guard.AtLeast(value, 1, nameof(Priority)); } = 5;

    /// <summary>True when a law sets the deadline of deferrable work: it outranks an equal slack.</summary>
    public bool LegalClock { get; init; }

    /// <summary>How many contacts of this queue an agent holds at once.</summary>
    public ChatConcurrency Concurrency { get; init => field = Guard.NotNull(value, nameof(Concurrency)); } = ChatConcurrency.None;

    /// <summary>Contacts open when the horizon starts; deferrable work only.</summary>
    public IReadOnlyList<OpenContacts> OpeningBacklog
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count > 0 && Deferrable is null)
                throw Guard.OutOfRange(nameof(OpeningBacklog), value.Count, $"{Name} is immediate work, nobody waits from the day before");
            for (var i = 0; i < value.Count; i++)
            {
                Guard.AtLeast(value[i].Contacts, 0, $"OpeningBacklog[{i}].Contacts");
                Guard.NonNegative(value[i].Youngest, $"OpeningBacklog[{i}].Youngest");
                if (value[i].Oldest < value[i].Youngest)
                {
                    throw Guard.OutOfRange($"OpeningBacklog[{i}].Oldest", value[i].Oldest, $"it must be at least the youngest age, {value[i].Youngest}");
                }
            }
            field = value;
        }
    } = [];

    /// <summary>Per interval: whether the clock of a goal that stops when closed runs; null for always. Before and after the horizon it runs.</summary>
    public bool[]? Open
    {
        get;
        init => field = value is null ? null : Guard.OfLength(value, AhtSeconds.Length, nameof(Open));
    }

    /// <summary>Number of its random numbers; <see langword="null"/> for its place in the scenario. The same number, the same contacts, whatever queues stand
    /// beside it.</summary>
    internal int? Stream { get; init; }

    /// <summary>When the opening backlog was counted: it is there from then on. Zero for the start of the horizon.</summary>
    internal Duration EntersAt { get; init => field = Guard.NonNegative(value, nameof(EntersAt)); }

    /// <summary>The share promised in time; <see langword="null"/> where the goal names none.</summary>
    internal double? PromisedShare => Deferrable?.Fraction ?? Immediate?.ServiceLevel;

    /// <summary>The share in time with which a period keeps the promise; <see langword="null"/> where the goal names none.</summary>
    internal double? JudgedShare => Deferrable?.JudgedFraction ?? Immediate?.ServiceLevel;

    /// <summary>The same queue with another share promised in time; all other targets stay.</summary>
    internal SimulatedQueue Promising(double share) =>
        Deferrable is { } later
            ? this with
            {
                Deferrable = new DeferrableGoal(
                    later.Turnaround, share, later.LatestIsPromised ? later.Latest : null, later.ClockStopsWhenClosed, ActionFraction: later.ActionFraction),
            }
        : this with
        {
            Immediate = new ImmediateGoal(
                share, Immediate!.Threshold, Immediate.MaximumAsa, Immediate.MaximumOccupancy, Immediate.MaximumAbandonment, Immediate.MeanPatience),
        };
}
