using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>Stores a forecast batch by batch; it is there for others when it is complete.</summary>
public sealed class ForecastStorage(WfmDbContext db, SeriesCopies copies, ForecastPublication publication)
{
    /// <summary>Stores the empty forecast; what dead jobs of the hub left unfinished goes.</summary>
    public async Task Begin(ForecastRun run, CancellationToken cancellationToken)
    {
        var jobs = db.Jobs;
        await db.Forecasts.IgnoreQueryFilters()
            .Where(f => f.HubId == run.HubId && !f.IsComplete
                && (f.JobId == run.JobId || !jobs.Any(j => j.Id == f.JobId && j.State == JobState.Running)))
            .ExecuteDeleteAsync(cancellationToken);
        db.Forecasts.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    /// <summary>Takes over from the served forecast, inside the store, the series of which nothing has changed since.</summary>
    /// <returns>Their ids; none when anything else has changed that forecasts of the hub depend on, or the time they are for.</returns>
    public async Task<HashSet<int>> CarryOver(ForecastRun run, List<Series> series, CancellationToken cancellationToken)
    {
        var served = await db.Forecasts.AsNoTracking()
            .FirstOrDefaultAsync(f => f.HubId == run.HubId && f.State == PublicationState.Published, cancellationToken);
        if (served is null || (served.CutOff, served.End, served.Seed, served.Fingerprint) != (run.CutOff, run.End, run.Seed, run.Fingerprint))
        {
            return [];
        }

        var revisions = series.ToDictionary(s => s.Id, s => s.Revision);
        var rows = await db.SeriesForecasts.AsNoTracking().Where(s => s.ForecastRunId == served.Id).Select(s => new { s.SeriesId, s.Revision })
            .ToListAsync(cancellationToken);
        var same = rows.Where(r => revisions.TryGetValue(r.SeriesId, out var now) && now == r.Revision).Select(r => r.SeriesId).ToHashSet();
        await copies.Copy(served.Id, run.Id, same, asUnchanged: true, cancellationToken);
        return same;
    }

    /// <summary>Stores what was forecast of a batch.</summary>
    public async Task Add(
        Guid runId, IReadOnlyCollection<Series> batch, List<SeriesHistory> known, HubForecast forecast, CancellationToken cancellationToken)
    {
        var (revisions, histories) = (batch.ToDictionary(s => s.Id, s => s.Revision), known.ToDictionary(k => k.Key, k => k.Offered));
        db.SeriesForecasts.AddRange(forecast.Queues.Select(q => ToRow(q, runId, revisions[q.Key], histories[q.Key])));
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken); // forgotten at once: nothing is to be compared with later
        db.ChangeTracker.Clear();
    }

    /// <summary>Makes the forecast one that others see, and the served one when asked.</summary>
    public async Task Complete(Guid runId, IReadOnlyCollection<SkippedSeries> skipped, bool publish, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = await db.SeriesForecasts.Where(s => s.ForecastRunId == runId).OrderBy(s => s.SeriesId).Select(s => new { s.SeriesId, s.DataHash })
            .ToListAsync(cancellationToken);
        var run = await db.Forecasts.IgnoreQueryFilters().SingleAsync(f => f.Id == runId, cancellationToken);
        run.Skipped.AddRange(skipped);
        if (publish)
        {
            await publication.Publish(run, cancellationToken);
        }

        run.DataHash = Hash(Encoding.ASCII.GetBytes(string.Concat(rows.Select(r => r.DataHash))));
        run.IsComplete = true;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static SeriesForecastRow ToRow(ForecastedQueue queue, Guid runId, int revision, Wfm.Forecasting.Series.TimeSeries history)
    {
        var forecast = queue.Volume;
        return new SeriesForecastRow
        {
            ForecastRunId = runId,
            SeriesId = queue.Key,
            Revision = revision,
            DataHash = Hash(MemoryMarshal.AsBytes(history.Values)),
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
                IsCounts = forecast.IsCounts,
                EventEffects = [.. forecast.EventEffects.Select(LearnedEffect.Of)],
                EventFactors = forecast.EventFactors,
                EventShares = forecast.EventShares,
                Crises = forecast.Crises,
                Memory = forecast.Memory,
                FromMemory = forecast.FromMemory,
            },
        };
    }

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
