using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A shift worked before the period: it counts for rest, runs of days, averages, exposure and, when it reaches into the period, coverage.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Start">First moment, before the period.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Paid">Working time without unpaid breaks.</param>
/// <param name="Group">The group worked, if known.</param>
/// <param name="Template">Code of its template, if known.</param>
/// <exception cref="SchedulingDataException">The end is not after the start or more than 24 hours later, or the paid time is longer than the shift.</exception>
public sealed record PastShift(string AgentId, Instant Start, Instant End, Duration Paid, string? Group = null, string? Template = null)
{
    /// <summary>The agent.</summary>
    public string AgentId { get; } = Guard.Text(AgentId, "past shift", nameof(AgentId));

    /// <summary>First moment after it.</summary>
    public Instant End { get; } = End > Start && End - Start <= Duration.FromHours(24) ? End
        : throw new SchedulingDataException($"past shift of agent '{AgentId}': it lasts from {Start} to {End}; more than 0 and up to 24 hours serve.");

    /// <summary>Working time without unpaid breaks.</summary>
    public Duration Paid { get; } = Guard.Minutes(Paid, Duration.Zero, End - Start, $"past shift of agent '{AgentId}' at {Start}", nameof(Paid));

    /// <summary>What was done when, if known: only its work then covers demand inside the period. Left empty, the whole shift counts as work on its group.</summary>
    public IReadOnlyList<ShiftActivity> Activities { get; init; } = [];
}

/// <summary>A day of an agent that the solver must leave as it is.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Date">The local date.</param>
/// <param name="Shift">The shift on that date; <see langword="null"/> pins a day off.</param>
/// <remarks>A pinned shift stays even if it breaks a rule; the breach is reported, and the solver adds nothing to it.</remarks>
/// <exception cref="SchedulingDataException">The shift belongs to another agent or date.</exception>
public sealed record PinnedShift(string AgentId, LocalDate Date, RosterShift? Shift)
{
    /// <summary>The agent.</summary>
    public string AgentId { get; } = Guard.Text(AgentId, "pinned shift", nameof(AgentId));

    /// <summary>The shift on that date.</summary>
    public RosterShift? Shift { get; } = Shift is null || (Shift.AgentId == AgentId && Shift.Date == Date) ? Shift : throw new SchedulingDataException(
        $"pinned shift of agent '{AgentId}' on {Date}: the shift is that of agent '{Shift.AgentId}' on {Shift.Date}.");
}
