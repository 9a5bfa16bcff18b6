using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.Requirements;

/// <summary>What this feature keeps in the store.</summary>
internal static class RequirementSets
{
    extension(WfmDbContext db)
    {
        public DbSet<RequirementRun> Requirements => db.Set<RequirementRun>();
        public DbSet<SeriesRequirement> SeriesRequirements => db.Set<SeriesRequirement>();
    }
}
