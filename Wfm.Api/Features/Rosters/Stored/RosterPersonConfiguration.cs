using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class RosterPersonConfiguration : IEntityTypeConfiguration<RosterPerson>
{
    public void Configure(EntityTypeBuilder<RosterPerson> person)
    {
        person.ToTable("roster_people");
        person.HasKey(p => new { p.RosterId, p.AgentId });
        person.HasIndex(p => p.AgentId);
        person.HasOne<Agent>().WithMany().HasForeignKey(p => p.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
