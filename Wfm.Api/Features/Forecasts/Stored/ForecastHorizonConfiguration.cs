using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Forecasts.Stored;

internal sealed class ForecastHorizonConfiguration : IEntityTypeConfiguration<ForecastHorizon>
{
    public void Configure(EntityTypeBuilder<ForecastHorizon> horizon)
    {
        horizon.ToTable("forecast_horizons");
        horizon.HasKey(h => h.HubId);
        horizon.HasOne<Hub>().WithMany().HasForeignKey(h => h.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}
