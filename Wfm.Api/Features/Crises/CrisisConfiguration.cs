using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises;

internal sealed class CrisisConfiguration : IEntityTypeConfiguration<Crisis>
{
    public void Configure(EntityTypeBuilder<Crisis> crisis)
    {
        crisis.ToTable("crises");
        crisis.Property(c => c.Id).ValueGeneratedNever();
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

/// <summary>What this feature keeps in the store.</summary>
internal static class CrisisSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Crisis> Crises => db.Set<Crisis>();
    }
}
