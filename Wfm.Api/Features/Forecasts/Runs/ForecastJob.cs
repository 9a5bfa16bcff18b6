using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <param name="Queues">Codes of the queues to forecast; null for all of the hub.</param>
/// <param name="Publish">True makes it the hub's served forecast.</param>
/// <param name="CutOff">History ends here; null for the end of the data.</param>
/// <param name="CarryAdjustments">True takes over the running adjustments of the forecast served before.</param>
/// <param name="Incremental">True goes on from what the hub's last forecast learned, series by series, as long as that serves.</param>
public sealed record ForecastArguments(
    string[]? Queues, int HorizonDays, int Seed, bool Publish, Instant? CutOff = null, bool CarryAdjustments = true, bool Incremental = false);

/// <summary>Reads the histories of a hub, has them forecast, stores the forecast and publishes it when asked.</summary>
/// <remarks>In batches: while one is fitted the next is read, and what is fitted is stored before another begins, so that memory does not grow with the hub.
/// Until the last is stored nobody sees the forecast.</remarks>
public sealed class ForecastJob(
    WfmDbContext db, SeriesReading reading, OperationLearning learning, ForecastStorage storage, HubForecaster forecaster, VolumeHistory volumes, IClock clock)
    : IJobHandler
{
    private const int BatchSize = 250;

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
        var run = new ForecastRun
        {
            HubId = hub.Id,
            CutOff = cutOff,
            End = HubForecaster.End(hub.Zone, cutOff, arguments.HorizonDays),
            Seed = arguments.Seed,
            CarryAdjustments = arguments.CarryAdjustments,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
            Fingerprint = await ForecastInputs.FingerprintOf(db, hub, events, cancellationToken),
            IsComplete = false,
        };
        await storage.Begin(run, cancellationToken);
        var (awake, silent) = Awake(series, last, cutOff);
        var unchanged = arguments.Incremental ? await storage.CarryOver(run, awake, cancellationToken) : [];
        var changed = awake.FindAll(s => !unchanged.Contains(s.Id));
        var failed = await Forecast(job, hub, changed, run, arguments.Incremental, events, cancellationToken);
        List<SkippedSeries> skipped = [.. silent, .. failed];
        if (awake.Count == failed.Count)
        {
            throw new JobFailedException($"No series of hub '{hub.Code}' could be forecast: {string.Join(" ", skipped.Select(s => s.Reason))}");
        }

        job.Progress.Report(0.97, "storing");
        Count("unchanged", unchanged.Count);
        Count("skipped", skipped.Count);
        await storage.Complete(run.Id, skipped, arguments.Publish, cancellationToken);
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

    /// <summary>Who is forecast; those that have fallen silent are named with the reason.</summary>
    private static (List<Series> Awake, List<SkippedSeries> Silent) Awake(List<Series> series, IReadOnlyDictionary<int, Instant> last, Instant cutOff)
    {
        var (awake, silent) = (new List<Series>(), new List<SkippedSeries>());
        foreach (var one in series)
        {
            var queue = one.Queue!.Code;
            if (SeriesHistory.Silence(queue, last.TryGetValue(one.Id, out var start) ? start : null, cutOff) is { } reason)
            {
                silent.Add(new SkippedSeries(queue, reason));
            }
            else
            {
                awake.Add(one);
            }
        }

        return (awake, silent);
    }

    /// <returns>What could not be forecast.</returns>
    private async Task<List<SkippedSeries>> Forecast(
        JobContext job, Hub hub, List<Series> series, ForecastRun run, bool incremental, List<OperationEvent> events, CancellationToken cancellationToken)
    {
        var skipped = new List<SkippedSeries>();
        if (series.Count == 0)
        {
            return skipped;
        }

        job.Progress.Report(0.05, "reading what series learn from each other");
        var pool = await reading.Pool(hub, series, run.CutOff, incremental, events, cancellationToken);
        var models = await learning.Trained(run.CutOff, cancellationToken);
        var learned = await forecaster.Learn([.. pool.Values], models, hub.Code, run.CutOff, run.End, cancellationToken);
        var (batches, done) = (series.Chunk(BatchSize).ToList(), 0);
        var next = await reading.Read(hub, batches[0], pool, run.CutOff, incremental, events, cancellationToken);
        for (var i = 0; i < batches.Count; i++)
        {
            var (batch, before) = (next, done);
            var known = batch.FindAll(h => h.IsKnown);
            skipped.AddRange(batch.Where(h => !h.IsKnown)
                .Select(h => new SkippedSeries(h.Queue.Code, $"Queue '{h.Queue.Code}' has no volume before the cut-off {run.CutOff}.")));
            var fitting = forecaster.Forecast(
                learned, known, run.End, run.Seed,
                fitted => job.Progress.Report(0.1 + (0.85 * (before + fitted) / series.Count), $"fitted {before + fitted} of {series.Count} series"),
                cancellationToken);
            try
            {
                next = i + 1 < batches.Count ? await reading.Read(hub, batches[i + 1], pool, run.CutOff, incremental, events, cancellationToken) : [];
            }
            finally
            {
                await ((Task)fitting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nothing of it runs on when the reading breaks
            }

            var forecast = await fitting;
            skipped.AddRange(forecast.Skipped.Select(s => new SkippedSeries(s.Queue, s.Reason)));
            await storage.Add(run.Id, batches[i], known, forecast, cancellationToken);
            Count("incremental", forecast.Queues.Count(q => q.Volume.FromMemory));
            Count("learned", forecast.Queues.Count(q => !q.Volume.FromMemory));
            done += batches[i].Length;
        }

        return skipped;
    }

    private static void Count(string outcome, int series) =>
        WfmMetrics.SeriesForecast.Add(series, new KeyValuePair<string, object?>("outcome", outcome));
}
