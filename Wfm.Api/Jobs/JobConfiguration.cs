using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Jobs;

internal sealed class JobConfiguration : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.ToTable("jobs");
        job.Property(j => j.Id).ValueGeneratedNever();
        job.Ignore(j => j.IsFinished);
        job.Property(j => j.Kind).HasMaxLength(40);
        job.Property(j => j.State).HasConversion<string>().HasMaxLength(16); // readable in psql, safe to reorder in C#
        job.Property(j => j.MessageId).HasMaxLength(40);
        job.Property(j => j.Version).IsConcurrencyToken();
        job.HasIndex(j => new { j.State, j.HeartbeatAt });
        job.HasIndex(j => j.ParentId);
        job.HasIndex(j => j.DeduplicationKey).IsUnique().HasFilter("state IN ('Queued', 'Running')"); // of two requests at once the store lets one in
    }
}
