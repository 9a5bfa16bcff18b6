using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>What this feature keeps in the store.</summary>
internal static class AdjustmentSets
{
    extension(WfmDbContext db)
    {
        public DbSet<ForecastAdjustment> ForecastAdjustments => db.Set<ForecastAdjustment>();
    }
}
