using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.CapacityPlans;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

internal sealed class SeriesForecastRowConfiguration : IEntityTypeConfiguration<SeriesForecastRow>
{
    public void Configure(EntityTypeBuilder<SeriesForecastRow> row)
    {
        row.ToTable("SeriesForecasts");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Ignore(r => r.Span);
        row.Property(r => r.TimeZone).HasMaxLength(64);
        row.Property(r => r.Detail).HasJson();
        row.Property(r => r.Quantiles).HasConversion<SinglePrecisionCurveConverter, CurveComparer>();
        row.HasOne(r => r.Series).WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Cascade);
        row.HasIndex(r => new { r.ForecastRunId, r.SeriesId }).IsUnique();
    }
}
