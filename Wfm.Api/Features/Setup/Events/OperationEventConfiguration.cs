using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Events;

internal sealed class OperationEventConfiguration : IEntityTypeConfiguration<OperationEvent>
{
    public void Configure(EntityTypeBuilder<OperationEvent> operationEvent)
    {
        operationEvent.ToTable("events");
        operationEvent.Versioned();
        operationEvent.HasIndex(e => e.Start);
        operationEvent.HasOne(e => e.Hub).WithMany().HasForeignKey(e => e.HubId).OnDelete(DeleteBehavior.Restrict);
        operationEvent.HasOne(e => e.Queue).WithMany().HasForeignKey(e => e.QueueId).OnDelete(DeleteBehavior.Restrict);
    }
}
