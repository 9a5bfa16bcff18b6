using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class WorkedShiftConfiguration : IEntityTypeConfiguration<WorkedShift>
{
    public void Configure(EntityTypeBuilder<WorkedShift> shift)
    {
        shift.Property(s => s.Id).ValueGeneratedNever();
        shift.Property(s => s.Group).HasMaxLength(100);
        shift.HasOne(s => s.Agent).WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Restrict);
        shift.HasOne<Hub>().WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Restrict);
        shift.HasIndex(s => new { s.AgentId, s.Start }).IsUnique();
        shift.HasIndex(s => new { s.HubId, s.Start });
    }
}
