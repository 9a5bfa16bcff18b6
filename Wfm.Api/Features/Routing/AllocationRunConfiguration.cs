using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Routing;

internal sealed class AllocationRunConfiguration : IEntityTypeConfiguration<AllocationRun>
{
    public void Configure(EntityTypeBuilder<AllocationRun> run)
    {
        run.ToTable("allocations");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.Question).HasJson();
        run.Property(r => r.Hubs).HasJson();
        run.Property(r => r.Data).HasJson();
        run.Property(r => r.Author).HasMaxLength(200);
        run.HasIndex(r => r.JobId).IsUnique();
    }
}
