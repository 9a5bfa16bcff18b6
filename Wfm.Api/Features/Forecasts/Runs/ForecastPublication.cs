using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Runs;

/// <summary>A hub serves one forecast at a time, with all the queues that any forecast in force has.</summary>
public sealed class ForecastPublication(WfmDbContext db, SeriesCopies copies, IClock clock)
{
    /// <summary>
    /// Makes a forecast the served one, also one that was served before: takes its predecessor back, joins the queues of that one which it was not asked
    /// for, and carries adjustments over where they still have something to say. Call in the transaction that saves it: never two served, never none.
    /// </summary>
    public async Task Publish(ForecastRun forecast, CancellationToken cancellationToken)
    {
        // Locks the hub's row: of two publications at once the later sees the earlier.
        await db.Hubs.Where(h => h.Id == forecast.HubId).ExecuteUpdateAsync(h => h.SetProperty(x => x.Seats, x => x.Seats), cancellationToken);
        var served = await db.Forecasts.AsNoTracking()
            .FirstOrDefaultAsync(f => f.HubId == forecast.HubId && f.State == PublicationState.Published && f.Id != forecast.Id, cancellationToken);
        if (served is not null)
        {
            await Join(forecast, served, cancellationToken);
            if (forecast.CarryAdjustments)
            {
                await CarryAdjustments(forecast, served, cancellationToken);
            }

            await db.Forecasts.Where(f => f.Id == served.Id).ExecuteUpdateAsync(
                f => f.SetProperty(x => x.State, PublicationState.Superseded).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
        }

        (forecast.State, forecast.PublishedAt) = (PublicationState.Published, clock.GetCurrentInstant());
    }

    /// <summary>Copies the queues that the forecast was not asked for; it then reaches as far as all its queues do.</summary>
    private async Task Join(ForecastRun forecast, ForecastRun served, CancellationToken cancellationToken)
    {
        if (served.End <= forecast.CutOff)
        {
            return; // nothing more to say
        }

        var own = (await db.SeriesForecasts.Where(s => s.ForecastRunId == forecast.Id).Select(s => s.SeriesId).ToListAsync(cancellationToken)).ToHashSet();
        var skipped = forecast.Skipped.Select(s => s.Queue).ToHashSet(StringComparer.Ordinal);
        var others = await db.SeriesForecasts.Where(s => s.ForecastRunId == served.Id).Select(s => new { s.SeriesId, s.Series!.Queue!.Code })
            .ToListAsync(cancellationToken);
        var joined = others.Where(o => !own.Contains(o.SeriesId) && !skipped.Contains(o.Code)).Select(o => o.SeriesId).ToList();
        if (joined.Count > 0)
        {
            await copies.Copy(served.Id, forecast.Id, joined, asUnchanged: false, cancellationToken);
            forecast.End = Instant.Min(forecast.End, served.End);
        }
    }

    private async Task CarryAdjustments(ForecastRun forecast, ForecastRun served, CancellationToken cancellationToken)
    {
        var (series, own) = (db.SeriesForecasts, db.ForecastAdjustments.Where(a => a.ForecastRunId == forecast.Id));
        var running = await db.ForecastAdjustments.AsNoTracking().Where(a =>
                a.ForecastRunId == served.Id
                && a.WithdrawnAt == null
                && a.AppliesUntil > forecast.CutOff
                && a.From < forecast.End
                && series.Any(s => s.ForecastRunId == forecast.Id && s.SeriesId == a.SeriesId)
                && !own.Any(o => (o.CarriedFromId ?? o.Id) == (a.CarriedFromId ?? a.Id))) // of a forecast that was served before
            .OrderBy(a => a.Id).ToListAsync(cancellationToken);
        db.ForecastAdjustments.AddRange(running.Select(a => a.CopyFor(forecast.Id)));
    }
}
