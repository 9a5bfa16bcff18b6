using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Stored;

internal sealed class RosterConfiguration : IEntityTypeConfiguration<Roster>
{
    public void Configure(EntityTypeBuilder<Roster> roster)
    {
        roster.ToTable("rosters");
        roster.Property(r => r.Id).ValueGeneratedNever();
        roster.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        roster.Property(r => r.Version).IsConcurrencyToken();
        roster.Property(r => r.Summary).HasJson();
        roster.Property(r => r.Violations).HasJson();
        roster.Property(r => r.Uncovered).HasJson();
        roster.Property(r => r.GoalPrices).HasJson();
        roster.HasOne(r => r.Hub).WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        roster.HasMany(r => r.Shifts).WithOne().HasForeignKey(s => s.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasMany(r => r.People).WithOne().HasForeignKey(p => p.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasMany(r => r.Coverage).WithOne().HasForeignKey(c => c.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasMany(r => r.Deadlines).WithOne().HasForeignKey(d => d.RosterId).OnDelete(DeleteBehavior.Cascade);
        roster.HasIndex(r => new { r.HubId, r.Start, r.Revision }).IsUnique();
        roster.HasIndex(r => r.JobId);
        roster.HasIndex(r => r.RequirementRunId);
        roster.HasIndex(r => r.Publication).IsUnique(); // of several publications at once the store lets one be the next
    }
}
