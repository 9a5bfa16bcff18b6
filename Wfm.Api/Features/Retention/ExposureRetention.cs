using Wfm.Api.Features.People.Wellbeing;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>What persons were exposed to, once nobody's limits look back on it any more.</summary>
internal sealed class ExposureRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 1000;

    public string What => "rows of exposure";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken) =>
        db.ExposureEntries.Where(e => e.Start < limits.Exposure).RemoveInBatches(e => e.Id, RowsAtOnce, cancellationToken);
}
