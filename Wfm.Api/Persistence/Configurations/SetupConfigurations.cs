using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Agents;
using Wfm.Api.Features.Contracts;
using Wfm.Api.Features.Events;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.LabourPolicies;
using Wfm.Api.Features.Queues;
using Wfm.Api.Features.ShiftTemplates;

namespace Wfm.Api.Persistence.Configurations;

internal static class VersionedEntityConfiguration
{
    public static void Versioned<T>(this EntityTypeBuilder<T> entity)
        where T : VersionedEntity
    {
        entity.Property(e => e.Id).ValueGeneratedNever(); // the application makes time-ordered v7 ids
        entity.Property(e => e.Code).HasMaxLength(100);
        entity.Property(e => e.Version).IsConcurrencyToken(); // not xmin: SQLite has none
        entity.HasIndex(e => e.Code).IsUnique();
    }
}

internal sealed class HubConfiguration : IEntityTypeConfiguration<Hub>
{
    public void Configure(EntityTypeBuilder<Hub> hub)
    {
        hub.Versioned();
        hub.Ignore(h => h.Zone);
        hub.Property(h => h.OpeningHours).HasJson();
    }
}

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

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> contract)
    {
        contract.Versioned();
        contract.Property(c => c.Templates).HasJson();
    }
}

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

internal sealed class LabourPolicyConfiguration : IEntityTypeConfiguration<LabourPolicyVersion>
{
    public void Configure(EntityTypeBuilder<LabourPolicyVersion> policy)
    {
        policy.ToTable("LabourPolicies");
        policy.Property(p => p.Id).ValueGeneratedNever();
        policy.Property(p => p.Rules).HasJson();
        policy.Property(p => p.Version).IsConcurrencyToken();
        policy.HasIndex(p => new { p.Code, p.ValidFrom }).IsUnique();
    }
}

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> agent)
    {
        agent.Versioned();
        agent.Property(a => a.Skills).HasJson();
        agent.Property(a => a.Availability).HasJson();
        agent.Property(a => a.OptOutGroups).HasJson();
        agent.Property(a => a.PreferredTemplates).HasJson();
        agent.Property(a => a.PreferredDaysOff).HasJson();
        agent.HasOne(a => a.Hub).WithMany().HasForeignKey(a => a.HubId).OnDelete(DeleteBehavior.Restrict);
        agent.HasOne(a => a.Contract).WithMany().HasForeignKey(a => a.ContractId).OnDelete(DeleteBehavior.Restrict);
        agent.HasMany(a => a.TimeOff).WithOne().HasForeignKey(t => t.AgentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TimeOffConfiguration : IEntityTypeConfiguration<TimeOffEntry>
{
    public void Configure(EntityTypeBuilder<TimeOffEntry> timeOff)
    {
        timeOff.ToTable("TimeOff");
        timeOff.Property(t => t.Id).ValueGeneratedNever();
        timeOff.HasIndex(t => new { t.AgentId, t.Start });
    }
}

internal sealed class OperationEventConfiguration : IEntityTypeConfiguration<OperationEvent>
{
    public void Configure(EntityTypeBuilder<OperationEvent> operationEvent)
    {
        operationEvent.ToTable("Events");
        operationEvent.Versioned();
        operationEvent.HasIndex(e => e.Start);
    }
}
