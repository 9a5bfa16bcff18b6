namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People whose shift ends stay longer, in overtime.</summary>
public sealed class ExtendShift : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.ExtendShift;

    /// <inheritdoc/>
    public bool AsksPeople => true;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        return Extension.Steps(floor, gap, atEnd: true, floor.Terms.ExtendNotice);
    }
}
