using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Queues;

internal sealed class WorkQueueConfiguration : IEntityTypeConfiguration<WorkQueue>
{
    public void Configure(EntityTypeBuilder<WorkQueue> queue)
    {
        queue.ToTable("Queues");
        queue.Versioned();
        queue.Property(q => q.Kind).HasConversion<string>().HasMaxLength(16);
        queue.Property(q => q.Goal).HasJson();
    }
}
