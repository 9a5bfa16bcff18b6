using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>What one person could do, or several who do it together: days that change, broken by no rule.</summary>
/// <param name="Day">The day before and after; of several people that of the first.</param>
/// <param name="Start">First moment that changes.</param>
/// <param name="PaidHours">Paid hours more, below zero for fewer.</param>
/// <param name="Cost">What it costs, in paid hours: hours with their premium and the disruption of the person; below zero where it saves.</param>
public sealed record FloorStep(ChangedDay Day, Instant Start, double PaidHours, double Cost)
{
    /// <summary>Days of others who do it too.</summary>
    public IReadOnlyList<ChangedDay> Together { get; init; } = [];

    /// <summary>All days.</summary>
    public IEnumerable<ChangedDay> Days => Together.Prepend(Day);

    /// <summary>The same as an edit.</summary>
    public IEnumerable<DayEdit> Edits => Days.Select(d => new DayEdit(d.AgentId, d.Date, d.After));
}
