using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Events;

/// <summary>What this feature keeps in the store.</summary>
internal static class EventSets
{
    extension(WfmDbContext db)
    {
        public DbSet<OperationEvent> Events => db.Set<OperationEvent>();
    }
}
