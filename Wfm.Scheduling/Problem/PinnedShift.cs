using NodaTime;

namespace Wfm.Scheduling.Problem;

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
