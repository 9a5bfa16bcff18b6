using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Agents;

internal sealed class TimeOffConfiguration : IEntityTypeConfiguration<TimeOffEntry>
{
    public void Configure(EntityTypeBuilder<TimeOffEntry> timeOff)
    {
        timeOff.ToTable("time_off");
        timeOff.Property(t => t.Id).ValueGeneratedNever();
        timeOff.Property(t => t.Type).HasMaxLength(64);
        timeOff.Property(t => t.Note).HasMaxLength(500);
        timeOff.Property(t => t.Version).IsConcurrencyToken();
        timeOff.Property(t => t.Kind).HasConversion<string>().HasMaxLength(16);
        timeOff.Property(t => t.Edits).HasJson();
        timeOff.Property(t => t.Repairs).HasJson();
        timeOff.HasIndex(t => new { t.AgentId, t.Start });
    }
}
