using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>What one person could do: a day that changes, broken by no rule.</summary>
/// <param name="Day">The day before and after.</param>
/// <param name="Start">First moment that changes.</param>
/// <param name="PaidHours">Paid hours more, below zero for fewer.</param>
/// <param name="Cost">What it costs, in paid hours: hours with their premium and the disruption of the person; below zero where it saves.</param>
public sealed record FloorStep(ChangedDay Day, Instant Start, double PaidHours, double Cost)
{
    /// <summary>The same as an edit.</summary>
    public DayEdit Edit => new(Day.AgentId, Day.Date, Day.After);
}
