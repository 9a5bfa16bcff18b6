using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>What this feature keeps in the store.</summary>
internal static class WellbeingSets
{
    extension(WfmDbContext db)
    {
        public DbSet<ExposureEntry> ExposureEntries => db.Set<ExposureEntry>();
        public DbSet<LimitPriceList> LimitPrices => db.Set<LimitPriceList>();
    }
}
