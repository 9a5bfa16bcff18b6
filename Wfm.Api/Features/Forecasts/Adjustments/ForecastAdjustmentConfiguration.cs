using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Forecasts.Stored;

namespace Wfm.Api.Features.Forecasts.Adjustments;

internal sealed class ForecastAdjustmentConfiguration : IEntityTypeConfiguration<ForecastAdjustment>
{
    public void Configure(EntityTypeBuilder<ForecastAdjustment> adjustment)
    {
        adjustment.ToTable("forecast_adjustments");
        adjustment.Property(a => a.Id).ValueGeneratedNever();
        adjustment.Property(a => a.Reason).HasMaxLength(500);
        adjustment.HasOne<ForecastRun>().WithMany().HasForeignKey(a => a.ForecastRunId).OnDelete(DeleteBehavior.Cascade);
        adjustment.HasOne(a => a.Series).WithMany().HasForeignKey(a => a.SeriesId).OnDelete(DeleteBehavior.Cascade);
        adjustment.HasIndex(a => new { a.ForecastRunId, a.SeriesId });
    }
}
