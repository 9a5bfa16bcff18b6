using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Repair;

internal sealed class RosterRepairConfiguration : IEntityTypeConfiguration<RosterRepairRecord>
{
    public void Configure(EntityTypeBuilder<RosterRepairRecord> repair)
    {
        repair.ToTable("roster_repairs");
        repair.HasKey(r => r.RosterId);
        repair.Property(r => r.Summary).HasJson();
        repair.Property(r => r.Changes).HasJson();
        repair.HasOne<Roster>().WithOne().HasForeignKey<RosterRepairRecord>(r => r.RosterId).OnDelete(DeleteBehavior.Cascade);
        repair.HasOne<Roster>().WithMany().HasForeignKey(r => r.OriginalId).OnDelete(DeleteBehavior.Cascade);
    }
}
