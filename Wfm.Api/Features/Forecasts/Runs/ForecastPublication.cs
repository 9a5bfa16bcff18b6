using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>A hub serves one forecast at a time.</summary>
internal static class ForecastPublication
{
    /// <summary>
    /// Makes a forecast, with its series, the served one: takes its predecessor back and carries that one's adjustments over where they still
    /// have something to say. Call in the transaction that saves it: never two served, never none.
    /// </summary>
    public static async Task PublishForecast(
        this WfmDbContext db, ForecastRun forecast, IEnumerable<int> seriesIds, Instant now, CancellationToken cancellationToken)
    {
        // Locks the hub's row: of two publications at once the later sees the earlier.
        await db.Hubs.Where(h => h.Id == forecast.HubId).ExecuteUpdateAsync(h => h.SetProperty(x => x.Seats, x => x.Seats), cancellationToken);
        if (forecast.CarryAdjustments)
        {
            await db.CarryAdjustments(forecast, [.. seriesIds], cancellationToken);
        }

        await db.Forecasts.Where(f => f.HubId == forecast.HubId && f.State == PublicationState.Published).ExecuteUpdateAsync(
                f => f.SetProperty(x => x.State, PublicationState.Superseded).SetProperty(x => x.Version, x => x.Version + 1),
                cancellationToken);
        (forecast.State, forecast.PublishedAt) = (PublicationState.Published, now);
    }

    private static async Task CarryAdjustments(this WfmDbContext db, ForecastRun forecast, int[] seriesIds, CancellationToken cancellationToken)
    {
        var served = db.Forecasts.Where(f => f.HubId == forecast.HubId && f.State == PublicationState.Published).Select(f => f.Id);
        var running = await db.ForecastAdjustments.AsNoTracking().Where(a =>
                served.Contains(a.ForecastRunId)
                && a.WithdrawnAt == null
                && a.AppliesUntil > forecast.CutOff
                && a.From < forecast.End
                && seriesIds.Contains(a.SeriesId))
            .OrderBy(a => a.Id).ToListAsync(cancellationToken);
        db.ForecastAdjustments.AddRange(running.Select(a => a.CopyFor(forecast.Id)));
    }
}
