using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Queues;

/// <summary>What this feature keeps in the store.</summary>
internal static class QueueSets
{
    extension(WfmDbContext db)
    {
        public DbSet<WorkQueue> Queues => db.Set<WorkQueue>();
    }
}
