using Wfm.Api.Features.Today.Actions;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>What the floor told of days long past, and what could have been done.</summary>
internal sealed class FloorRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 1000;

    public string What => "rows of what was open, answered and recommended";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken) =>
        await db.BacklogCounts.Where(c => c.At < limits.Floor).RemoveInBatches(c => c.Id, RowsAtOnce, cancellationToken)
        + await db.ServedIntervals.Where(s => s.Start < limits.Floor).RemoveInBatches(s => s.Id, RowsAtOnce, cancellationToken)
        + await db.RecommendationSets.Where(s => s.MadeAt < limits.Floor).RemoveInBatches(s => s.Id, RowsAtOnce, cancellationToken);
}
