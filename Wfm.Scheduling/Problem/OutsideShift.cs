using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>
/// A shift in force before or after the period: it stays as it is, and counts for rest, runs of days, weeks, averages and exposure on both sides of the
/// edge. One that reaches into the period covers demand there.
/// </summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Start">First moment: before the period, or not before its end.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Paid">Working time without unpaid breaks.</param>
/// <param name="Group">The group worked, if known.</param>
/// <param name="Template">Code of its template, if known.</param>
/// <exception cref="SchedulingDataException">The end is not after the start or more than 24 hours later, or the paid time is longer than the shift.</exception>
public sealed record OutsideShift(string AgentId, Instant Start, Instant End, Duration Paid, string? Group = null, string? Template = null)
{
    /// <summary>The agent.</summary>
    public string AgentId { get; } = Guard.Text(AgentId, "shift outside the period", nameof(AgentId));

    /// <summary>First moment after it.</summary>
    public Instant End { get; } =
        End > Start && End - Start <= Duration.FromHours(24)
            ? End
            : throw new SchedulingDataException(
                $"shift outside the period of agent '{AgentId}': it lasts from {Start} to {End}; more than 0 and up to 24 hours serve.");

    /// <summary>Working time without unpaid breaks.</summary>
    public Duration Paid { get; } =
        Guard.Minutes(Paid, Duration.Zero, End - Start, $"shift outside the period of agent '{AgentId}' at {Start}", nameof(Paid));

    /// <summary>What was done when, if known: only its work then covers demand inside the period. Left empty, the whole shift counts as work on its
    /// group.</summary>
    public IReadOnlyList<ShiftActivity> Activities { get; init; } = [];
}
