using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>What is promised to work that may wait (tickets, moderation, e-mail, back office): a share of it is done within a turnaround.</summary>
/// <remarks>
/// Requirement, simulation, probability and proof read the promise in one way: a period keeps it when <see cref="JudgedFraction"/> of its contacts are done in
/// time, and a contact is done at the deed (<see cref="ActionFraction"/>).
/// </remarks>
public sealed record DeferrableGoal
{
    /// <summary>What a promise of all contacts is judged by unless the goal says otherwise: up to a thousand contacts none may be late. No number of people
    /// keeps a promise of all for ever, because contacts come at random and take as long as they take; so the share is said.</summary>
    public const double AllOfThem = 0.999;

    /// <summary>Checks the promise.</summary>
    /// <param name="Turnaround">Time from arrival to the deadline, more than zero.</param>
    /// <param name="Fraction">Share of contacts due within the turnaround, more than 0 and at most 1.</param>
    /// <param name="Latest">When the rest is due, more than the turnaround; null for twice the turnaround. Work that is never due would never be
    /// staffed.</param>
    /// <param name="ClockStopsWhenClosed">True when the turnaround counts open hours only; a legal clock usually runs on.</param>
    /// <param name="JudgedFraction">Share at which a promise of all contacts is staffed and judged, more than 0 and at most 1; null for
    /// <see cref="AllOfThem"/>. A promise of less is judged as it stands and takes none.</param>
    /// <param name="ActionFraction">Share of the handle time after which what is promised is done, more than 0 and at most 1; the rest is writing it
    /// down. 1 when the contact is done at the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public DeferrableGoal(
        Duration Turnaround, double Fraction, Duration? Latest = null, bool ClockStopsWhenClosed = false, double? JudgedFraction = null,
        double ActionFraction = 1)
    {
        this.Turnaround = Guard.Positive(Turnaround);
        this.Fraction = Guard.UpToOne(Fraction);
        if (Latest is { } latest && latest <= Turnaround)
            throw Guard.OutOfRange(nameof(Latest), latest, $"it must be later than the turnaround of {Turnaround}");
        this.Latest = Latest ?? 2 * Turnaround;
        LatestIsPromised = Latest is not null;
        this.ClockStopsWhenClosed = ClockStopsWhenClosed;
        if (JudgedFraction is { } judged && Fraction < 1)
            throw Guard.OutOfRange(nameof(JudgedFraction), judged, $"a promise of {Fraction} is judged as it stands");
        this.JudgedFraction = Fraction < 1 ? Fraction : Guard.UpToOne(JudgedFraction ?? AllOfThem, nameof(JudgedFraction));
        this.ActionFraction = Guard.UpToOne(ActionFraction);
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

    /// <summary>Share of the contacts of a period that must be done in time for it to keep the promise: <see cref="Fraction"/>, or what a promise of all is
    /// judged by.</summary>
    public double JudgedFraction { get; }

    /// <summary>Share of the handle time after which what is promised is done.</summary>
    public double ActionFraction { get; }
}
