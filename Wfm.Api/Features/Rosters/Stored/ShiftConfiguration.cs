using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class ShiftConfiguration : IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Shift> shift)
    {
        shift.ToTable("shifts");
        shift.Property(s => s.Id).ValueGeneratedNever();
        shift.Property(s => s.Activities).HasJson();
        shift.HasOne(s => s.Agent).WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Restrict);
        shift.HasIndex(s => new { s.RosterId, s.AgentId, s.Start }).IsUnique();
        shift.HasIndex(s => new { s.AgentId, s.Start });
    }
}
