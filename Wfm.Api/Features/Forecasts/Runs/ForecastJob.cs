using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <param name="Queues">Codes of the queues to forecast; null for all of the hub.</param>
/// <param name="Publish">True makes it the hub's served forecast.</param>
/// <param name="CutOff">History ends here; null for the end of the data.</param>
/// <param name="CarryAdjustments">True takes over the running adjustments of the forecast served before.</param>
/// <param name="Incremental">True goes on from what the hub's last forecast learned, series by series, as long as that serves.</param>
public sealed record ForecastArguments(
    string[]? Queues, int HorizonDays, int Seed, bool Publish, Instant? CutOff = null, bool CarryAdjustments = true, bool Incremental = false);

/// <summary>Reads the histories of a hub, has them forecast, stores the forecast and publishes it when asked.</summary>
public sealed class ForecastJob(WfmDbContext db, VolumeHistory volumes, HubForecaster forecaster, IClock clock) : IJobHandler
{
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
        var run = new ForecastRun
        {
            HubId = hub.Id,
            CutOff = cutOff,
            End = HubForecaster.End(hub.Zone, cutOff, arguments.HorizonDays),
            Seed = arguments.Seed,
            CarryAdjustments = arguments.CarryAdjustments,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
        };

        var events = await db.Events.AsNoTracking().OrderBy(e => e.Start).ThenBy(e => e.Id).ToListAsync(cancellationToken);
        var known = await Known(series, hub, last, run, arguments.Incremental, events, cancellationToken);
        job.Progress.Report(0.1, "learning across series");
        var siblings = await Siblings(hub, known, cutOff, events, cancellationToken);
        var forecast = await forecaster.Forecast(
            known, siblings, cutOff, run.End, run.Seed,
            done => job.Progress.Report(0.1 + (0.85 * done / known.Count), $"fitted {done} of {known.Count} series"), cancellationToken);
        run.Series.AddRange(forecast.Queues.Select(f => ToRow(f, run, known)));
        run.Skipped.AddRange(forecast.Skipped.Select(s => new SkippedSeries(s.Queue, s.Reason)));
        if (run.Series.Count == 0)
        {
            throw new JobFailedException($"No series of hub '{hub.Code}' could be forecast: {string.Join(" ", run.Skipped.Select(s => s.Reason))}");
        }

        job.Progress.Report(0.97, "storing");
        run.DataHash = HashOf(known.Concat(siblings));
        await Store(run, arguments.Publish, cancellationToken);
        return $"/api/v1/forecasts/{run.Id}";
    }

    private static Instant CutOffOf(Hub hub, List<Series> series, IReadOnlyDictionary<int, Instant> last, Instant? asked)
    {
        if (last.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has series but no volumes; import some with POST /api/v1/volumes:import.");
        }

        var end = series.Where(s => last.ContainsKey(s.Id)).Max(s => s.GridAt(hub).EndOf(last[s.Id]));
        return asked is { } cutOff && cutOff < end ? cutOff : end;
    }

    /// <summary>The histories of the series to forecast; those that cannot be are noted with the reason.</summary>
    private async Task<List<SeriesHistory>> Known(
        List<Series> series, Hub hub, IReadOnlyDictionary<int, Instant> last, ForecastRun run, bool incremental, List<OperationEvent> events,
        CancellationToken cancellationToken)
    {
        var memories = incremental ? await Memories(hub, cancellationToken) : [];
        var known = new List<SeriesHistory>();
        foreach (var one in series)
        {
            var queue = one.Queue!.Code;
            if (SeriesHistory.Silence(queue, last.TryGetValue(one.Id, out var lastStart) ? lastStart : null, run.CutOff) is { } silence)
            {
                run.Skipped.Add(new SkippedSeries(queue, silence));
                continue;
            }

            var (memory, grid) = (memories.GetValueOrDefault(one.Id), one.GridAt(hub));
            var end = grid.Floor(run.CutOff); // of an interval that is not over yet too little is known
            var history = await volumes.Load(one.Id, SeriesHistory.StartOf(grid, run.CutOff, memory), end, cancellationToken);
            var read = one.ToHistory(hub, history, events) with { Memory = memory };
            if (read.IsKnown)
            {
                known.Add(read);
            }
            else
            {
                run.Skipped.Add(new SkippedSeries(queue, $"Queue '{queue}' has no volume before the cut-off {run.CutOff}."));
            }
        }

        return known;
    }

    /// <summary>What the hub's served forecast learned, by series: what was tried out beside it does not count.</summary>
    private async Task<Dictionary<int, ForecastMemory>> Memories(Hub hub, CancellationToken cancellationToken)
    {
        var last = await db.Forecasts.AsNoTracking().Where(f => f.HubId == hub.Id && f.State == PublicationState.Published).Select(f => (Guid?)f.Id)
            .FirstOrDefaultAsync(cancellationToken);
        var details = await db.SeriesForecasts.AsNoTracking().Where(s => s.ForecastRunId == last).Select(s => new { s.SeriesId, s.Detail })
            .ToListAsync(cancellationToken);
        return details.Where(d => d.Detail.Memory is not null).ToDictionary(d => d.SeriesId, d => d.Detail.Memory!);
    }

    /// <summary>
    /// Series that are not forecast here but learned from: the rest of the hub, so that a queue is forecast alike alone and among all, and, where
    /// one of them has hardly begun, the latest year of the other hubs.
    /// </summary>
    private async Task<List<SeriesHistory>> Siblings(
        Hub hub, List<SeriesHistory> known, Instant cutOff, List<OperationEvent> events, CancellationToken cancellationToken)
    {
        var ids = known.ConvertAll(k => k.Key);
        var everywhere = known.Exists(k => k.IsYoung);
        var others = await db.Series.AsNoTracking().Include(s => s.Queue).Include(s => s.Hub)
            .Where(s => !ids.Contains(s.Id) && (everywhere || s.HubId == hub.Id)).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(others.ConvertAll(s => s.Id), cancellationToken);
        var siblings = new List<SeriesHistory>();
        foreach (var other in others.Where(s => last.TryGetValue(s.Id, out var lastStart) && lastStart + SeriesHistory.LongestSilence >= cutOff))
        {
            var grid = other.GridAt(other.Hub!);
            var from = SeriesHistory.Earliest(grid, cutOff, other.HubId == hub.Id ? SeriesHistory.Longest : SeriesHistory.LongestOfSiblings);
            var history = other.ToHistory(other.Hub!, await volumes.Load(other.Id, from, grid.Floor(cutOff), cancellationToken), events);
            if (history.IsKnown)
            {
                siblings.Add(history);
            }
        }

        return siblings;
    }

    private static SeriesForecastRow ToRow(ForecastedQueue queue, ForecastRun run, List<SeriesHistory> known)
    {
        var (forecast, history) = (queue.Volume, known.Find(k => k.Key == queue.Key)!.Offered);
        return new SeriesForecastRow
        {
            ForecastRunId = run.Id,
            SeriesId = queue.Key,
            Start = forecast.Start,
            IntervalMinutes = forecast.Grid.Minutes,
            TimeZone = forecast.Grid.Zone.Id,
            Mean = forecast.Mean,
            QuantileLevels = forecast.QuantileLevels,
            Quantiles = ForecastCurves.Flatten(forecast.Quantiles),
            AhtSeconds = queue.AhtSeconds,
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

    private static string HashOf(IEnumerable<SeriesHistory> histories)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var history in histories)
        {
            hash.AppendData(MemoryMarshal.AsBytes(history.Offered.Values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task Store(ForecastRun run, bool publish, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (publish)
        {
            await db.PublishForecast(run, run.Series.Select(s => s.SeriesId), clock.GetCurrentInstant(), cancellationToken);
        }

        db.Forecasts.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
