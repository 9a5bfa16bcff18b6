using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts;

/// <summary>A hub serves one forecast at a time.</summary>
internal static class ForecastPublication
{
    /// <summary>Takes the served forecast of a hub back, in the transaction that publishes its successor.</summary>
    public static Task SupersedeForecasts(this WfmDbContext db, Guid hubId, CancellationToken cancellationToken) =>
        db.Forecasts.Where(f => f.HubId == hubId && f.State == PublicationState.Published).ExecuteUpdateAsync(
            f => f.SetProperty(x => x.State, PublicationState.Superseded).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
}
