using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Today.Actions;

internal sealed class RecommendationSetConfiguration : IEntityTypeConfiguration<RecommendationSet>
{
    public void Configure(EntityTypeBuilder<RecommendationSet> set)
    {
        set.ToTable("recommendation_sets");
        set.Property(s => s.Id).ValueGeneratedNever();
        set.Property(s => s.MadeBy).HasMaxLength(200);
        set.Property(s => s.Nothing).HasJson();
        set.Property(s => s.Actions).HasJson();
        set.HasOne<Hub>().WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Cascade);
        set.HasOne<Roster>().WithMany().HasForeignKey(s => s.RosterId).OnDelete(DeleteBehavior.Cascade);
        set.HasIndex(s => s.HubId);
        set.HasIndex(s => s.RosterId);
        set.HasIndex(s => s.MadeAt);
    }
}
