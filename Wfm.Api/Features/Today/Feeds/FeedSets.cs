using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>What this feature keeps in the store.</summary>
internal static class FeedSets
{
    extension(WfmDbContext db)
    {
        public DbSet<BacklogCount> BacklogCounts => db.Set<BacklogCount>();
        public DbSet<ServedInterval> ServedIntervals => db.Set<ServedInterval>();
    }
}
