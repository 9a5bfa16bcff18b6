namespace Wfm.Scheduling.Floor.Actions;

/// <summary>The kinds of action there are, in the order in which equals are told.</summary>
public static class FloorActionCatalog
{
    /// <summary>One of each kind.</summary>
    public static IReadOnlyList<IFloorAction> All { get; } =
    [
        new MoveBreak(), new MoveTraining(), new IdleOnBacklog(), new OtherGroup(), new ExtendShift(), new StartEarly(), new CallIn(), new VoluntaryTimeOff(),
    ];
}
