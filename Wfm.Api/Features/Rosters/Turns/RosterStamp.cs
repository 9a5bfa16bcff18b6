using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Turns;

/// <summary>Tells whether what a roster is checked against has changed: people, leave, contracts, rules, shift templates, queues, holidays, and the rosters
/// around it. The roster's own version is not part of it.</summary>
/// <remarks>Counts, sums of versions and newest rows: some milliseconds, whatever the size of the hub.</remarks>
internal sealed record RosterStamp(string Text)
{
    private const int DaysAround = 35; // rules look back over weeks; what they read of months is history that does not change

    public static async Task<RosterStamp> Of(WfmDbContext db, Roster roster, Hub hub, CancellationToken cancellationToken)
    {
        var (from, to) = (roster.Start.PlusDays(-DaysAround - Roster.MaximumDays), roster.Start.PlusDays(roster.Days + DaysAround));
        var (people, agents) = (db.RosterPeople, db.Agents);
        var rosters = db.Rosters.Where(r => r.Id != roster.Id && r.State != PublicationState.Superseded && r.Start >= from && r.Start < to)
            .Where(r => r.HubId == hub.Id || people.Any(p => p.RosterId == r.Id && agents.Any(a => a.Id == p.AgentId && a.HubId == hub.Id)));
        // People who have moved to another hub stay people of the roster.
        var mine = agents.Where(a => a.HubId == hub.Id || people.Any(p => p.RosterId == roster.Id && p.AgentId == a.Id));
        var hubVersion = await db.Hubs.Where(h => h.Id == hub.Id).Select(h => h.Version).FirstOrDefaultAsync(cancellationToken);
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        string[] parts =
        [
            await rosters.Stamp(cancellationToken),
            (await rosters.MaxAsync(r => r.Publication, cancellationToken)).ToString() ?? "",
            await mine.Stamp(cancellationToken),
            await db.TimeOff.Where(t => mine.Any(a => a.Id == t.AgentId)).Stamp(cancellationToken),
            await db.WorkedShifts.Where(w => mine.Any(a => a.Id == w.AgentId) && w.Date >= from && w.Date < to).Stamp(cancellationToken),
            hubVersion.ToString(CultureInfo.InvariantCulture),
            await db.LabourPolicies.Where(p => codes.Contains(p.Code)).Stamp(cancellationToken),
            await db.Contracts.Stamp(cancellationToken),
            await db.ShiftTemplates.Stamp(cancellationToken),
            await db.Queues.Stamp(cancellationToken),
            await db.ActivityCodes.Stamp(cancellationToken),
            await db.Events.Where(e => e.HubId == null || e.HubId == hub.Id).Stamp(cancellationToken),
        ];
        return new RosterStamp(string.Join('|', parts));
    }
}
