using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wfm.Api.Features.Volumes.Storage;

internal sealed class VolumeConfiguration : IEntityTypeConfiguration<Volume>
{
    public void Configure(EntityTypeBuilder<Volume> volume)
    {
        volume.ToTable("volumes");
        volume.HasKey(v => new { v.SeriesId, v.IntervalStart });
        // No foreign key: its check takes half the time of a load into PostgreSQL. The writer locks the series of a batch and refuses unknown ones.
    }
}
