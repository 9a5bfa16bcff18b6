using NodaTime;
using Wfm.Api.Features.Setup.Agents;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Leave of people, as it takes away rostered shifts: one that it covers from start to end, and one that it meets in part unless that had begun when
/// the leave was granted.</summary>
public sealed class GrantedLeave(IEnumerable<TimeOffEntry> entries)
{
    private readonly ILookup<Guid, TimeOffEntry> _entries = entries.ToLookup(e => e.AgentId);

    /// <summary>True when leave takes away an agent's shift from start to end.</summary>
    public bool Frees(Guid agent, Instant start, Instant end) => _entries[agent].Any(e =>
        e.Start < end && start < e.End && (e.GrantedAt <= start || (e.Start <= start && end <= e.End)));
}
