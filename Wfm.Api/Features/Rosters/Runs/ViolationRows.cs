using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>What a roster could not keep as stored rows, each with the proof that it cannot be kept, where there is one.</summary>
internal static class ViolationRows
{
    public static IEnumerable<RosterViolation> Of(RosterResult result) => result.Violations.Select(v => new RosterViolation(
        v.Rule, v.AgentId, v.From, v.To, v.Amount, $"{v.Message} ({v.Source})", v.IsHard, Behind(v, result.Conflicts), v.Group));

    private static ConflictData? Behind(Violation violation, IReadOnlyList<RosterConflict> conflicts)
    {
        var kind = violation.IsHard ? ConflictKind.FixedDays : violation.Group is null ? ConflictKind.Hours : ConflictKind.Presence;
        return conflicts.FirstOrDefault(c => c.Kind == kind && IsBehind(c, violation)) is { } conflict ? ConflictData.Of(conflict) : null;
    }

    private static bool IsBehind(RosterConflict conflict, Violation violation) =>
        conflict.AgentId == violation.AgentId
        && (conflict.Kind != ConflictKind.Presence || conflict.Group == violation.Group)
        && (conflict.Kind == ConflictKind.FixedDays || (conflict.From <= violation.From && violation.To <= conflict.To)
            || conflict.SameOn.Contains(violation.From));
}
