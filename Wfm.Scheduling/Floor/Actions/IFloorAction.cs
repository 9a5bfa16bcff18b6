namespace Wfm.Scheduling.Floor.Actions;

/// <summary>A kind of action on the floor. All changes it offers are edits of the roster, so every rule, limit and notice is the same as for any
/// edit.</summary>
public interface IFloorAction
{
    /// <summary>Which kind it is.</summary>
    FloorActionKind Kind { get; }

    /// <summary>Whether it takes away what is spare rather than fill what is missing.</summary>
    bool ReleasesPeople => false;

    /// <summary>Whether people are asked, and may say no: then it can be offered to more than are needed.</summary>
    bool AsksPeople => false;

    /// <summary>What single people could do about a gap; each alone is legal, nothing is said of all together.</summary>
    /// <param name="floor">The day as it stands.</param>
    /// <param name="gap">Missing people; spare ones where <see cref="ReleasesPeople"/>.</param>
    /// <returns>In an order that depends on nothing but the input; one a person at most.</returns>
    IEnumerable<FloorStep> Steps(FloorSituation floor, FloorGap gap);
}
