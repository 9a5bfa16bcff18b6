using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Editing;

/// <summary>What a day of a person becomes.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Date">The local date.</param>
/// <param name="Shift">The shift that starts on it; <see langword="null"/> for a day off.</param>
public sealed record DayEdit(string AgentId, LocalDate Date, RosterShift? Shift);

/// <summary>A day of a person before and after an edit.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Date">The local date.</param>
/// <param name="Before">The shift it had; <see langword="null"/> for a day off.</param>
/// <param name="After">The shift it has; <see langword="null"/> for a day off.</param>
public sealed record ChangedDay(string AgentId, LocalDate Date, RosterShift? Before, RosterShift? After);
