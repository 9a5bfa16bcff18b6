using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

internal sealed class PlannedActivityConfiguration : IEntityTypeConfiguration<PlannedActivity>
{
    public void Configure(EntityTypeBuilder<PlannedActivity> activity)
    {
        activity.ToTable("activities");
        activity.Property(a => a.Id).ValueGeneratedNever();
        activity.Property(a => a.Code).HasMaxLength(100);
        activity.Property(a => a.Grouping).HasConversion<string>().HasMaxLength(16);
        activity.Property(a => a.Agents).HasJson();
        activity.Property(a => a.Weekdays).HasJson();
        activity.Property(a => a.Reasons).HasJson();
        activity.Property(a => a.Version).IsConcurrencyToken();
        activity.HasOne(a => a.Hub).WithMany().HasForeignKey(a => a.HubId).OnDelete(DeleteBehavior.Restrict);
        activity.HasMany(a => a.Sessions).WithOne().HasForeignKey(s => s.ActivityId).OnDelete(DeleteBehavior.Cascade);
        activity.HasIndex(a => new { a.HubId, a.To });
        activity.HasIndex(a => a.Code);
    }
}
