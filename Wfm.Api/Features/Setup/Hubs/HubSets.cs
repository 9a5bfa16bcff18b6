using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>What this feature keeps in the store.</summary>
internal static class HubSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Hub> Hubs => db.Set<Hub>();
    }
}
