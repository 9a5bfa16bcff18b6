using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Adherence.Claims;

/// <summary>What is claimed.</summary>
public enum ClaimKind
{
    /// <summary>That a span counts as in adherence, for a reason.</summary>
    Exception,

    /// <summary>That the figures of a day are wrong.</summary>
    Dispute,
}

/// <summary>How far a claim has come.</summary>
public enum ClaimState
{
    /// <summary>Waits for the manager.</summary>
    Asked,

    /// <summary>Approved: its span, where it has one, counts as in adherence.</summary>
    Approved,

    /// <summary>Refused by the manager.</summary>
    Refused,

    /// <summary>Taken back by the person.</summary>
    Withdrawn,
}

/// <summary>A change of a claim's state.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When.</param>
/// <param name="By">Code of the person, or name of the key.</param>
/// <param name="Reason">Why.</param>
public sealed record ClaimStep(ClaimState State, Instant At, string By, string? Reason);

/// <summary>An exception from adherence, or a dispute about it.</summary>
public sealed class AdherenceClaim
{
    public Guid Id { get; init; } = SequentialId.Next();
    public ClaimKind Kind { get; init; }
    public Guid HubId { get; init; }
    public Guid AgentId { get; init; }
    public Agent? Agent { get; init; }

    /// <summary>Local day at the hub that it is about.</summary>
    public LocalDate Date { get; init; }

    /// <summary>Start of the span; null for a dispute without one.</summary>
    public Instant? Start { get; set; }

    /// <summary>End of the span, exclusive; null for a dispute without one.</summary>
    public Instant? End { get; set; }

    /// <summary>End of the span or of the day: it goes with the states of that time.</summary>
    public Instant To { get; set; }
    public required string Reason { get; init; }
    public ClaimState State { get; set; }
    public List<ClaimStep> Steps { get; set; } = [];
    public int Version { get; set; } = 1;
    public Instant UpdatedAt { get; set; }

    internal void Move(ClaimStep step)
    {
        (State, UpdatedAt, Steps) = (step.State, step.At, [.. Steps, step]);
        Version++;
    }
}

internal sealed class AdherenceClaimConfiguration : IEntityTypeConfiguration<AdherenceClaim>
{
    public void Configure(EntityTypeBuilder<AdherenceClaim> claim)
    {
        claim.ToTable("adherence_claims");
        claim.Property(c => c.Id).ValueGeneratedNever();
        claim.Property(c => c.Kind).HasConversion<string>().HasMaxLength(16);
        claim.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
        claim.Property(c => c.Steps).HasJson();
        claim.Property(c => c.Version).IsConcurrencyToken();
        claim.HasOne<Hub>().WithMany().HasForeignKey(c => c.HubId).OnDelete(DeleteBehavior.Cascade);
        claim.HasOne(c => c.Agent).WithMany().HasForeignKey(c => c.AgentId).OnDelete(DeleteBehavior.Cascade);
        claim.HasIndex(c => new { c.AgentId, c.To });
        claim.HasIndex(c => new { c.HubId, c.Kind, c.State });
        claim.HasIndex(c => c.To);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class AdherenceClaimSets
{
    extension(WfmDbContext db)
    {
        public DbSet<AdherenceClaim> AdherenceClaims => db.Set<AdherenceClaim>();
    }

    /// <summary>Approved spans of people that touch a span of time.</summary>
    public static async Task<ILookup<Guid, (Instant Start, Instant End)>> ApprovedSpans(
        this WfmDbContext db, IReadOnlyCollection<Guid> people, Instant from, Instant to, CancellationToken cancellationToken) =>
        (await db.AdherenceClaims.AsNoTracking()
            .Where(c => people.Contains(c.AgentId) && c.State == ClaimState.Approved && c.Start != null && c.Start < to && c.To > from)
            .Select(c => new { c.AgentId, c.Start, c.End }).ToListAsync(cancellationToken))
        .ToLookup(c => c.AgentId, c => (c.Start!.Value, c.End!.Value));
}
