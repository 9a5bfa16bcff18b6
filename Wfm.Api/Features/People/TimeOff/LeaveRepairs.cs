using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Repair;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>Leave on published days: a repair is opened for each roster that loses a shift by it.</summary>
internal sealed class LeaveRepairs(WfmDbContext db, ShiftsInForce inForce, JobQueue jobs, IClock clock)
{
    private const int DaysAround = 2; // a shift is of the local day on which it starts

    /// <summary>Hands in the repairs and notes them at the entry.</summary>
    public async Task Open(TimeOffEntry leave, JobOwner owner, CancellationToken cancellationToken)
    {
        var lost = await Lost(leave, cancellationToken);
        var (shifts, ids) = (db.Shifts, lost.ConvertAll(s => s.Id));
        var rosters = await shifts.Where(s => ids.Contains(s.Id)).Select(s => s.RosterId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
        var hubs = await db.Rosters.Where(r => rosters.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.HubId, cancellationToken);
        foreach (var roster in rosters)
        {
            var repair = new RosterRepairArguments(roster, clock.GetCurrentInstant(), new RepairRosterRequest()); // it reads the leave anew
            leave.Repairs.Add((await jobs.Submit<RosterRepairJob>(repair, hubs[roster], owner, null, cancellationToken)).Id);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Published shifts, not begun, that it takes away.</summary>
    private async Task<List<ShiftInForce>> Lost(TimeOffEntry leave, CancellationToken cancellationToken)
    {
        var (from, to) = (leave.Start.InUtc().Date.PlusDays(-DaysAround), leave.End.InUtc().Date.PlusDays(DaysAround));
        var published = await inForce.Of([leave.AgentId], from, to, drafts: false, cancellationToken, freed: true);
        var (granted, now) = (new GrantedLeave([leave]), clock.GetCurrentInstant());
        return [.. published.Where(s => s.State == ShiftState.Published && s.Start > now && granted.Frees(s.AgentId, s.Start, s.End))];
    }
}
