using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Forecasts that were never published, and superseded ones of which no interval is judged any more; not those that a requirement was made from, nor
/// those whose adjustments a later forecast carries on.</summary>
internal sealed class ForecastRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 200;

    public string What => "forecasts";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var (requirements, adjustments, jobs) = (db.Requirements.IgnoreQueryFilters(), db.ForecastAdjustments, db.Jobs);
        var idle = db.Forecasts.IgnoreQueryFilters() // not those that a job may still store into
            .Where(f => !jobs.Any(j => j.Id == f.JobId && (j.State == JobState.Queued || j.State == JobState.Running)));
        var old = idle.Where(f => f.IsComplete && f.CreatedAt < limits.Plans
                && ((f.State == PublicationState.Draft && f.PublishedAt == null) || (f.State == PublicationState.Superseded && f.End < limits.Judged)))
            .Where(f => !requirements.Any(r => r.ForecastRunId == f.Id))
            .Where(f => !adjustments.Any(a => a.ForecastRunId == f.Id && adjustments.Any(c => c.CarriedFromId == a.Id)));
        var found = await old.Select(f => new { f.Id, f.HubId, f.End, f.PublishedAt }).ToListAsync(cancellationToken);
        var going = found.FindAll(f => !limits.Held.Contains(f.Id));
        foreach (var ofHub in going.Where(f => f.PublishedAt is not null).GroupBy(f => f.HubId, f => f.End))
        {
            await db.JudgeForecastsFrom(ofHub.Key, ofHub.Max(), cancellationToken); // before: nothing is judged by what is left
        }

        foreach (var id in going.Select(f => f.Id))
        {
            await old.Where(f => f.Id == id).ExecuteUpdateAsync(
                f => f.SetProperty(x => x.IsComplete, false).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken);
        }

        var (all, count) = (db.Forecasts.IgnoreQueryFilters(), 0);
        var hidden = idle.Where(f => !f.IsComplete && f.CreatedAt < limits.Plans); // what a death left too
        foreach (var id in await hidden.Select(f => f.Id).ToListAsync(cancellationToken))
        {
            await db.SeriesForecasts.Where(s => s.ForecastRunId == id).RemoveInBatches(s => s.Id, RowsAtOnce, cancellationToken);
            count += await all.Where(f => f.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        return count;
    }
}
