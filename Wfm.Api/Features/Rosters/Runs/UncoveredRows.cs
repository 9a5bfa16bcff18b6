using System.Text.Json;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Where heads are missing or work is late as stored rows, with what stops the people who could help.</summary>
internal static class UncoveredRows
{
    public static IEnumerable<UncoveredRun> Of(RosterResult result) => result.Uncovered.Select(u => new UncoveredRun(
        u.Group, u.Start, u.End, u.HeadHours, u.DeepestGap, u.At,
        [.. u.Reasons.Select(r => new BlockedReason(JsonNamingPolicy.CamelCase.ConvertName(r.Reason.ToString()), r.Rule, r.Agents, r.Message))],
        u.Deadline, u.Message, u.MinimumPresence));
}
