using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>What this feature keeps in the store.</summary>
internal static class EditSets
{
    extension(WfmDbContext db)
    {
        public DbSet<RosterEdit> RosterEdits => db.Set<RosterEdit>();
        public DbSet<RosterEditDay> RosterEditDays => db.Set<RosterEditDay>();
    }
}
