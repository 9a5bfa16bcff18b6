using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Nights;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Rows of past nights; the last of a hub stays, and the last that was handed in: they tell which one is next.</summary>
internal sealed class NightRetention(WfmDbContext db) : IRetention
{
    public string What => "nights";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var nights = db.Nights;
        return nights.Where(n => n.DueAt < limits.Jobs && nights.Any(o => o.HubId == n.HubId && o.Date > n.Date && o.HandedInAt != null))
            .ExecuteDeleteAsync(cancellationToken); // a row a night and hub
    }
}
