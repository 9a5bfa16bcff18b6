using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Turns;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Edits;

internal sealed class RosterEditConfiguration : IEntityTypeConfiguration<RosterEdit>
{
    public void Configure(EntityTypeBuilder<RosterEdit> edit)
    {
        edit.ToTable("roster_edits");
        edit.Property(e => e.Id).ValueGeneratedNever();
        edit.Property(e => e.Cause).HasConversion<string>().HasMaxLength(16);
        edit.Property(e => e.Broken).HasJson();
        edit.HasOne<Roster>().WithMany().HasForeignKey(e => e.RosterId).OnDelete(DeleteBehavior.Cascade);
        edit.HasMany(e => e.Days).WithOne().HasForeignKey(d => d.EditId).OnDelete(DeleteBehavior.Cascade);
        edit.HasIndex(e => new { e.RosterId, e.Number }).IsUnique();
    }
}

internal sealed class RosterEditDayConfiguration : IEntityTypeConfiguration<RosterEditDay>
{
    public void Configure(EntityTypeBuilder<RosterEditDay> day)
    {
        day.ToTable("roster_edit_days");
        day.HasKey(d => new { d.EditId, d.AgentId, d.Date });
        day.Property(d => d.Before).HasJson();
        day.Property(d => d.After).HasJson();
        day.HasOne<Agent>().WithMany().HasForeignKey(d => d.AgentId).OnDelete(DeleteBehavior.Restrict);
        day.HasIndex(d => new { d.AgentId, d.Date });
    }
}

internal sealed class RosterTurnConfiguration : IEntityTypeConfiguration<RosterTurn>
{
    public void Configure(EntityTypeBuilder<RosterTurn> turn)
    {
        turn.ToTable("roster_turn");
        turn.Property(t => t.Id).ValueGeneratedNever();
        turn.HasData(new RosterTurn { Id = RosterTurn.Only });
    }
}
