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

internal sealed class SeriesConfiguration : IEntityTypeConfiguration<Series>
{
    public void Configure(EntityTypeBuilder<Series> series)
    {
        series.HasIndex(s => new { s.QueueId, s.HubId }).IsUnique();
        series.HasOne(s => s.Queue).WithMany().HasForeignKey(s => s.QueueId).OnDelete(DeleteBehavior.Restrict);
        series.HasOne(s => s.Hub).WithMany().HasForeignKey(s => s.HubId).OnDelete(DeleteBehavior.Restrict);
    }
}
