using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Stored;

internal sealed class ForecastRunConfiguration : IEntityTypeConfiguration<ForecastRun>
{
    public void Configure(EntityTypeBuilder<ForecastRun> run)
    {
        run.ToTable("forecasts");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        run.Property(r => r.Content).HasConversion<string>().HasMaxLength(16);
        run.Property(r => r.Version).IsConcurrencyToken();
        run.Property(r => r.Skipped).HasJson();
        run.Property(r => r.Fingerprint).HasMaxLength(64);
        run.HasQueryFilter(r => r.IsComplete);
        run.HasOne<Hub>().WithMany().HasForeignKey(r => r.HubId).OnDelete(DeleteBehavior.Restrict);
        run.HasMany(r => r.Series).WithOne().HasForeignKey(s => s.ForecastRunId).OnDelete(DeleteBehavior.Cascade);
        run.HasIndex(r => new { r.HubId, r.State, r.CutOff });
        run.HasIndex(r => r.JobId);
        run.HasIndex(r => r.HubId).IsUnique().HasFilter("state = 'Published'"); // a hub serves one
    }
}
