using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Events;
using Wfm.Api.Features.Hubs;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts;

/// <param name="Queues">Codes of the queues to forecast; null for all of the hub.</param>
/// <param name="Publish">True makes it the hub's served forecast.</param>
/// <param name="CutOff">History ends here; null for the end of the data.</param>
/// <param name="CarryAdjustments">True takes over the running adjustments of the forecast served before.</param>
public sealed record ForecastArguments(string[]? Queues, int HorizonDays, int Seed, bool Publish, Instant? CutOff = null, bool CarryAdjustments = true);

/// <summary>Fits every series of a hub, back-tests it, stores the forecast, publishes it when asked.</summary>
public sealed class ForecastJob(WfmDbContext db, VolumeHistory volumes, ComputeSlots slots, IClock clock) : IJobHandler
{
    /// <summary>Two years: what the yearly season needs.</summary>
    public static readonly Duration HistoryLength = Duration.FromDays(2 * 364);

    /// <summary>A series silent for longer than this before the cut-off is not forecast.</summary>
    public static readonly Duration LongestSilence = Duration.FromDays(28);

    /// <summary>How far back other hubs' series are read when a young one borrows from them.</summary>
    public static readonly Duration OtherHubsHistory = Duration.FromDays(364);

    public static string Kind => "forecast";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Forecasts.Where(f => f.JobId == job.Id).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/forecasts/{made}"; // stored before the worker died
        }

        var arguments = job.Arguments<ForecastArguments>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var series = await db.Series.AsNoTracking().Include(s => s.Queue)
            .Where(s => s.HubId == hub.Id && (arguments.Queues == null || arguments.Queues.Contains(s.Queue!.Code)))
            .OrderBy(s => s.Id).ToListAsync(cancellationToken);
        if (series.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has no volumes yet; import some with POST /api/v1/volumes:import.");
        }

        job.Progress.Report(0.01, "reading volumes");
        var last = await volumes.LastInterval(series.Select(s => s.Id).ToArray(), cancellationToken);
        var cutOff = CutOffOf(hub, series, last, arguments.CutOff);
        var events = await EventsOf(hub, cancellationToken);

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

        var ready = new List<(Series Series, History History, Task<IReadOnlyList<EventEffect>> Effects)>();
        var pooled = EventPool.IsNeeded(events, cutOff, run.End);
        foreach (var one in series)
        {
            if (!last.TryGetValue(one.Id, out var lastStart) || lastStart + LongestSilence < cutOff)
            {
                var since = last.ContainsKey(one.Id) ? $"no volume since {lastStart}, more than {LongestSilence.Days} days before the cut-off {cutOff}" : "no volume at all";
                run.Skipped.Add(new SkippedSeries(one.Queue!.Code, $"Queue '{one.Queue.Code}' has {since}."));
                continue;
            }

            var history = (await volumes.Load(one.Id, Earliest(one, hub, cutOff), cutOff, cancellationToken)).FromFirstKnown();
            if (!Array.Exists(history.Offered, value => !double.IsNaN(value)))
            {
                run.Skipped.Add(new SkippedSeries(one.Queue!.Code, $"Queue '{one.Queue.Code}' has no volume before the cut-off {cutOff}."));
                continue;
            }

            foreach (var value in history.Offered)
            {
                hash.AppendData(BitConverter.GetBytes(value));
            }

            ready.Add((one, history, Learn(one, hub, history, events, pooled, cancellationToken)));
        }

        var pool = new EventPool();
        foreach (var (one, _, effects) in ready)
        {
            pool.Add(one.Id, await effects);
        }

        var members = ready.ToDictionary(r => r.Series.Id, r => ForecastPool.Member(r.Series, hub, r.History, events));
        foreach (var other in await Others(series, hub, cutOff, cancellationToken))
        {
            var history = (await volumes.Load(other.Id, Earliest(other, hub, cutOff), cutOff, cancellationToken)).FromFirstKnown();
            pool.Add(other.Id, await Learn(other, hub, history, events, pooled, cancellationToken));
            members[other.Id] = ForecastPool.Member(other, hub, history, events);
        }

        if (ready.Exists(r => ForecastPool.IsYoung(r.History)))
        {
            await AddOtherHubs(members, hub, cutOff, cancellationToken);
        }

        job.Progress.Report(0.1, "learning across series");
        var across = await slots.Run(() => ForecastPool.Train(members, run.End, run.Seed, cancellationToken), cancellationToken);
        var fits = new List<(string Queue, Task<SeriesForecastRow> Row)>();
        var done = 0;
        foreach (var (one, history, _) in ready)
        {
            fits.Add((one.Queue!.Code, slots.Run(
                () =>
                {
                    var row = Fit(one, hub, history, run, Options(one, hub, events) with { Seed = run.Seed, SiblingEffects = pool.SiblingsOf(one.Id) }, across, cancellationToken);
                    job.Progress.Report(0.1 + (0.85 * Interlocked.Increment(ref done) / series.Count), $"fitted {done} of {series.Count} series");
                    return row;
                },
                cancellationToken)));
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
    internal static Instant Earliest(Series series, Hub hub, Instant cutOff) => Earliest(series, hub, cutOff, HistoryLength);

    private static Instant Earliest(Series series, Hub hub, Instant cutOff, Duration length) => series.IntervalMinutes < 1440
        ? cutOff - length
        : hub.Zone.AtStartOfDay((cutOff - length).InZone(hub.Zone).Date).ToInstant();

    private async Task<List<OperationEvent>> EventsOf(Hub hub, CancellationToken cancellationToken) =>
        await db.Events.AsNoTracking().Where(e => e.HubId == null || e.HubId == hub.Id).OrderBy(e => e.Start).ThenBy(e => e.Id).ToListAsync(cancellationToken);

    /// <summary>The hub's series that are not asked for but teach those that are, so that a queue alone is forecast as it is among all.</summary>
    private async Task<List<Series>> Others(List<Series> asked, Hub hub, Instant cutOff, CancellationToken cancellationToken)
    {
        var ids = asked.Select(s => s.Id).ToArray();
        var others = await db.Series.AsNoTracking().Include(s => s.Queue).Where(s => s.HubId == hub.Id && !ids.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(others.Select(s => s.Id).ToArray(), cancellationToken);
        return others.FindAll(s => last.TryGetValue(s.Id, out var start) && start + LongestSilence >= cutOff);
    }

    /// <summary>The latest year of the other hubs' series, which a series that has hardly begun borrows from.</summary>
    private async Task AddOtherHubs(Dictionary<int, PoolMember> members, Hub hub, Instant cutOff, CancellationToken cancellationToken)
    {
        var events = await db.Events.AsNoTracking().OrderBy(e => e.Start).ThenBy(e => e.Id).ToListAsync(cancellationToken);
        foreach (var other in await db.Hubs.AsNoTracking().Where(h => h.Id != hub.Id).OrderBy(h => h.Code).ToListAsync(cancellationToken))
        {
            var theirs = events.FindAll(e => e.HubId is null || e.HubId == other.Id);
            foreach (var series in await Others([], other, cutOff, cancellationToken))
            {
                var history = (await volumes.Load(series.Id, Earliest(series, other, cutOff, OtherHubsHistory), cutOff, cancellationToken)).FromFirstKnown();
                members[series.Id] = ForecastPool.Member(series, other, history, theirs);
            }
        }
    }

    private Task<IReadOnlyList<EventEffect>> Learn(
        Series series, Hub hub, History history, List<OperationEvent> events, bool pooled, CancellationToken cancellationToken)
    {
        var observed = Observed(series, hub, history);
        return pooled ? slots.Run(() => EventPool.Learn(observed, Options(series, hub, events)), cancellationToken)
            : Task.FromResult<IReadOnlyList<EventEffect>>([]);
    }

    internal static TimeSeries Observed(Series series, Hub hub, History history) =>
        new(history.Start, new IntervalGrid(Duration.FromMinutes(series.IntervalMinutes), hub.Zone), history.Offered);

    internal static ForecastOptions Options(Series series, Hub hub, List<OperationEvent> events) => new()
    {
        Events = [.. events.Where(e => e.QueueId is null || e.QueueId == series.QueueId).Select(e => e.ToCalendarEvent())],
        OpenWeek = hub.OpeningHours.Count == 0 ? null : OpenWeek.Of(hub.OpeningHours, new IntervalGrid(Duration.FromMinutes(series.IntervalMinutes), hub.Zone)),
    };

    private static SeriesForecastRow Fit(
        Series series, Hub hub, History history, ForecastRun run, ForecastOptions options, ForecastPool across, CancellationToken cancellationToken)
    {
        var observed = Observed(series, hub, history);
        var grid = observed.Grid;
        var horizon = grid.StepsUntil(observed.End, run.End);
        var forecast = across.Forecast(series.Id, horizon, options, cancellationToken);
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
                forecast.Models, forecast.Backtest, forecast.Dependence, CleansingSummary.Of(forecast.Cleansing), forecast.Closed, observed.Length)
            {
                EventEffects = [.. forecast.EventEffects.Select(LearnedEffect.Of)],
                EventFactors = forecast.EventFactors,
                Crises = forecast.Crises,
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
