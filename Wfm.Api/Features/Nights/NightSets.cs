using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Nights;

/// <summary>What this feature keeps in the store.</summary>
internal static class NightSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Night> Nights => db.Set<Night>();
    }
}
