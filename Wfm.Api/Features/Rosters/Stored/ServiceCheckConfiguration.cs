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

internal sealed class ServiceCheckConfiguration : IEntityTypeConfiguration<ServiceCheck>
{
    public void Configure(EntityTypeBuilder<ServiceCheck> check)
    {
        check.ToTable("ServiceChecks");
        check.Property(c => c.Id).ValueGeneratedNever();
        check.Property(c => c.Options).HasJson();
        check.Property(c => c.Summary).HasJson();
        check.Property(c => c.Queues).HasJson();
        check.HasOne<Roster>().WithMany().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
        check.HasIndex(c => new { c.RosterId, c.CreatedAt });
    }
}
