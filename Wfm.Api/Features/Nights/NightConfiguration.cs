using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Nights;

internal sealed class NightConfiguration : IEntityTypeConfiguration<Night>
{
    public void Configure(EntityTypeBuilder<Night> night)
    {
        night.HasKey(n => new { n.HubId, n.Date }); // of two processes the store lets one hand the night in
        night.HasOne<Hub>().WithMany().HasForeignKey(n => n.HubId).OnDelete(DeleteBehavior.Cascade);
    }
}
