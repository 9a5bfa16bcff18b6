using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.People.Wellbeing;

internal sealed class ExposureEntryConfiguration : IEntityTypeConfiguration<ExposureEntry>
{
    public void Configure(EntityTypeBuilder<ExposureEntry> entry)
    {
        entry.ToTable("exposure_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Source).HasConversion<string>().HasMaxLength(16);
        entry.HasOne(e => e.Agent).WithMany().HasForeignKey(e => e.AgentId).OnDelete(DeleteBehavior.Cascade);
        entry.HasOne(e => e.Queue).WithMany().HasForeignKey(e => e.QueueId).OnDelete(DeleteBehavior.Cascade);
        entry.HasIndex(e => new { e.AgentId, e.Start, e.QueueId, e.Source }).IsUnique();
        entry.HasIndex(e => e.Start);
    }
}
