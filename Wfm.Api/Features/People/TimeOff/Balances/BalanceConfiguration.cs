using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Balances;

internal sealed class BalanceEntryConfiguration : IEntityTypeConfiguration<BalanceEntry>
{
    public void Configure(EntityTypeBuilder<BalanceEntry> entry)
    {
        entry.ToTable("balance_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Type).HasMaxLength(64);
        entry.Property(e => e.Kind).HasConversion<string>().HasMaxLength(16);
        entry.Property(e => e.Reason).HasMaxLength(500);
        entry.HasOne<Agent>().WithMany().HasForeignKey(e => e.AgentId).OnDelete(DeleteBehavior.Cascade);
        entry.HasIndex(e => new { e.AgentId, e.Type, e.On });
    }
}

internal sealed class LeaveBookingConfiguration : IEntityTypeConfiguration<LeaveBooking>
{
    public void Configure(EntityTypeBuilder<LeaveBooking> booking)
    {
        booking.ToTable("leave_bookings");
        booking.Property(b => b.Id).ValueGeneratedNever();
        booking.Property(b => b.Type).HasMaxLength(64);
        booking.Property(b => b.Balance).HasMaxLength(64);
        booking.HasOne<Agent>().WithMany().HasForeignKey(b => b.AgentId).OnDelete(DeleteBehavior.Cascade);
        booking.HasIndex(b => new { b.AgentId, b.Date });
        booking.HasIndex(b => new { b.HubId, b.Date });
        booking.HasIndex(b => b.RequestId);
        booking.HasIndex(b => b.EntryId);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class BalanceSets
{
    extension(WfmDbContext db)
    {
        public DbSet<BalanceEntry> BalanceEntries => db.Set<BalanceEntry>();
        public DbSet<LeaveBooking> LeaveBookings => db.Set<LeaveBooking>();
    }
}
