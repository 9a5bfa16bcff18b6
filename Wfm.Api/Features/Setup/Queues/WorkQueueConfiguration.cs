using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Queues;

internal sealed class WorkQueueConfiguration : IEntityTypeConfiguration<WorkQueue>
{
    public void Configure(EntityTypeBuilder<WorkQueue> queue)
    {
        queue.ToTable("queues");
        queue.Versioned();
        queue.Property(q => q.Kind).HasConversion<string>().HasMaxLength(16);
        queue.Property(q => q.Routing).HasConversion<string>().HasMaxLength(16);
        queue.Property(q => q.Goal).HasJson();
        queue.Property(q => q.OpeningHours).HasJson();
        queue.Property(q => q.Closures).HasJson();
    }
}
