using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

/// <summary>What this feature keeps in the store.</summary>
internal static class ShiftTemplateSets
{
    extension(WfmDbContext db)
    {
        public DbSet<ShiftTemplate> ShiftTemplates => db.Set<ShiftTemplate>();
    }
}
