using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Agents;

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.ToTable("agents");
        agent.Versioned();
        agent.Property(a => a.Contracts).HasJson();
        agent.Property(a => a.Skills).HasJson();
        agent.Property(a => a.Availability).HasJson();
        agent.Property(a => a.OptOutGroups).HasJson();
        agent.Property(a => a.PreferredTemplates).HasJson();
        agent.Property(a => a.PreferredDaysOff).HasJson();
        agent.Property(a => a.PreferredStarts).HasConversion<string>().HasMaxLength(16);
        agent.Property(a => a.DatedAvailability).HasJson();
        agent.Property(a => a.DatedWishes).HasJson();
        agent.HasOne(a => a.Hub).WithMany().HasForeignKey(a => a.HubId).OnDelete(DeleteBehavior.Restrict);
        agent.HasOne(a => a.Contract).WithMany().HasForeignKey(a => a.ContractId).OnDelete(DeleteBehavior.Restrict);
        agent.HasMany(a => a.TimeOff).WithOne().HasForeignKey(t => t.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}
