using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

internal sealed class SeriesForecastRowConfiguration : IEntityTypeConfiguration<SeriesForecastRow>
{
    public void Configure(EntityTypeBuilder<SeriesForecastRow> row)
    {
        row.ToTable("series_forecasts");
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Ignore(r => r.Span);
        row.Ignore(r => r.LearnedTo);
        row.Property(r => r.TimeZone).HasMaxLength(64);
        row.Property(r => r.DataHash).HasMaxLength(64);
        row.Property(r => r.Detail).HasJson();
        row.Property(r => r.Quantiles).HasConversion<SinglePrecisionCurveConverter, CurveComparer>();
        row.HasOne(r => r.Series).WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Cascade);
        row.HasIndex(r => new { r.ForecastRunId, r.SeriesId }).IsUnique();
    }
}
