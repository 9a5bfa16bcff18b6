using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Setup.Hubs;

internal sealed class HubConfiguration : IEntityTypeConfiguration<Hub>
{
    public void Configure(EntityTypeBuilder<Hub> hub)
    {
        hub.ToTable("hubs");
        hub.Versioned();
        hub.Ignore(h => h.Zone);
        hub.Ignore(h => h.Days);
        hub.Property(h => h.OpeningHours).HasJson();
        hub.Property(h => h.RosterGoals).HasJson();
    }
}
