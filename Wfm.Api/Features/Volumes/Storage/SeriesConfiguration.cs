using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Volumes.Storage;

internal sealed class SeriesConfiguration : IEntityTypeConfiguration<Series>
{
    public void Configure(EntityTypeBuilder<Series> series)
    {
        series.HasIndex(s => new { s.QueueId, s.HubId }).IsUnique();
        series.HasOne(s => s.Queue).WithMany().HasForeignKey(s => s.QueueId).OnDelete(DeleteBehavior.Restrict);
        series.HasOne(s => s.Hub).WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Restrict);
    }
}
