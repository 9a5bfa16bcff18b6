using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>People at work on one group change to another for the time of a gap.</summary>
internal static class OtherWork
{
    public static IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap) =>
        floor.Fits(gap, floor.Now + floor.Terms.ChangeNotice).Where(f => f.Kind == FitKind.OtherWork)
            .Select(f => floor.Step(f.Before, [f.Day], floor.Terms.ChangeNotice, 0)).OfType<FloorStep>();
}
