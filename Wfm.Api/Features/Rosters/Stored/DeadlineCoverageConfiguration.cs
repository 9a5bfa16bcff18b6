using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class DeadlineCoverageConfiguration : IEntityTypeConfiguration<DeadlineCoverage>
{
    public void Configure(EntityTypeBuilder<DeadlineCoverage> coverage)
    {
        coverage.Property(c => c.TimeZone).HasMaxLength(64);
        coverage.Property(c => c.Id).ValueGeneratedNever();
        coverage.HasIndex(c => new { c.RosterId, c.Queue }).IsUnique();
    }
}
