using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Staffing.Requirements;

internal sealed class SeriesRequirementConfiguration : IEntityTypeConfiguration<SeriesRequirement>
{
    public void Configure(EntityTypeBuilder<SeriesRequirement> row)
    {
        row.ToTable("series_requirements");
        row.Ignore(r => r.Span);
        row.Property(r => r.TimeZone).HasMaxLength(64);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasOne(r => r.Series).WithMany().HasForeignKey(r => r.SeriesId).OnDelete(DeleteBehavior.Cascade);
        row.HasIndex(r => new { r.RequirementRunId, r.SeriesId, r.RiskLevel }).IsUnique();
    }
}
