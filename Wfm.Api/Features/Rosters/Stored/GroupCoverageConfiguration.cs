using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class GroupCoverageConfiguration : IEntityTypeConfiguration<GroupCoverage>
{
    public void Configure(EntityTypeBuilder<GroupCoverage> coverage)
    {
        coverage.ToTable("coverage");
        coverage.Ignore(c => c.Span);
        coverage.Property(c => c.TimeZone).HasMaxLength(64);
        coverage.Property(c => c.Id).ValueGeneratedNever();
        coverage.HasIndex(c => new { c.RosterId, c.Group }).IsUnique();
    }
}
