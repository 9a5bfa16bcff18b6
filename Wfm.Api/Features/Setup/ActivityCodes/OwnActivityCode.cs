using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.ActivityCodes;

/// <summary>An activity code that an operation has beside the standard ones, which are built in.</summary>
public sealed class OwnActivityCode : VersionedEntity
{
    public required string Name { get; set; }
    public ActivityKind Kind { get; set; }
    public bool Paid { get; set; }
    public bool CountsAsWorkingTime { get; set; }

    /// <summary>Whether time for it is part of the planned shrinkage that requirements add.</summary>
    public bool PlannedShrinkage { get; set; }
    public bool Protected { get; set; }
    public bool Active { get; set; } = true;

    /// <summary>Whether time for a built-in code of a kind is part of the planned shrinkage.</summary>
    internal static bool IsPlannedShrinkage(ActivityKind kind) => kind is not (ActivityKind.Work or ActivityKind.Overtime or ActivityKind.Meal);

    public ActivityCode ToCode() => new(Code, Kind, Paid, CountsAsWorkingTime, Protected);
}
