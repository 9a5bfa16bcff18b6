using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.LongRange;

/// <summary>Forecasts a stored series by week from all the history there is, up to five years.</summary>
internal sealed class LongRangeRun(WfmDbContext db, VolumeHistory volumes, ComputeSlots slots)
{
    private static readonly Duration HistoryLength = Duration.FromDays(5 * 364);

    /// <returns>The history used and its forecast; null where the series has no volumes.</returns>
    public async Task<(TimeSeries History, SeriesForecast Forecast)?> Of(
        Series series, Hub hub, int weeks, IEnumerable<OperationEvent> events, CancellationToken cancellationToken)
    {
        var last = await volumes.LastInterval([series.Id], cancellationToken);
        if (!last.TryGetValue(series.Id, out var lastStart))
        {
            return null;
        }

        var cutOff = series.GridAt(hub).EndOf(lastStart);
        var stretch = await volumes.Load(series.Id, SeriesHistory.Earliest(series.GridAt(hub), cutOff, HistoryLength), cutOff, cancellationToken);
        var history = series.ToHistory(hub, stretch, events);
        return (
            history.Offered,
            await slots.Run(() => LongRangeForecast.Forecast(history.Offered, weeks, history.Options, cancellationToken), cancellationToken));
    }

    /// <summary>Events that touch the hub.</summary>
    public Task<List<OperationEvent>> EventsOf(Hub hub, CancellationToken cancellationToken) =>
        db.Events.AsNoTracking().Where(e => e.HubId == null || e.HubId == hub.Id).ToListAsync(cancellationToken);
}
