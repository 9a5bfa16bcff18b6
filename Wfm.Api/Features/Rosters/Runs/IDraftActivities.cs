using Wfm.Api.Features.Setup.Hubs;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Puts activities that wait for a place into a roster that has just been solved, before it is stored.</summary>
public interface IDraftActivities
{
    /// <param name="hub">The hub.</param>
    /// <param name="problem">The problem that was solved; days that it pins stay as they are.</param>
    /// <param name="result">What the search found.</param>
    Task<DraftWithActivities> Place(Hub hub, RosterProblem problem, RosterResult result, CancellationToken cancellationToken);
}

/// <summary>A solved roster with the activities in it.</summary>
/// <param name="Result">The roster.</param>
/// <param name="Keep">Adds to the store what goes with it, given its identity; the caller saves.</param>
public sealed record DraftWithActivities(RosterResult Result, Action<Guid> Keep);
