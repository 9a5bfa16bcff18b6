using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Requests;

namespace Wfm.Api.Features.People.RequestPolicies;

/// <summary>How a hub decides what its people ask of one another and of their rosters.</summary>
public sealed class RequestPolicy
{
    public Guid HubId { get; init; }
    public required RequestPolicyRequest Data { get; set; }

    /// <summary>0 while nobody has set one.</summary>
    public int Version { get; set; }
    public Instant UpdatedAt { get; set; }

    internal HandoverPolicy Handovers => new(
        Data.Automatic, Data.MaximumCostIncrease, Data.MaximumShortfallHours, Duration.FromMinutes(Math.Round(Data.MinimumNoticeHours * 60)));

    internal Duration Expiry => Duration.FromMinutes(Math.Round(Data.ExpireHoursBefore * 60));
}

internal sealed class RequestPolicyConfiguration : IEntityTypeConfiguration<RequestPolicy>
{
    public void Configure(EntityTypeBuilder<RequestPolicy> policy)
    {
        policy.ToTable("request_policies");
        policy.HasKey(p => p.HubId);
        policy.Property(p => p.HubId).ValueGeneratedNever();
        policy.Property(p => p.Data).HasJson();
        policy.Property(p => p.Version).IsConcurrencyToken();
        policy.HasOne<Hub>().WithOne().HasForeignKey<RequestPolicy>(p => p.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class RequestPolicySets
{
    extension(WfmDbContext db)
    {
        public DbSet<RequestPolicy> RequestPolicies => db.Set<RequestPolicy>();
    }

    /// <summary>The policy of a hub; that of a hub without one says what its data says when nothing is said.</summary>
    public static async Task<RequestPolicy> PolicyOf(this WfmDbContext db, Guid hubId, CancellationToken cancellationToken) =>
        await db.RequestPolicies.AsNoTracking().SingleOrDefaultAsync(p => p.HubId == hubId, cancellationToken)
        ?? new RequestPolicy { HubId = hubId, Data = new RequestPolicyRequest() };
}
