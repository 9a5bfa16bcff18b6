using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Stored;

internal sealed class CrisisConfiguration : IEntityTypeConfiguration<Crisis>
{
    public void Configure(EntityTypeBuilder<Crisis> crisis)
    {
        crisis.ToTable("crises");
        crisis.Property(c => c.Id).ValueGeneratedNever();
        crisis.Property(c => c.Queues).HasJson();
        crisis.Property(c => c.Expected).HasJson();
        crisis.Property(c => c.StandDown).HasJson();
        crisis.Property(c => c.Entries).HasJson();
        crisis.Property(c => c.Version).IsConcurrencyToken();
        crisis.HasMany(c => c.Hubs).WithOne().HasForeignKey(h => h.CrisisId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CrisisHubConfiguration : IEntityTypeConfiguration<CrisisHub>
{
    public void Configure(EntityTypeBuilder<CrisisHub> hub)
    {
        hub.ToTable("crisis_hubs");
        hub.HasKey(h => new { h.CrisisId, h.HubId });
        hub.HasOne(h => h.Hub).WithMany().HasForeignKey(h => h.HubId).OnDelete(DeleteBehavior.Restrict);
        hub.HasIndex(h => h.HubId);
    }
}

internal sealed class CrisisClaimConfiguration : IEntityTypeConfiguration<CrisisClaim>
{
    public void Configure(EntityTypeBuilder<CrisisClaim> claim)
    {
        claim.ToTable("crisis_claims");
        claim.HasKey(c => new { c.HubId, c.QueueId });
        claim.HasOne<Hub>().WithMany().HasForeignKey(c => c.HubId).OnDelete(DeleteBehavior.Cascade);
        claim.HasOne<WorkQueue>().WithMany().HasForeignKey(c => c.QueueId).OnDelete(DeleteBehavior.Cascade);
        claim.HasOne<Crisis>().WithMany().HasForeignKey(c => c.CrisisId).OnDelete(DeleteBehavior.Cascade);
        claim.HasIndex(c => c.CrisisId);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class CrisisSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Crisis> Crises => db.Set<Crisis>();
        public DbSet<CrisisClaim> CrisisClaims => db.Set<CrisisClaim>();
    }
}
