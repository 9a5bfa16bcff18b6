using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <param name="Queues">Codes of the queues to forecast; null for all of the hub.</param>
/// <param name="Publish">True makes it the hub's served forecast.</param>
/// <param name="CutOff">History ends here; null for the end of the data.</param>
/// <param name="CarryAdjustments">True takes over the running adjustments of the forecast served before.</param>
/// <param name="Incremental">True goes on from what the hub's last forecast learned, series by series, as long as that serves.</param>
public sealed record ForecastArguments(
    string[]? Queues, int HorizonDays, int Seed, bool Publish, Instant? CutOff = null, bool CarryAdjustments = true, bool Incremental = false);

/// <summary>Fits every series of a hub, back-tests it, stores the forecast, publishes it when asked.</summary>
public sealed class ForecastJob(WfmDbContext db, VolumeHistory volumes, ComputeSlots slots, IClock clock) : IJobHandler
{
    /// <summary>Two years: what the yearly season needs.</summary>
    public static readonly Duration HistoryLength = Duration.FromDays(2 * 364);

    /// <summary>A series silent for longer than this before the cut-off is not forecast.</summary>
    public static readonly Duration LongestSilence = Duration.FromDays(28);

    /// <summary>How far back other hubs' series are read when a young one borrows from them.</summary>
    public static readonly Duration SiblingHistory = Duration.FromDays(364);

    public static string Kind => "forecast";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Forecasts.Where(f => f.JobId == job.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/forecasts/{made}"; // stored before the worker died
        }

        var arguments = job.Arguments<ForecastArguments>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var series = await db.Series.AsNoTracking().Include(s => s.Queue).Include(s => s.Hub)
            .Where(s => s.HubId == hub.Id && (arguments.Queues == null || arguments.Queues.Contains(s.Queue!.Code)))
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);
        if (series.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has no volumes yet; import some with POST /api/v1/volumes:import.");
        }

        job.Progress.Report(0.01, "reading volumes");
        var last = await volumes.LastInterval(series.Select(s => s.Id).ToArray(), cancellationToken);
        var cutOff = CutOffOf(hub, series, last, arguments.CutOff);
        var events = await db.Events.AsNoTracking().OrderBy(e => e.Start).ThenBy(e => e.Id).ToListAsync(cancellationToken);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var run = new ForecastRun
        {
            HubId = hub.Id,
            CutOff = cutOff,
            End = hub.Zone.AtStartOfDay(cutOff.InZone(hub.Zone).Date.PlusDays(arguments.HorizonDays)).ToInstant(),
            Seed = arguments.Seed,
            CarryAdjustments = arguments.CarryAdjustments,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
        };

        var memories = arguments.Incremental ? await Memories(hub, cancellationToken) : [];
        var known = new List<(Series Series, History History)>();
        foreach (var one in series)
        {
            if (!last.TryGetValue(one.Id, out var lastStart) || lastStart + LongestSilence < cutOff)
            {
                var since = last.ContainsKey(one.Id) ? $"no volume since {lastStart}, more than {LongestSilence.Days} days before the cut-off {cutOff}" : "no volume at all";
                run.Skipped.Add(new SkippedSeries(one.Queue!.Code, $"Queue '{one.Queue.Code}' has {since}."));
                continue;
            }

            var history = (await volumes.Load(one.Id, StartOf(one, hub, cutOff, memories.GetValueOrDefault(one.Id)), cutOff, cancellationToken)).FromFirstKnown();
            if (!Array.Exists(history.Offered, value => !double.IsNaN(value)))
            {
                run.Skipped.Add(new SkippedSeries(one.Queue!.Code, $"Queue '{one.Queue.Code}' has no volume before the cut-off {cutOff}."));
                continue;
            }

            known.Add((one, history));
        }

        job.Progress.Report(0.1, "learning across series");
        var siblings = await Siblings(hub, known, cutOff, cancellationToken);
        var members = known.Concat(siblings).ToDictionary(k => k.Series.Id, k => ForecastPool.Member(k.Series, k.History, events));
        var effects = EventPool.IsNeeded([.. events.Where(e => e.Touches(hub))], cutOff, run.End)
            ? await LearnEvents(known.Concat(siblings).Where(k => k.Series.HubId == hub.Id).Select(k => k.Series.Id), members, cancellationToken)
            : new EventPool();
        var pool = await slots.Run(() => ForecastPool.Train(members, run.End, run.Seed, cancellationToken), cancellationToken);
        var fits = new List<(string Queue, Task<SeriesForecastRow> Row)>();
        var done = 0;
        foreach (var (one, history) in known)
        {
            fits.Add((one.Queue!.Code, slots.Run(
                () =>
                {
                    var row = Fit(one, history, run, pool, effects.SiblingsOf(one.Id), memories.GetValueOrDefault(one.Id), cancellationToken);
                    job.Progress.Report(0.1 + (0.85 * Interlocked.Increment(ref done) / known.Count), $"fitted {done} of {known.Count} series");
                    return row;
                },
                cancellationToken)));
        }

        foreach (var (_, history) in known.Concat(siblings))
        {
            hash.AppendData(MemoryMarshal.AsBytes(history.Offered.AsSpan()));
        }

        await Collect(run, fits);
        if (run.Series.Count == 0)
        {
            throw new JobFailedException($"No series of hub '{hub.Code}' could be forecast: {string.Join(" ", run.Skipped.Select(s => s.Reason))}");
        }

        job.Progress.Report(0.97, "storing");
        await Store(run, Convert.ToHexStringLower(hash.GetHashAndReset()), arguments.Publish, cancellationToken);
        return $"/api/v1/forecasts/{run.Id}";
    }

    private static Instant CutOffOf(Hub hub, List<Series> series, IReadOnlyDictionary<int, Instant> last, Instant? asked)
    {
        if (last.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has series but no volumes; import some with POST /api/v1/volumes:import.");
        }

        var end = series.Where(s => last.ContainsKey(s.Id)).Max(s => last[s.Id] + Duration.FromMinutes(s.IntervalMinutes));
        return asked is { } cutOff && cutOff < end ? cutOff : end;
    }

    /// <summary>The start of the history window, on the grid of the series.</summary>
    internal static Instant Earliest(Series series, Hub hub, Instant cutOff, Duration length) => series.IntervalMinutes < 1440
        ? cutOff - length
        : hub.Zone.AtStartOfDay((cutOff - length).InZone(hub.Zone).Date).ToInstant();

    /// <summary>What the hub's served forecast learned, by series: what was tried out beside it does not count.</summary>
    private async Task<Dictionary<int, ForecastMemory>> Memories(Hub hub, CancellationToken cancellationToken)
    {
        var last = await db.Forecasts.AsNoTracking().Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken);
        var details = await db.SeriesForecasts.AsNoTracking().Where(s => s.ForecastRunId == last).Select(s => new { s.SeriesId, s.Detail }).ToListAsync(cancellationToken);
        return details.Where(d => d.Detail.Memory is not null).ToDictionary(d => d.SeriesId, d => d.Detail.Memory!);
    }

    /// <summary>Where the history of a series begins: where that of its memory began, as long as the memory can serve.</summary>
    private static Instant StartOf(Series series, Hub hub, Instant cutOff, ForecastMemory? memory)
    {
        var earliest = Earliest(series, hub, cutOff, HistoryLength);
        return memory is not null && memory.Start >= earliest - Duration.FromDays(ForecastMemory.LongestDays + 1) ? memory.Start : earliest;
    }

    /// <summary>
    /// Series that are not forecast here but learned from: the rest of the hub, so that a queue is forecast alike alone and among all, and, where
    /// one of them has hardly begun, the latest year of the other hubs.
    /// </summary>
    private async Task<List<(Series Series, History History)>> Siblings(
        Hub hub, List<(Series Series, History History)> known, Instant cutOff, CancellationToken cancellationToken)
    {
        var ids = known.ConvertAll(k => k.Series.Id);
        var everywhere = known.Exists(k => ForecastPool.IsYoung(k.History));
        var others = await db.Series.AsNoTracking().Include(s => s.Queue).Include(s => s.Hub)
            .Where(s => !ids.Contains(s.Id) && (everywhere || s.HubId == hub.Id)).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(others.ConvertAll(s => s.Id), cancellationToken);
        var siblings = new List<(Series, History)>();
        foreach (var other in others.Where(s => last.TryGetValue(s.Id, out var lastStart) && lastStart + LongestSilence >= cutOff))
        {
            var from = Earliest(other, other.Hub!, cutOff, other.HubId == hub.Id ? HistoryLength : SiblingHistory);
            var history = (await volumes.Load(other.Id, from, cutOff, cancellationToken)).FromFirstKnown();
            if (Array.Exists(history.Offered, value => !double.IsNaN(value)))
            {
                siblings.Add((other, history));
            }
        }

        return siblings;
    }

    /// <summary>What events did to each series of the hub, learned on every core.</summary>
    private async Task<EventPool> LearnEvents(IEnumerable<int> seriesIds, Dictionary<int, PoolMember> members, CancellationToken cancellationToken)
    {
        var learning = seriesIds.Select(id => (Id: id, Effects: slots.Run(() => EventPool.Learn(members[id].History, members[id].Options), cancellationToken))).ToList();
        var pool = new EventPool();
        foreach (var (id, effects) in learning)
        {
            pool.Add(id, await effects);
        }

        return pool;
    }

    internal static TimeSeries Observed(Series series, Hub hub, History history) =>
        new(history.Start, new IntervalGrid(Duration.FromMinutes(series.IntervalMinutes), hub.Zone), history.Offered);

    internal static ForecastOptions Options(Series series, Hub hub, IEnumerable<OperationEvent> events) => new()
    {
        Events = [.. events.Where(e => e.Touches(hub) && (e.QueueId is null || e.QueueId == series.QueueId)).Select(e => e.ToCalendarEvent())],
        OpenWeek = hub.OpeningHours.Count == 0 ? null : OpenWeek.Of(hub.OpeningHours, new IntervalGrid(Duration.FromMinutes(series.IntervalMinutes), hub.Zone)),
    };

    private static SeriesForecastRow Fit(
        Series series, History history, ForecastRun run, ForecastPool pool, IReadOnlyList<EventEffect> effects, ForecastMemory? memory,
        CancellationToken cancellationToken)
    {
        var grid = new IntervalGrid(Duration.FromMinutes(series.IntervalMinutes), series.Hub!.Zone);
        var horizon = grid.StepsUntil(history.StartOf(history.Length), run.End);
        var forecast = pool.Forecast(series.Id, horizon, run.Seed, effects, memory, cancellationToken);
        var aht = AhtForecaster.Forecast(history.Start, grid, history.Handled, history.HandleTimeSeconds, horizon, series.Queue!.AhtSeconds);
        return new SeriesForecastRow
        {
            ForecastRunId = run.Id,
            SeriesId = series.Id,
            Start = forecast.Start,
            IntervalMinutes = series.IntervalMinutes,
            Mean = forecast.Mean,
            QuantileLevels = forecast.QuantileLevels,
            Quantiles = ForecastCurves.Flatten(forecast.Quantiles),
            AhtSeconds = aht,
            Detail = new SeriesForecastDetail(
                forecast.Models, forecast.Backtest, forecast.Dependence, CleansingSummary.Of(forecast.Cleansing), forecast.Closed, history.Length)
            {
                EventEffects = [.. forecast.EventEffects.Select(LearnedEffect.Of)],
                EventFactors = forecast.EventFactors,
                Crises = forecast.Crises,
                Memory = forecast.Memory,
                FromMemory = forecast.FromMemory,
            },
        };
    }

    /// <summary>One poisoned series spoils no other: its reason is kept, the rest goes on.</summary>
    private static async Task Collect(ForecastRun run, List<(string Queue, Task<SeriesForecastRow> Row)> fits)
    {
        foreach (var (queue, row) in fits)
        {
            try
            {
                run.Series.Add(await row);
            }
            catch (ForecastDataException e)
            {
                run.Skipped.Add(new SkippedSeries(queue, $"Queue '{queue}': {e.Message}"));
            }
        }
    }

    private async Task Store(ForecastRun run, string dataHash, bool publish, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (publish)
        {
            await db.PublishForecast(run, run.Series.Select(s => s.SeriesId), clock.GetCurrentInstant(), cancellationToken);
        }

        run.DataHash = dataHash;
        db.Forecasts.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
