using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

internal sealed class CapacityPlanConfiguration : IEntityTypeConfiguration<CapacityPlanRow>
{
    public void Configure(EntityTypeBuilder<CapacityPlanRow> plan)
    {
        plan.ToTable("capacity_plans");
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.Name).HasMaxLength(200);
        plan.Property(p => p.Assumptions).HasJson();
        plan.Property(p => p.Rows).HasJson();
        plan.Property(p => p.Hires).HasJson();
        plan.HasOne<Hub>().WithMany().HasForeignKey(p => p.HubId).OnDelete(DeleteBehavior.Restrict);
        plan.HasIndex(p => new { p.HubId, p.CreatedAt });
    }
}
