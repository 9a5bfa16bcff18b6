using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Wellbeing;

internal sealed class LimitPriceListConfiguration : IEntityTypeConfiguration<LimitPriceList>
{
    public void Configure(EntityTypeBuilder<LimitPriceList> prices)
    {
        prices.ToTable("limit_prices");
        prices.Property(p => p.Id).ValueGeneratedNever();
        prices.Property(p => p.Data).HasJson();
        prices.HasOne<Roster>().WithMany().HasForeignKey(p => p.RosterId).OnDelete(DeleteBehavior.Cascade);
        prices.HasIndex(p => p.RosterId);
    }
}
