using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People who are not needed until the end of their shift go earlier, if they like.</summary>
public sealed class VoluntaryTimeOff : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.VoluntaryTimeOff;

    /// <inheritdoc/>
    public bool AsksPeople => true;

    /// <inheritdoc/>
    public bool ReleasesPeople => true;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        var from = Instant.Max(gap.Start, Later(floor.Now + floor.Terms.ExtendNotice, floor));
        foreach (var shift in floor.Shifts().Where(s => s.Start <= floor.Now && s.End > from && s.End <= gap.End))
        {
            if (!shift.Activities.Any(a => a.Group == gap.Group && a.End > from)) continue;
            var (days, refusals) = floor.Roster.Propose([new EditOperation.Resize(shift.AgentId, shift.Date, null, from)]);
            if (refusals.Count == 0 && floor.Step(shift, days, Duration.Zero, 0) is { } step) yield return step;
        }
    }

    private static Instant Later(Instant at, FloorSituation floor) =>
        floor.Start + (floor.Interval * Math.Ceiling((at - floor.Start) / floor.Interval));
}
