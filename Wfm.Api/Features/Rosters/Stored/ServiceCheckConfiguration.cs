using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class ServiceCheckConfiguration : IEntityTypeConfiguration<ServiceCheck>
{
    public void Configure(EntityTypeBuilder<ServiceCheck> check)
    {
        check.ToTable("service_checks");
        check.Property(c => c.Id).ValueGeneratedNever();
        check.Property(c => c.Options).HasJson();
        check.Property(c => c.Summary).HasJson();
        check.Property(c => c.Queues).HasJson();
        check.HasOne<Roster>().WithMany().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
        check.HasIndex(c => new { c.RosterId, c.CreatedAt });
        check.HasIndex(c => c.JobId);
    }
}
