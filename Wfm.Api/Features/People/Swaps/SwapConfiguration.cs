using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Swaps;

internal sealed class SwapConfiguration : IEntityTypeConfiguration<Swap>
{
    public void Configure(EntityTypeBuilder<Swap> swap)
    {
        swap.ToTable("swaps");
        swap.Property(s => s.Id).ValueGeneratedNever();
        swap.Property(s => s.Kind).HasConversion<string>().HasMaxLength(16);
        swap.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
        swap.Property(s => s.Shift).HasJson();
        swap.Property(s => s.OtherShift).HasJson();
        swap.Property(s => s.Day).HasJson();
        swap.Property(s => s.Steps).HasJson();
        swap.Property(s => s.Version).IsConcurrencyToken();
        swap.Ignore(s => s.IsOpen);
        swap.HasOne(s => s.Hub).WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Cascade);
        swap.HasOne(s => s.Agent).WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
        swap.HasOne(s => s.Other).WithMany().HasForeignKey(s => s.OtherId).OnDelete(DeleteBehavior.Cascade);
        swap.HasOne<OpenShift>().WithMany().HasForeignKey(s => s.OpenShiftId).OnDelete(DeleteBehavior.Cascade);
        swap.HasIndex(s => new { s.AgentId, s.AskedAt });
        swap.HasIndex(s => new { s.HubId, s.State });
        swap.HasIndex(s => new { s.State, s.ExpiresAt });
    }
}

internal sealed class OpenShiftConfiguration : IEntityTypeConfiguration<OpenShift>
{
    public void Configure(EntityTypeBuilder<OpenShift> shift)
    {
        shift.ToTable("open_shifts");
        shift.Property(s => s.Id).ValueGeneratedNever();
        shift.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
        shift.Property(s => s.Shift).HasJson();
        shift.Property(s => s.Kind).HasConversion<string>().HasMaxLength(16);
        shift.Property(s => s.Offered).HasJson();
        shift.Property(s => s.Version).IsConcurrencyToken();
        shift.Ignore(s => s.Closed);
        shift.HasOne(s => s.Hub).WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Cascade);
        shift.HasIndex(s => new { s.HubId, s.State });
        shift.HasIndex(s => new { s.State, s.ExpiresAt });
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class SwapSets
{
    extension(WfmDbContext db)
    {
        public DbSet<Swap> Swaps => db.Set<Swap>();
        public DbSet<OpenShift> OpenShifts => db.Set<OpenShift>();
    }
}
