using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Adjustments;

/// <summary>Applies adjustments to a stored forecast on the way out.</summary>
internal static class AdjustmentLayers
{
    /// <summary>All layers of a forecast by series, in the order in which they apply.</summary>
    public static async Task<ILookup<int, ForecastAdjustment>> AdjustmentsOf(this WfmDbContext db, Guid forecastId, CancellationToken cancellationToken) =>
        (await db.ForecastAdjustments.AsNoTracking().Where(a => a.ForecastRunId == forecastId).OrderBy(a => a.Id).ToListAsync(cancellationToken))
            .ToLookup(a => a.SeriesId);

    /// <summary>The forecast of a series with its layers applied; the row itself when none touches it.</summary>
    public static async Task<SeriesForecastRow> Adjusted(this WfmDbContext db, SeriesForecastRow row, CancellationToken cancellationToken)
    {
        var layers = await db.ForecastAdjustments.AsNoTracking().Where(a => a.ForecastRunId == row.ForecastRunId && a.SeriesId == row.SeriesId)
            .OrderBy(a => a.Id).ToListAsync(cancellationToken);
        return row.With(layers);
    }

    /// <summary>Mean and quantiles after the layers, one after the other; closed intervals stay as they are.</summary>
    public static SeriesForecastRow With(this SeriesForecastRow row, IEnumerable<ForecastAdjustment> layers)
    {
        var (n, span, mean, quantiles) = (row.Mean.Length, row.Span, row.Mean, row.Quantiles);
        foreach (var layer in layers)
        {
            for (var i = span.CeilingIndexOf(layer.From); i < n && layer.AppliesAt(span.StartOf(i)); i++)
            {
                if (row.IsClosed(i))
                {
                    continue;
                }

                (mean, quantiles) = ReferenceEquals(mean, row.Mean) ? ([.. mean], [.. quantiles]) : (mean, quantiles);
                mean[i] = layer.Apply(mean[i]);
                for (var k = i; k < quantiles.Length; k += n)
                {
                    quantiles[k] = layer.Apply(quantiles[k]);
                }
            }
        }

        return ReferenceEquals(mean, row.Mean) ? row : row.WithCurves(mean, quantiles);
    }

    public static bool IsClosed(this SeriesForecastRow row, int interval) => row.Detail.Closed.Length > 0 && row.Detail.Closed[interval];

    /// <summary>End of the last interval of a series whose volume is known; the beginning of time without any.</summary>
    public static async Task<Instant> KnownUntil(this VolumeHistory volumes, Series series, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var last = await volumes.LastInterval([series.Id], cancellationToken);
        return last.TryGetValue(series.Id, out var start) ? IntervalGrid.Of(series.IntervalMinutes, zone).EndOf(start) : Instant.FromUnixTimeTicks(0);
    }
}
