using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.CapacityPlans;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Storage;

internal sealed class VolumeConfiguration : IEntityTypeConfiguration<Volume>
{
    public void Configure(EntityTypeBuilder<Volume> volume)
    {
        volume.ToTable("Volumes");
        volume.HasKey(v => new { v.SeriesId, v.IntervalStart });
        // No foreign key: its check takes half the time of a load into PostgreSQL. The writer locks the series of a batch and refuses unknown ones.
    }
}
