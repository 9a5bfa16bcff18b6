using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.ShiftTemplates;

internal sealed class ShiftTemplateConfiguration : IEntityTypeConfiguration<ShiftTemplate>
{
    public void Configure(EntityTypeBuilder<ShiftTemplate> template)
    {
        template.ToTable("shift_templates");
        template.Versioned();
        template.Property(t => t.Breaks).HasJson();
        template.Property(t => t.Days).HasJson();
        template.HasOne(t => t.Hub).WithMany().HasForeignKey(t => t.HubId).OnDelete(DeleteBehavior.Restrict);
    }
}
