using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Waivers;

internal sealed class WaiverConfiguration : IEntityTypeConfiguration<Waiver>
{
    public void Configure(EntityTypeBuilder<Waiver> waiver)
    {
        waiver.ToTable("waivers");
        waiver.Property(w => w.Id).ValueGeneratedNever();
        waiver.Property(w => w.Rule).HasMaxLength(64);
        waiver.Property(w => w.Version).IsConcurrencyToken();
        waiver.HasOne(w => w.Crisis).WithMany().HasForeignKey(w => w.CrisisId).OnDelete(DeleteBehavior.Restrict);
        waiver.HasOne(w => w.Hub).WithMany().HasForeignKey(w => w.HubId).OnDelete(DeleteBehavior.Restrict);
        waiver.HasMany(w => w.People).WithOne().HasForeignKey(p => p.WaiverId).OnDelete(DeleteBehavior.Cascade);
        waiver.HasIndex(w => new { w.HubId, w.Rule });
    }
}

internal sealed class WaiverPersonConfiguration : IEntityTypeConfiguration<WaiverPerson>
{
    public void Configure(EntityTypeBuilder<WaiverPerson> person)
    {
        person.ToTable("waiver_people");
        person.HasKey(p => new { p.WaiverId, p.AgentId });
        person.HasOne(p => p.Agent).WithMany().HasForeignKey(p => p.AgentId).OnDelete(DeleteBehavior.Restrict);
        person.HasIndex(p => p.AgentId);
    }
}

internal sealed class WaiverUseConfiguration : IEntityTypeConfiguration<WaiverUse>
{
    public void Configure(EntityTypeBuilder<WaiverUse> use)
    {
        use.ToTable("waiver_uses");
        use.Property(u => u.Id).ValueGeneratedNever();
        use.Property(u => u.Rule).HasMaxLength(64);
        use.Property(u => u.Unit).HasMaxLength(16);
        use.HasOne(u => u.Waiver).WithMany().HasForeignKey(u => u.WaiverId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne(u => u.Agent).WithMany().HasForeignKey(u => u.AgentId).OnDelete(DeleteBehavior.Restrict);
        use.HasIndex(u => u.CrisisId);
        use.HasIndex(u => new { u.HubId, u.Rule });
        use.HasIndex(u => u.RosterId);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class WaiverSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Waiver> Waivers => db.Set<Waiver>();
        public DbSet<WaiverUse> WaiverUses => db.Set<WaiverUse>();
    }
}
