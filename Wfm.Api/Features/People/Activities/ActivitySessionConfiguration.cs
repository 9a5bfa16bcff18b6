using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

internal sealed class ActivitySessionConfiguration : IEntityTypeConfiguration<ActivitySession>
{
    public void Configure(EntityTypeBuilder<ActivitySession> session)
    {
        session.ToTable("activity_sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.Property(s => s.People).HasJson();
        session.HasOne<Roster>().WithMany().HasForeignKey(s => s.RosterId).OnDelete(DeleteBehavior.Cascade); // a draft that goes takes its sessions with it
        session.HasIndex(s => s.ActivityId);
        session.HasIndex(s => s.RosterId);
    }
}
