namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People for whom nothing waits work on a backlog meanwhile.</summary>
public sealed class IdleOnBacklog : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.IdleOnBacklog;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        return floor.Find(gap.Group)?.IsDeferrable == true ? OtherWork.Steps(floor, gap) : [];
    }
}
