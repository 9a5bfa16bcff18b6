namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People change to another group of immediate work while it lacks some.</summary>
public sealed class OtherGroup : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.OtherGroup;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        return floor.Find(gap.Group)?.IsDeferrable == false ? OtherWork.Steps(floor, gap) : [];
    }
}
