using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Rows of finished jobs; not those of rosters that are there, whose pins are in them, nor steps of a chain that goes on.</summary>
internal sealed class JobRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 1000;

    public string What => "jobs";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var (jobs, rosters) = (db.Jobs, db.Rosters);
        return jobs.Where(j => (j.FinishedAt ?? j.RequestedAt) < limits.Jobs && j.State != JobState.Queued && j.State != JobState.Running)
            .Where(j => !rosters.Any(r => r.JobId == j.Id))
            .Where(j => !jobs.Any(p => p.Id == j.ParentId && (p.State == JobState.Queued || p.State == JobState.Running)))
            .RemoveInBatches(j => j.Id, RowsAtOnce, cancellationToken);
    }
}
