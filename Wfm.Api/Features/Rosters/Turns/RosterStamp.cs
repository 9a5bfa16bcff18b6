using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Turns;

/// <summary>Tells whether what a roster is checked against has changed: people, leave, contracts, rules, shift templates, queues, and the rosters around it.
/// The roster's own version is not part of it.</summary>
/// <remarks>Counts and sums of versions: some milliseconds, whatever the size of the hub.</remarks>
internal sealed record RosterStamp(string Text)
{
    private const int DaysAround = 35; // rules look back over weeks; what they read of months is history that does not change

    public static async Task<RosterStamp> Of(WfmDbContext db, Roster roster, Hub hub, CancellationToken cancellationToken)
    {
        var (from, to) = (roster.Start.PlusDays(-DaysAround - Roster.MaximumDays), roster.Start.PlusDays(roster.Days + DaysAround));
        var (people, agents) = (db.RosterPeople, db.Agents);
        var rosters = await db.Rosters.Where(r => r.Id != roster.Id && r.State != PublicationState.Superseded && r.Start >= from && r.Start < to)
            .Where(r => r.HubId == hub.Id || people.Any(p => p.RosterId == r.Id && agents.Any(a => a.Id == p.AgentId && a.HubId == hub.Id)))
            .GroupBy(_ => 1).Select(g => new { Count = g.Count(), Versions = g.Sum(r => r.Version), Last = g.Max(r => r.Publication) })
            .FirstOrDefaultAsync(cancellationToken);
        var own = await agents.Where(a => a.HubId == hub.Id).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Versions = g.Sum(a => a.Version) })
            .FirstOrDefaultAsync(cancellationToken);
        var leave = await db.TimeOff.Where(t => agents.Any(a => a.Id == t.AgentId && a.HubId == hub.Id)).GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Versions = g.Sum(t => t.Version), Last = g.Max(t => t.GrantedAt) }).FirstOrDefaultAsync(cancellationToken);
        var worked = await db.WorkedShifts.CountAsync(w => w.HubId == hub.Id && w.Date >= from && w.Date < to, cancellationToken);
        var hubVersion = await db.Hubs.Where(h => h.Id == hub.Id).Select(h => h.Version).FirstOrDefaultAsync(cancellationToken);
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var policies = await Versions(db.LabourPolicies.Where(p => codes.Contains(p.Code)), cancellationToken);
        var contracts = await Versions(db.Contracts, cancellationToken);
        var templates = await Versions(db.ShiftTemplates.Where(t => t.HubId == hub.Id), cancellationToken);
        var queues = await Versions(db.Queues, cancellationToken);
        var activities = await Versions(db.ActivityCodes, cancellationToken);
        return new RosterStamp(string.Join('|', rosters, own, leave, worked, hubVersion, policies, contracts, templates, queues, activities));
    }

    private static async Task<string> Versions<T>(IQueryable<T> entities, CancellationToken cancellationToken)
        where T : VersionedEntity
    {
        var found = await entities.GroupBy(_ => 1).Select(g => new { Count = g.Count(), Versions = g.Sum(e => e.Version) })
            .FirstOrDefaultAsync(cancellationToken);
        return $"{found?.Count}.{found?.Versions}";
    }
}
