using NodaTime;

namespace Wfm.Forecasting.Calendar;

/// <summary>Something that moves volume away from its usual pattern: a holiday, a campaign, a payday, an outage, a crisis.</summary>
public sealed record CalendarEvent
{
    private readonly double _magnitude = 1;

    /// <summary>Creates an event.</summary>
    /// <param name="kind">What sort of event, such as <c>christmas</c> or <c>outage</c>; effects are learned by kind, case-sensitive.</param>
    /// <param name="start">First instant.</param>
    /// <param name="end">End, exclusive, after <paramref name="start"/>.</param>
    /// <param name="repeats">
    /// Whether earlier events of the kind tell about later ones. <see langword="false"/> for an outage or a crisis: its history is only left out.
    /// </param>
    /// <exception cref="ArgumentException">The kind is blank, or the end is not after the start.</exception>
    public CalendarEvent(string kind, Instant start, Instant end, bool repeats = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (end <= start)
        {
            throw new ArgumentException($"The event '{kind}' ends at {end}, which is not after its start {start}.", nameof(end));
        }

        (Kind, Start, End, Repeats) = (kind, start, end, repeats);
    }

    /// <summary>What sort of event; effects are learned by kind.</summary>
    public string Kind { get; }

    /// <summary>First instant.</summary>
    public Instant Start { get; }

    /// <summary>End, exclusive.</summary>
    public Instant End { get; }

    /// <summary>Whether earlier events of the kind tell about later ones.</summary>
    public bool Repeats { get; }

    /// <summary>
    /// Whether it jumps and then dies away, like a crisis. When it has begun before the end of the history and ends after it, its course so far says how
    /// the forecast comes down to the usual; otherwise it is only left out of the history. Nothing is learned from it for others of its kind.
    /// </summary>
    public bool Decays { get; init; }

    /// <summary>How much of it there is, in a unit of the kind, above 0: the effect on the logarithm of the volume is proportional to it. Mails sent
    /// for a campaign, salaries paid on a payday; 1 where occurrences are alike.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public double Magnitude
    {
        get => _magnitude;
        init => _magnitude = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The magnitude of the event '{Kind}' must be a finite number above 0.");
    }

    /// <summary>Whether its effect is learned from earlier ones and applied to later ones.</summary>
    internal bool IsLearned => Repeats && !Decays;
}
