using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Api.Features.Today.Feeds;

internal sealed class BacklogCountConfiguration : IEntityTypeConfiguration<BacklogCount>
{
    public void Configure(EntityTypeBuilder<BacklogCount> count)
    {
        count.ToTable("backlog_counts");
        count.Property(c => c.Id).ValueGeneratedNever();
        count.HasOne<Hub>().WithMany().HasForeignKey(c => c.HubId).OnDelete(DeleteBehavior.Cascade);
        count.HasOne<WorkQueue>().WithMany().HasForeignKey(c => c.QueueId).OnDelete(DeleteBehavior.Cascade);
        count.HasIndex(c => new { c.HubId, c.At, c.QueueId, c.YoungestMinutes }).IsUnique();
        count.HasIndex(c => c.At);
    }
}

internal sealed class ServedIntervalConfiguration : IEntityTypeConfiguration<ServedInterval>
{
    public void Configure(EntityTypeBuilder<ServedInterval> served)
    {
        served.ToTable("served_intervals");
        served.Property(s => s.Id).ValueGeneratedNever();
        served.HasOne<Hub>().WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Cascade);
        served.HasOne<WorkQueue>().WithMany().HasForeignKey(s => s.QueueId).OnDelete(DeleteBehavior.Cascade);
        served.HasIndex(s => new { s.HubId, s.Start, s.QueueId }).IsUnique();
        served.HasIndex(s => s.Start);
    }
}
