using NodaTime;

namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>Open work that arrived before the horizon, spread evenly between two ages.</summary>
public sealed record AgedBacklog
{
    /// <summary>Checks ages and hours.</summary>
    /// <param name="youngest">Age of the youngest piece when the horizon starts, zero or more.</param>
    /// <param name="oldest">Age of the oldest piece, at least <paramref name="youngest"/>.</param>
    /// <param name="hours">Handle time to be worked, in hours, finite, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public AgedBacklog(Duration youngest, Duration oldest, double hours)
    {
        Youngest = Guard.NonNegative(youngest);
        Oldest = oldest >= youngest ? oldest : throw Guard.OutOfRange(nameof(oldest), oldest, $"it must be at least the youngest age, {youngest}");
        Hours = Guard.NonNegative(hours);
    }

    /// <summary>Age of the youngest piece when the horizon starts.</summary>
    public Duration Youngest { get; }

    /// <summary>Age of the oldest piece when the horizon starts.</summary>
    public Duration Oldest { get; }

    /// <summary>Handle time to be worked, in hours.</summary>
    public double Hours { get; }
}

/// <summary>One deadline class: work that arrives over the horizon and is due a fixed time after its arrival.</summary>
public sealed record DeferrableClass
{
    /// <summary>Checks the class.</summary>
    /// <param name="name">Shown in results, not empty.</param>
    /// <param name="arrivingHours">Work arriving per interval in hours (volume × AHT ÷ 3600), spread evenly over the interval; finite, 0 or more.</param>
    /// <param name="turnaround">Time from arrival to the deadline, more than zero.</param>
    /// <param name="openingBacklog">Work open when the horizon starts, with its ages; null for none.</param>
    /// <param name="clockStopsWhenClosed">True when the turnaround counts open hours only.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public DeferrableClass(
        string name, double[] arrivingHours, Duration turnaround, IReadOnlyList<AgedBacklog>? openingBacklog = null, bool clockStopsWhenClosed = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        ArrivingHours = Guard.EachNonNegative(Guard.Filled(arrivingHours, nameof(arrivingHours)), nameof(arrivingHours));
        Turnaround = Guard.Positive(turnaround);
        OpeningBacklog = openingBacklog ?? [];
        for (var b = 0; b < OpeningBacklog.Count; b++) ArgumentNullException.ThrowIfNull(OpeningBacklog[b], $"{nameof(openingBacklog)}[{b}]");
        ClockStopsWhenClosed = clockStopsWhenClosed;
    }

    /// <summary>Shown in results.</summary>
    public string Name { get; }

    /// <summary>Work arriving per interval, in hours.</summary>
    public double[] ArrivingHours { get; }

    /// <summary>Time from arrival to the deadline.</summary>
    public Duration Turnaround { get; }

    /// <summary>Work open when the horizon starts.</summary>
    public IReadOnlyList<AgedBacklog> OpeningBacklog { get; }

    /// <summary>True when the turnaround counts open hours only.</summary>
    public bool ClockStopsWhenClosed { get; }

    /// <summary>How much its deadlines weigh against those of other classes (<see cref="ServiceDiscipline"/>); equal claims are earliest deadline
    /// first.</summary>
    public DeadlineClaim Claim
    {
        get;
        init => field = value.Weight > 0 && double.IsFinite(value.Weight) ? value
            : throw Guard.OutOfRange(nameof(Claim), value.Weight, "its weight must be finite and more than 0");
    } = DeadlineClaim.Plain;
}
