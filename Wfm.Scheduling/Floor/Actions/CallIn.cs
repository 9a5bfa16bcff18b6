using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People who are off come in for a shift.</summary>
public sealed class CallIn : IFloorAction
{
    /// <inheritdoc/>
    public FloorActionKind Kind => FloorActionKind.CallIn;

    /// <inheritdoc/>
    public bool AsksPeople => true;

    /// <inheritdoc/>
    public IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap)
    {
        ArgumentNullException.ThrowIfNull(floor);
        ArgumentNullException.ThrowIfNull(gap);
        return floor.Fits(gap, floor.Now + floor.Terms.CallInNotice).Where(f => f.Kind == FitKind.NewShift)
            .Select(f => floor.Step(null, [f.Day], floor.Terms.CallInNotice, floor.Terms.CallInPremium)).OfType<FloorStep>();
    }
}
