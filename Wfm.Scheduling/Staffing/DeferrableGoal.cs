using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>What is promised to work that may wait (tickets, moderation, e-mail, back office): a share of it is done within a turnaround.</summary>
public sealed record DeferrableGoal
{
    /// <summary>Checks the promise.</summary>
    /// <param name="Turnaround">Time from arrival to the deadline, more than zero.</param>
    /// <param name="Fraction">Share of contacts due within the turnaround, more than 0 and at most 1.</param>
    /// <param name="Latest">When the rest is due, more than the turnaround; null for twice the turnaround. Work that is never due would never be
    /// staffed.</param>
    /// <param name="ClockStopsWhenClosed">True when the turnaround counts open hours only; a legal clock usually runs on.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public DeferrableGoal(Duration Turnaround, double Fraction, Duration? Latest = null, bool ClockStopsWhenClosed = false)
    {
        this.Turnaround = Guard.Positive(Turnaround);
        this.Fraction = Guard.UpToOne(Fraction);
        if (Latest is { } latest && latest <= Turnaround)
            throw Guard.OutOfRange(nameof(Latest), latest, $"it must be later than the turnaround of {Turnaround}");
        this.Latest = Latest ?? 2 * Turnaround;
        LatestIsPromised = Latest is not null;
        this.ClockStopsWhenClosed = ClockStopsWhenClosed;
    }

    /// <summary>Time from arrival to the deadline.</summary>
    public Duration Turnaround { get; }

    /// <summary>Share of contacts due within the turnaround.</summary>
    public double Fraction { get; }

    /// <summary>When the remaining share is due.</summary>
    public Duration Latest { get; }

    /// <summary>Whether <see cref="Latest"/> is part of the promise; false where it only keeps the rest from being left for ever.</summary>
    public bool LatestIsPromised { get; }

    /// <summary>True when the turnaround counts open hours only.</summary>
    public bool ClockStopsWhenClosed { get; }
}
