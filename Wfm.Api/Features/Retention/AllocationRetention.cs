using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Routing;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Allocations of days long over; the newest stays.</summary>
internal sealed class AllocationRetention(WfmDbContext db) : IRetention
{
    public string What => "allocations";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var allocations = db.Allocations;
        return allocations.Where(a => a.CreatedAt < limits.Plans && a.End < limits.Plans && allocations.Any(n => n.Id.CompareTo(a.Id) > 0))
            .ExecuteDeleteAsync(cancellationToken); // a few a week
    }
}
