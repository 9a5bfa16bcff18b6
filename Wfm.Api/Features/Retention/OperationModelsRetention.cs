using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Learning;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Models trained across the operation that no forecast can ask for any more; the latest of a length of interval stays.</summary>
internal sealed class OperationModelsRetention(WfmDbContext db) : IRetention
{
    public string What => "operation models";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var models = db.OperationModels;
        return models.Where(m => m.CutOff < limits.Jobs && models.Any(l => l.IntervalMinutes == m.IntervalMinutes && l.CutOff > m.CutOff))
            .ExecuteDeleteAsync(cancellationToken); // a row a week
    }
}
