using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>What this feature keeps in the store.</summary>
internal static class RosterRepairSets
{
    extension(WfmDbContext db)
    {
        public DbSet<RosterRepairRecord> RosterRepairs => db.Set<RosterRepairRecord>();
    }
}
