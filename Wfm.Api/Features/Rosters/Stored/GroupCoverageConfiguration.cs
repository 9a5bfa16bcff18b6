using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.CapacityPlans;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class GroupCoverageConfiguration : IEntityTypeConfiguration<GroupCoverage>
{
    public void Configure(EntityTypeBuilder<GroupCoverage> coverage)
    {
        coverage.ToTable("Coverage");
        coverage.Ignore(c => c.Span);
        coverage.Property(c => c.TimeZone).HasMaxLength(64);
        coverage.Property(c => c.Id).ValueGeneratedNever();
        coverage.HasIndex(c => new { c.RosterId, c.Group }).IsUnique();
    }
}
