using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Pipeline;

/// <summary>The forecast of one queue of a hub.</summary>
/// <param name="Key">Key of its history.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Volume">Contacts.</param>
/// <param name="AhtSeconds">Average handle time per interval, in seconds.</param>
public sealed record ForecastedQueue(int Key, PlannedQueue Queue, SeriesForecast Volume, double[] AhtSeconds)
{
    /// <summary>Contacts open when the forecast starts; deferrable work only.</summary>
    public double OpeningBacklog { get; init; }

    /// <summary>Where the values of the curves lie in time.</summary>
    public GridSpan Span => GridSpan.From(Volume.Grid, Volume.Start, Volume.Horizon);
}

/// <summary>A queue left out of a step.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SkippedQueue(string Queue, string Reason);

/// <summary>The forecasts of a hub, in order of the histories, and what could not be forecast.</summary>
public sealed record HubForecast(IReadOnlyList<ForecastedQueue> Queues, IReadOnlyList<SkippedQueue> Skipped);

/// <summary>What series of a hub taught each other, for the forecast of each.</summary>
internal sealed record HubLearning(ForecastPool Pool, EventPool Effects);

/// <summary>Histories → forecasts: what the series of a hub teach each other, then each by itself, on every core.</summary>
public sealed class HubForecaster(ComputeSlots slots)
{
    private static readonly Dictionary<Duration, IReadOnlyList<PooledModel>> Nothing = [];

    /// <summary>End of a forecast of so many local days, of which that of the cut-off is the first.</summary>
    public static Instant End(DateTimeZone zone, Instant cutOff, int days) => zone.AtStartOfDay(cutOff.InZone(zone).Date.PlusDays(days)).ToInstant();

    /// <param name="series">What is forecast, known at least once before the cut-off.</param>
    /// <param name="siblings">What is not forecast but learned from.</param>
    /// <param name="cutOff">End of the histories.</param>
    /// <param name="end">End of the forecasts.</param>
    /// <param name="progress">Receives how many of the series are done.</param>
    public async Task<HubForecast> Forecast(
        IReadOnlyList<SeriesHistory> series, IReadOnlyList<SeriesHistory> siblings, Instant cutOff, Instant end, int seed, Action<int>? progress,
        CancellationToken cancellationToken)
    {
        SeriesHistory[] all = [.. series, .. siblings];
        var learned = await Learn(all, Nothing, series.Count == 0 ? "" : series[0].Hub.Code, cutOff, end, cancellationToken);
        return await Forecast(learned, series, end, seed, progress, cancellationToken);
    }

    /// <summary>What series teach each other.</summary>
    /// <param name="all">What is forecast, or a part of it that stands for the rest, and what is not forecast but learned from.</param>
    /// <param name="models">Models trained across series, by length of interval.</param>
    /// <param name="hub">Code of the hub that is forecast: events elsewhere teach nothing about its own.</param>
    /// <param name="cutOff">End of the histories.</param>
    /// <param name="end">End of the forecasts.</param>
    internal async Task<HubLearning> Learn(
        IReadOnlyList<SeriesHistory> all, IReadOnlyDictionary<Duration, IReadOnlyList<PooledModel>> models, string hub, Instant cutOff, Instant end,
        CancellationToken cancellationToken) =>
        new(new ForecastPool(all, models), await Effects([.. all.Where(s => s.Hub.Code == hub)], cutOff, end, cancellationToken));

    /// <summary>Forecasts a batch of the series of a hub.</summary>
    /// <param name="end">End of the forecasts.</param>
    /// <param name="progress">Receives how many of the batch are done.</param>
    internal async Task<HubForecast> Forecast(
        HubLearning learned, IReadOnlyList<SeriesHistory> series, Instant end, int seed, Action<int>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        var fits = series.Select(one =>
                (
                    one.Queue,
                    Fit: slots.Run(
                        () =>
                        {
                            var fit = Fit(one, end, seed, learned.Pool, learned.Effects, cancellationToken);
                            progress?.Invoke(Interlocked.Increment(ref done));
                            return fit;
                        },
                        cancellationToken)))
            .ToList();
        return await Collect(fits);
    }

    private static ForecastedQueue Fit(SeriesHistory series, Instant end, int seed, ForecastPool pool, EventPool effects, CancellationToken cancellationToken)
    {
        var (history, grid) = (series.Offered, series.Offered.Grid);
        var horizon = grid.StepsUntil(history.End, end);
        var forecast = pool.Forecast(series, horizon, seed, effects.SiblingsOf(series.Key), cancellationToken);
        var aht = AhtForecaster.Forecast(history.Start, grid, series.Handled, series.HandleTimeSeconds, horizon, series.Queue.AhtSeconds);
        return new ForecastedQueue(series.Key, series.Queue, forecast with { Quantiles = Kept(forecast.Quantiles) }, aht);
    }

    /// <summary>Quantiles in the precision in which forecasts are kept, so that whoever goes on from a forecast starts from the same numbers.</summary>
    private static double[][] Kept(double[][] quantiles) => Array.ConvertAll(quantiles, row => Array.ConvertAll(row, value => (double)(float)value));

    /// <summary>What events did to each series of the hub.</summary>
    private async Task<EventPool> Effects(IReadOnlyList<SeriesHistory> series, Instant cutOff, Instant end, CancellationToken cancellationToken)
    {
        var pool = new EventPool();
        if (!EventPool.IsNeeded([.. series.SelectMany(s => s.Events)], cutOff, end))
        {
            return pool;
        }

        var learning = series.Select(one => (one.Key, Effects: slots.Run(() => EventPool.Learn(one), cancellationToken))).ToList();
        foreach (var (key, effects) in learning)
        {
            pool.Add(key, await effects);
        }

        return pool;
    }

    /// <summary>One poisoned series spoils no other: its reason is kept, the rest goes on.</summary>
    private static async Task<HubForecast> Collect(List<(PlannedQueue Queue, Task<ForecastedQueue> Fit)> fits)
    {
        var (forecasts, skipped) = (new List<ForecastedQueue>(), new List<SkippedQueue>());
        foreach (var (queue, fit) in fits)
        {
            try
            {
                forecasts.Add(await fit);
            }
            catch (ForecastDataException e)
            {
                skipped.Add(new SkippedQueue(queue.Code, $"Queue '{queue.Code}': {e.Message}"));
            }
        }

        return new HubForecast(forecasts, skipped);
    }
}
