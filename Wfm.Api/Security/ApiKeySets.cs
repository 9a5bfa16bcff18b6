using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Security;

/// <summary>What this feature keeps in the store.</summary>
internal static class ApiKeySets
{
    extension(WfmDbContext db)
    {
        public DbSet<ApiKey> ApiKeys => db.Set<ApiKey>();
    }
}
