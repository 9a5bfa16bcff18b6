using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>What this feature keeps in the store.</summary>
internal static class ForecastSets
{
    extension(WfmDbContext db)
    {
        public DbSet<ForecastRun> Forecasts => db.Set<ForecastRun>();
        public DbSet<ForecastHorizon> ForecastHorizons => db.Set<ForecastHorizon>();
        public DbSet<SeriesForecastRow> SeriesForecasts => db.Set<SeriesForecastRow>();
    }
}
