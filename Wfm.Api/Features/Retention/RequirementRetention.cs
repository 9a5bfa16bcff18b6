using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Requirements that no roster was made for which is published or was, or is a draft whose days are not over; the newest of a hub stays.</summary>
internal sealed class RequirementRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 200;

    public string What => "requirements";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var (requirements, rosters) = (db.Requirements, db.Rosters);
        var drafts = await rosters.AsNoTracking().Where(r => r.State == PublicationState.Draft && r.RequirementRunId != null)
            .Select(r => new { r.RequirementRunId, r.Start, r.Days }).ToListAsync(cancellationToken);
        var held = drafts.Where(d => d.Start.PlusDays(d.Days) > limits.PlanDay).Select(d => d.RequirementRunId!.Value).Concat(limits.Held).ToHashSet();
        var old = await requirements
            .Where(q => q.CreatedAt < limits.Plans && requirements.Any(n => n.HubId == q.HubId && n.Id.CompareTo(q.Id) > 0))
            .Where(q => !rosters.Any(r => r.RequirementRunId == q.Id && r.State != PublicationState.Draft))
            .Select(q => q.Id).ToListAsync(cancellationToken);
        foreach (var id in old.Where(id => !held.Contains(id)))
        {
            await requirements.Where(q => q.Id == id).ExecuteUpdateAsync(q => q.SetProperty(x => x.IsComplete, false), cancellationToken);
        }

        var (all, count) = (requirements.IgnoreQueryFilters(), 0);
        foreach (var id in await all.Where(q => !q.IsComplete).Select(q => q.Id).ToListAsync(cancellationToken)) // what a death left too
        {
            await db.SeriesRequirements.Where(s => s.RequirementRunId == id).RemoveInBatches(s => s.Id, RowsAtOnce, cancellationToken);
            count += await all.Where(q => q.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        return count;
    }
}
