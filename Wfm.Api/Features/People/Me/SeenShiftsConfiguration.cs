using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Me;

internal sealed class SeenShiftsConfiguration : IEntityTypeConfiguration<SeenShifts>
{
    public void Configure(EntityTypeBuilder<SeenShifts> seen)
    {
        seen.ToTable("seen_shifts");
        seen.HasKey(s => s.AgentId);
        seen.Property(s => s.AgentId).ValueGeneratedNever();
        seen.Property(s => s.Shifts).HasJson();
        seen.Property(s => s.Version).IsConcurrencyToken();
        seen.HasOne<Agent>().WithOne().HasForeignKey<SeenShifts>(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
