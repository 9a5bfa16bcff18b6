using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>Something that can be done now: one kind of action about one gap, by as many people as it pays for.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Gap">What it is about.</param>
/// <param name="Steps">What people would do, the one with most effect first; together they break no rule.</param>
/// <param name="MissingHours">Change of missing head-hours of all groups in the rest of the day; below zero it fills.</param>
/// <param name="PaidHours">Change of paid hours.</param>
/// <param name="Cost">What it costs in paid hours, premiums and disruption included; below zero where it saves.</param>
/// <param name="Worth">Missing head-hours taken away at their price, less the cost.</param>
/// <param name="Notice">From now to the first moment that changes.</param>
public sealed record FloorAction(
    FloorActionKind Kind, FloorGap Gap, IReadOnlyList<FloorStep> Steps, double MissingHours, double PaidHours, double Cost, double Worth, Duration Notice)
{
    /// <summary>Others who could do the same in place of somebody, each alone broken by no rule, the best first.</summary>
    public IReadOnlyList<FloorStep> Others { get; init; } = [];

    /// <summary>All steps as one edit.</summary>
    public IReadOnlyList<DayEdit> Edits => [.. Steps.SelectMany(s => s.Edits)];

    /// <summary>Whether only one of the two can be done: they change a day of one person, or are about the same gap.</summary>
    /// <param name="other">Another action.</param>
    public bool ExcludesOrReplaces(FloorAction other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Gap.Group == other.Gap.Group && Gap.Touches(other.Gap.Start, other.Gap.End))
            || Edits.Any(e => other.Edits.Any(o => o.AgentId == e.AgentId && o.Date == e.Date));
    }
}
