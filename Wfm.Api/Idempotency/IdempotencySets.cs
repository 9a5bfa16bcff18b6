using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Idempotency;

/// <summary>What this feature keeps in the store.</summary>
internal static class IdempotencySets
{
    extension(WfmDbContext db)
    {
        public DbSet<IdempotencyRecord> IdempotencyRecords => db.Set<IdempotencyRecord>();
    }
}
