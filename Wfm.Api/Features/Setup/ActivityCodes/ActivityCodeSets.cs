using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.ActivityCodes;

/// <summary>What this feature keeps in the store, and what it means with the standard codes.</summary>
internal static class ActivityCodeSets
{
    extension(WfmDbContext db)
    {
        public DbSet<OwnActivityCode> ActivityCodes => db.Set<OwnActivityCode>();

        /// <summary>What the activities of shifts mean; the one definition of pay and rest for rosters, edits, pins and placement.</summary>
        public async Task<ActivityCatalog> ReadActivityCatalog(CancellationToken cancellationToken) =>
            new((await db.ActivityCodes.AsNoTracking().ToListAsync(cancellationToken)).Select(c => c.ToCode()));

        /// <summary>Codes that segments may be given; those that are not active any more stay where they are.</summary>
        public async Task<ActiveCodes> ActiveActivityCodes(CancellationToken cancellationToken)
        {
            var own = await db.ActivityCodes.AsNoTracking().ToListAsync(cancellationToken);
            return new ActiveCodes(new ActivityCatalog(own.Select(c => c.ToCode())), [.. own.Where(c => !c.Active).Select(c => c.Code)]);
        }
    }
}

/// <summary>The codes there are, and those of them that nothing new may be given.</summary>
internal sealed record ActiveCodes(ActivityCatalog Catalog, HashSet<string> Inactive)
{
    /// <summary>Why a segment cannot have a code; null when it can. The gap of a split shift is no activity and can be given.</summary>
    public string? WhyNot(string code) =>
        code == ActivityKinds.Gap ? null
        : Catalog.Find(code) is null ? $"There is no activity code '{code}'; GET /api/v1/activity-codes lists those there are."
        : Inactive.Contains(code) ? $"Activity code '{code}' is not active any more." : null;
}
