using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>The rules that bind a hub on a day, of its labour policy and its policy of wellbeing.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="FirstDayOfWeek">The day on which its weeks begin.</param>
internal sealed record HubRules(IReadOnlyList<LabourRule> Rules, IsoDayOfWeek FirstDayOfWeek)
{
    /// <returns>No rules for a hub without a policy, or before the first version of it.</returns>
    public static async Task<HubRules> On(WfmDbContext db, ConstraintCatalog kinds, Hub hub, LocalDate day, CancellationToken cancellationToken)
    {
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var versions = await db.LabourPolicies.AsNoTracking().Where(p => codes.Contains(p.Code) && p.ValidFrom <= day).ToListAsync(cancellationToken);
        var inForce = versions.GroupBy(v => v.Code).Select(g => g.MaxBy(v => v.ValidFrom)!).OrderBy(v => Array.IndexOf(codes, v.Code)).ToList();
        return new HubRules(
            [
                .. inForce.SelectMany(v => v.Rules).Where(r => !(r.ValidFrom > day) && !(r.ValidTo < day))
                    .Select(r => LabourPolicyMapping.ToRule(r, kinds)),
            ],
            inForce.Count == 0 ? IsoDayOfWeek.Monday : inForce[0].FirstDayOfWeek);
    }
}
