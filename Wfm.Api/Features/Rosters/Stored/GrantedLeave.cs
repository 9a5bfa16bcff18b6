using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Leave of people, as it takes away rostered shifts: one that it covers from start to end, and one that it meets in part unless that had begun when
/// the leave was granted. A shift that an edit has cut out of the leave, or interrupted for it, is not met.</summary>
public sealed class GrantedLeave(IEnumerable<TimeOffEntry> entries)
{
    private readonly ILookup<Guid, TimeOffEntry> _entries = entries.ToLookup(e => e.AgentId);

    /// <summary>True when leave takes away an agent's shift.</summary>
    /// <param name="activities">What the shift consists of; empty when that is not known, then it is all work.</param>
    public bool Frees(Guid agent, Instant start, Instant end, IReadOnlyList<ShiftActivityData> activities) => _entries[agent].Any(e =>
        Meets(e, start, end, activities) && (e.GrantedAt <= start || (e.Start <= start && end <= e.End)));

    /// <summary>True when leave lies over a part of an agent's shift, begun or not.</summary>
    /// <param name="activities">What the shift consists of; empty when that is not known, then it is all work.</param>
    public bool Meets(Guid agent, Instant start, Instant end, IReadOnlyList<ShiftActivityData> activities) =>
        _entries[agent].Any(e => Meets(e, start, end, activities));

    private static bool Meets(TimeOffEntry leave, Instant start, Instant end, IReadOnlyList<ShiftActivityData> activities) =>
        leave.Start < end && start < leave.End
        && (activities.Count == 0 || activities.Any(a => a.Kind != ActivityKinds.Leave && a.Start < leave.End && leave.Start < a.End));
}
