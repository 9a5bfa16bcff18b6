using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

internal sealed class ShiftTemplateConfiguration : IEntityTypeConfiguration<ShiftTemplate>
{
    public void Configure(EntityTypeBuilder<ShiftTemplate> template)
    {
        template.Versioned();
        template.Property(t => t.Breaks).HasJson();
        template.Property(t => t.Days).HasJson();
        template.HasOne(t => t.Hub).WithMany().HasForeignKey(t => t.HubId).OnDelete(DeleteBehavior.Restrict);
    }
}
