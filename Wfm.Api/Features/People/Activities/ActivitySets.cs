using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

/// <summary>What this feature keeps in the store.</summary>
internal static class ActivitySets
{
    extension(WfmDbContext db)
    {
        public DbSet<PlannedActivity> Activities => db.Set<PlannedActivity>();

        public DbSet<ActivitySession> ActivitySessions => db.Set<ActivitySession>();
    }
}
