using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>What this feature keeps in the store.</summary>
internal static class RosterSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Roster> Rosters => db.Set<Roster>();
        public DbSet<Shift> Shifts => db.Set<Shift>();
        public DbSet<WorkedShift> WorkedShifts => db.Set<WorkedShift>();
        public DbSet<RosterPerson> RosterPeople => db.Set<RosterPerson>();
        public DbSet<GroupCoverage> Coverage => db.Set<GroupCoverage>();
        public DbSet<ServiceCheck> ServiceChecks => db.Set<ServiceCheck>();
        public DbSet<DeadlineCoverage> DeadlineCoverage => db.Set<DeadlineCoverage>();
    }
}
