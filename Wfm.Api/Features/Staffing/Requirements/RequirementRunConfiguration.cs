using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.Requirements;

internal sealed class RequirementRunConfiguration : IEntityTypeConfiguration<RequirementRun>
{
    public void Configure(EntityTypeBuilder<RequirementRun> run)
    {
        run.ToTable("requirements");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.Skipped).HasJson();
        run.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        run.HasOne(r => r.Forecast).WithMany().HasForeignKey(r => r.ForecastRunId).OnDelete(DeleteBehavior.Restrict);
        run.HasMany(r => r.Series).WithOne().HasForeignKey(s => s.RequirementRunId).OnDelete(DeleteBehavior.Cascade);
        run.HasQueryFilter(r => r.IsComplete);
        run.HasIndex(r => new { r.HubId, r.CreatedAt });
        run.HasIndex(r => r.JobId);
        run.HasIndex(r => r.AllocationId); // no key: allocations build on requirements, and not the other way
    }
}
