using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Crises;

/// <summary>A hub that may help: its people in their own zone, law and contracts, and what they were promised.</summary>
/// <param name="Code">Code of the hub.</param>
/// <param name="Problem">The problem of its roster for the days concerned, with its own demand.</param>
/// <param name="Published">The shifts in force, one per person and date at most.</param>
public sealed record SurgeHub(string Code, RosterProblem Problem, IReadOnlyList<RosterShift> Published)
{
    /// <summary>Code of the hub.</summary>
    public string Code { get; } = Guard.Text(Code, "surge hub", nameof(Code));

    /// <summary>The problem of its roster.</summary>
    public RosterProblem Problem { get; } = Problem ?? throw new SchedulingDataException($"surge hub '{Code}': Problem is missing.");

    /// <summary>The shifts in force.</summary>
    public IReadOnlyList<RosterShift> Published { get; } = Guard.List(Published, $"surge hub '{Code}'", nameof(Published));
}
