using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Me;

/// <summary>What this feature keeps in the store.</summary>
internal static class MeSets
{
    extension(WfmDbContext db)
    {
        public DbSet<SeenShifts> SeenShifts => db.Set<SeenShifts>();
    }
}
