using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>Drafts that were never published: those that a later one of the same hub and start has outdone, and those whose days are long over.</summary>
/// <remarks>Where nothing was published drafts are what fairness looks back on, so that the last one of a start stays as long as it does. What a repair or a
/// proof began with stays with what it made. A roster that was published is a record and stays.</remarks>
internal sealed class DraftRosterRetention(WfmDbContext db) : IRetention
{
    private const int LookBackDays = 26 * 7; // of nights and weekends shared fairly

    public string What => "draft rosters";

    public async Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken)
    {
        var (rosters, repairs, count) = (db.Rosters, db.RosterRepairs, 0);
        var old = await rosters.AsNoTracking()
            .Where(r => r.State == PublicationState.Draft && r.CreatedAt < limits.Plans && !repairs.Any(p => p.OriginalId == r.Id))
            .OrderByDescending(r => r.Id) // what was made of another one goes first
            .Select(r => new Draft(
                r.Id, r.HubId, r.Start, r.Days, rosters.Any(n => n.HubId == r.HubId && n.Start == r.Start && n.Revision > r.Revision)))
            .ToListAsync(cancellationToken);
        foreach (var draft in old.Where(d => !limits.Held.Contains(d.Id) && (d.IsOutdone || d.IsOver(limits.PlanDay.PlusDays(-LookBackDays)))))
        {
            if (!await IsBegun(draft, cancellationToken))
            {
                count += await rosters.Where(r => r.Id == draft.Id && r.State == PublicationState.Draft).ExecuteDeleteAsync(cancellationToken);
            }
        }

        return count;
    }

    /// <summary>Whether a proof went on from the draft to a roster that is there; that one has its pins.</summary>
    private async Task<bool> IsBegun(Draft draft, CancellationToken cancellationToken)
    {
        var rosters = db.Rosters;
        var proofs = await db.Jobs.AsNoTracking()
            .Where(j => j.Kind == RosterProofJob.Kind
                && rosters.Any(r => r.JobId == j.Id && r.HubId == draft.HubId && r.Start == draft.Start && r.Id != draft.Id))
            .Select(j => j.Arguments).ToListAsync(cancellationToken);
        return proofs.Exists(arguments => arguments.Contains(draft.Id.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <param name="IsOutdone">Whether there is a later revision.</param>
    private sealed record Draft(Guid Id, Guid HubId, LocalDate Start, int Days, bool IsOutdone)
    {
        /// <summary>Whether its last day lies before another.</summary>
        public bool IsOver(LocalDate day) => Start.PlusDays(Days) <= day;
    }
}
