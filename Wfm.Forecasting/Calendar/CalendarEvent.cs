using NodaTime;

namespace Wfm.Forecasting.Calendar;

/// <summary>Something that moves volume away from its usual pattern: a holiday, a campaign, an outage, a crisis.</summary>
public sealed record CalendarEvent
{
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
}
