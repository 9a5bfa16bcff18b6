namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People who are still to come begin earlier, in overtime.</summary>
public sealed class StartEarly : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.StartEarly;

    /// <inheritdoc/>
    public bool AsksPeople => true;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        return Extension.Steps(floor, gap, atEnd: false, floor.Terms.StartEarlyNotice);
    }
}
