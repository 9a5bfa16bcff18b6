using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Availability;

/// <summary>How far a request for other availability has come.</summary>
public enum AvailabilityState
{
    /// <summary>Waits for the manager.</summary>
    Asked,

    /// <summary>In force: rosters and edits keep to it.</summary>
    Approved,

    /// <summary>Refused by a manager.</summary>
    Refused,

    /// <summary>Taken back by the person.</summary>
    Withdrawn,
}

/// <summary>A change of a request's state.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When.</param>
/// <param name="By">Code of the person, name of the key, or <c>policy</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rule">The rule of the policy that decided, or left it to the manager; null where a person did.</param>
public sealed record AvailabilityStep(AvailabilityState State, Instant At, string By, string? Reason, string? Rule);

/// <summary>When a person can work on some dates, as asked for.</summary>
public sealed class AvailabilityRequest
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }
    public LocalDate From { get; init; }
    public LocalDate To { get; init; }
    public List<OpeningWindow> Windows { get; init; } = [];
    public AvailabilityState State { get; set; }
    public string? Rule { get; set; }
    public Instant AskedAt { get; init; }
    public List<AvailabilityStep> Steps { get; set; } = [];
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }

    internal void Move(AvailabilityStep step)
    {
        (State, UpdatedAt, Rule) = (step.State, step.At, step.Rule ?? Rule);
        Steps = [.. Steps, step];
        Version++;
    }
}

internal sealed class AvailabilityRequestConfiguration : IEntityTypeConfiguration<AvailabilityRequest>
{
    public void Configure(EntityTypeBuilder<AvailabilityRequest> request)
    {
        request.ToTable("availability_requests");
        request.Property(r => r.Id).ValueGeneratedNever();
        request.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        request.Property(r => r.Windows).HasJson();
        request.Property(r => r.Steps).HasJson();
        request.Property(r => r.Version).IsConcurrencyToken();
        request.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Cascade);
        request.HasOne(r => r.Agent).WithMany().HasForeignKey(r => r.AgentId).OnDelete(DeleteBehavior.Cascade);
        request.HasIndex(r => new { r.AgentId, r.AskedAt });
        request.HasIndex(r => new { r.HubId, r.State });
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class AvailabilitySets
{
    extension(WfmDbContext db)
    {
        public DbSet<AvailabilityRequest> AvailabilityRequests => db.Set<AvailabilityRequest>();
    }
}
