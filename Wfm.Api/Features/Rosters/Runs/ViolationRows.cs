using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>What a roster could not keep as stored rows, each with the proof that it cannot be kept, where there is one.</summary>
internal static class ViolationRows
{
    /// <summary>People who must be present and provably cannot be; the library tells it as a conflict, since nobody breaks it.</summary>
    private const string MinimumPresence = "minimumPresence";

    /// <summary>The violations, and after them minimum presence that provably cannot be had.</summary>
    public static IEnumerable<RosterViolation> Of(RosterResult result) => result.Violations
        .Select(v => new RosterViolation(v.Rule, v.AgentId, v.From, v.To, v.Amount, $"{v.Message} ({v.Source})", v.IsHard, Behind(v, result.Conflicts)))
        .Concat(result.Conflicts.Where(c => c.Kind == ConflictKind.Presence).Select(c =>
            new RosterViolation(MinimumPresence, null, c.From, c.To, c.Shortfall, c.Message, Hard: false, ConflictData.Of(c))));

    private static ConflictData? Behind(Violation violation, IReadOnlyList<RosterConflict> conflicts)
    {
        var kind = violation.IsHard ? ConflictKind.FixedDays : ConflictKind.Hours;
        return
            conflicts.FirstOrDefault(c =>
                c.Kind == kind && c.AgentId == violation.AgentId && (kind == ConflictKind.FixedDays || (c.From <= violation.From && violation.To <= c.To)))
                is { } conflict
            ? ConflictData.Of(conflict)
            : null;
    }
}
