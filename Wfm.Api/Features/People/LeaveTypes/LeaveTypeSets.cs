using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.LeaveTypes;

/// <summary>What this feature keeps in the store.</summary>
internal static class LeaveTypeSets
{
    extension(WfmDbContext db)
    {
        public DbSet<LeaveType> LeaveTypes => db.Set<LeaveType>();
    }
}
