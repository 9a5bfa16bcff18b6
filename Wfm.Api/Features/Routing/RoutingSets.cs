using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Routing;

/// <summary>What this feature keeps in the store.</summary>
internal static class RoutingSets
{
    extension(WfmDbContext db)
    {
        public DbSet<AllocationRun> Allocations => db.Set<AllocationRun>();
    }
}
