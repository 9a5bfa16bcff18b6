using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Volumes.Storage;

internal sealed class VolumeConfiguration : IEntityTypeConfiguration<Volume>
{
    public void Configure(EntityTypeBuilder<Volume> volume)
    {
        volume.ToTable("volumes");
        volume.HasKey(v => new { v.SeriesId, v.IntervalStart });
        // On PostgreSQL in partitions by month: TimePartitions, VolumeMonths. No foreign key: its check takes half the time of a load into PostgreSQL. The
        // writer locks the series of a batch and refuses unknown ones.
    }
}

internal sealed class DailyVolumeConfiguration : IEntityTypeConfiguration<DailyVolume>
{
    public void Configure(EntityTypeBuilder<DailyVolume> day)
    {
        day.ToTable("daily_volumes");
        day.HasKey(d => new { d.SeriesId, d.DayStart });
    }
}

internal sealed class VolumeHorizonConfiguration : IEntityTypeConfiguration<VolumeHorizon>
{
    public void Configure(EntityTypeBuilder<VolumeHorizon> horizon)
    {
        horizon.ToTable("volume_horizon");
        horizon.Property(h => h.Id).ValueGeneratedNever();
    }
}
