using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>What this feature keeps in the store.</summary>
internal static class JobSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Job> Jobs => db.Set<Job>();
    }
}
