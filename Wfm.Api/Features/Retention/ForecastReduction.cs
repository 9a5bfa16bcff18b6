using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Superseded forecasts that nothing is planned from any more lose what only plans need: two of three quantiles, and what was learned.</summary>
/// <remarks>Mean, handle times, the quantiles that accuracy is judged on, models, back-test and events stay: accuracy and explanations are what they were.
/// </remarks>
internal sealed class ForecastReduction(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 50; // ten megabytes

    public string What => "forecasts reduced";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var requirements = db.Requirements.IgnoreQueryFilters();
        var old = db.Forecasts.Where(f => f.IsComplete && f.State == PublicationState.Superseded && f.CreatedAt < limits.Plans
            && f.Content != ForecastContent.Reduced && (f.End < limits.Now || !requirements.Any(r => r.ForecastRunId == f.Id)));
        var count = 0;
        foreach (var id in (await old.Select(f => f.Id).ToListAsync(cancellationToken)).Where(id => !limits.Held.Contains(id)))
        {
            // First nobody may serve it again; of a publication at once one wins.
            if (await old.Where(f => f.Id == id).ExecuteUpdateAsync(
                f => f.SetProperty(x => x.Content, ForecastContent.Reducing).SetProperty(x => x.Version, x => x.Version + 1), cancellationToken) == 0)
            {
                continue;
            }

            var rows = await db.SeriesForecasts.Where(s => s.ForecastRunId == id).Select(s => s.Id).ToListAsync(cancellationToken);
            foreach (var batch in rows.Order().Chunk(RowsAtOnce))
            {
                await Reduce(batch, cancellationToken);
            }

            count += await db.Forecasts.Where(f => f.Id == id).ExecuteUpdateAsync(
                f => f.SetProperty(x => x.Content, ForecastContent.Reduced), cancellationToken);
        }

        return count;
    }

    private async Task Reduce(Guid[] ids, CancellationToken cancellationToken)
    {
        var rows = await db.SeriesForecasts.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var row in rows)
        {
            var reduced = row.Reduced(AccuracyTally.Levels);
            await db.SeriesForecasts.Where(s => s.Id == row.Id).ExecuteUpdateAsync(
                s => s.SetProperty(x => x.QuantileLevels, reduced.Levels).SetProperty(x => x.Quantiles, reduced.Quantiles)
                    .SetProperty(x => x.Detail, reduced.Detail),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
