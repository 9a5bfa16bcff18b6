using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Plans;

internal sealed class CrisisPlanConfiguration : IEntityTypeConfiguration<CrisisPlan>
{
    public void Configure(EntityTypeBuilder<CrisisPlan> plan)
    {
        plan.ToTable("crisis_plans");
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.Property(p => p.MadeBy).HasMaxLength(200);
        plan.Property(p => p.Surges).HasJson();
        plan.Property(p => p.Hubs).HasJson();
        plan.Property(p => p.Effect).HasJson();
        plan.Property(p => p.Answers).HasJson();
        plan.Property(p => p.Applied).HasJson();
        plan.Property(p => p.Version).IsConcurrencyToken();
        plan.HasOne<Crisis>().WithMany().HasForeignKey(p => p.CrisisId).OnDelete(DeleteBehavior.Cascade);
        plan.HasIndex(p => p.CrisisId);
        plan.HasIndex(p => p.JobId).IsUnique();
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class CrisisPlanSets
{
    extension(WfmDbContext db)
    {
        public DbSet<CrisisPlan> CrisisPlans => db.Set<CrisisPlan>();
    }
}
