using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff.Limits;

internal sealed class LeaveAllowanceConfiguration : IEntityTypeConfiguration<LeaveAllowance>
{
    public void Configure(EntityTypeBuilder<LeaveAllowance> allowance)
    {
        allowance.ToTable("leave_allowances");
        allowance.Versioned();
        allowance.Property(a => a.Group).HasMaxLength(64);
        allowance.Property(a => a.Measure).HasConversion<string>().HasMaxLength(16);
        allowance.Property(a => a.Days).HasJson();
        allowance.Property(a => a.Types).HasJson();
        allowance.HasOne(a => a.Hub).WithMany().HasForeignKey(a => a.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LeaveBlackoutConfiguration : IEntityTypeConfiguration<LeaveBlackout>
{
    public void Configure(EntityTypeBuilder<LeaveBlackout> blackout)
    {
        blackout.ToTable("leave_blackouts");
        blackout.Versioned();
        blackout.Property(b => b.Groups).HasJson();
        blackout.Property(b => b.Types).HasJson();
        blackout.HasOne(b => b.Hub).WithMany().HasForeignKey(b => b.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What this feature keeps in the store.</summary>
internal static class LeaveLimitSets
{
    extension(WfmDbContext db)
    {
        public DbSet<LeaveAllowance> LeaveAllowances => db.Set<LeaveAllowance>();
        public DbSet<LeaveBlackout> LeaveBlackouts => db.Set<LeaveBlackout>();
    }
}
