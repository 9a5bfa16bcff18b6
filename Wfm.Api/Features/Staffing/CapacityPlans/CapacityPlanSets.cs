using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>What this feature keeps in the store.</summary>
internal static class CapacityPlanSets
{
    extension(WfmDbContext db)
    {
        public DbSet<CapacityPlanRow> CapacityPlans => db.Set<CapacityPlanRow>();
    }
}
