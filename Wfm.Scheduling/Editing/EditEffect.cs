using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Editing;

/// <summary>What an edit does to a roster.</summary>
/// <param name="Days">The days that change, by person and date.</param>
/// <param name="Broken">Hard rules that the edit breaks, or breaks further than they were. What was broken before and is not made worse is left out.</param>
/// <param name="Missed">Minima owed rather than limits, such as presence on a group, that are missed further than before.</param>
/// <param name="Before">The soft cost in parts before it.</param>
/// <param name="After">The same after it.</param>
/// <param name="Coverage">Coverage where it changes, by group.</param>
/// <param name="People">The people whose days change, before and after.</param>
public sealed record EditEffect(
    IReadOnlyList<ChangedDay> Days, IReadOnlyList<Violation> Broken, IReadOnlyList<Violation> Missed, RosterScore Before, RosterScore After,
    IReadOnlyList<ChangedCoverage> Coverage, IReadOnlyList<EditedPerson> People);

/// <summary>Heads of one group from the first interval that an edit changes to the last.</summary>
/// <param name="Group">The group.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="Required">Heads required per interval.</param>
/// <param name="Before">Heads scheduled per interval before the edit.</param>
/// <param name="After">The same after it.</param>
public sealed record ChangedCoverage(string Group, Instant Start, double[] Required, double[] Before, double[] After);

/// <summary>What a person's days of the period add up to.</summary>
/// <param name="PaidHours">Paid hours.</param>
/// <param name="Shifts">Shifts.</param>
/// <param name="Nights">Night shifts: three hours or more in the night of the objective.</param>
/// <param name="Weekends">Weekends of which a day is worked.</param>
/// <param name="ExposureMinutes">Minutes of work × exposure class of what they are worked on.</param>
public sealed record PersonFigures(double PaidHours, int Shifts, int Nights, int Weekends, double ExposureMinutes);

/// <summary>A person whose days an edit changes.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Before">The figures before it.</param>
/// <param name="After">The figures after it.</param>
/// <param name="Cost">Change of what the person's days cost by themselves: contract hours, wishes, steady starts, fair shares.</param>
public sealed record EditedPerson(string AgentId, PersonFigures Before, PersonFigures After, double Cost);
