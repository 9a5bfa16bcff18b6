using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>The auditor's own reading of the store: published rosters as layers, imported shifts where no roster covers the day.</summary>
internal static class RosterAuditorStore
{
    /// <summary>All that is in force beside a roster when it is published last, of the people it was made for.</summary>
    public static async Task<List<AuditedShift>> Around(WfmDbContext db, Guid rosterId)
    {
        var (codes, own) = (await Codes(db), await db.Rosters.AsNoTracking().Include(r => r.Hub).Include(r => r.People).SingleAsync(r => r.Id == rosterId));
        var last = ToLayer(own, codes) with { Published = int.MaxValue };
        return [.. (await InForce(db, [.. (await Layers(db)).Where(l => l.Published != own.Publication), last])).Where(s => last.Agents.Contains(s.Agent))];
    }

    /// <summary>What a roster replaces when it is published last.</summary>
    public static async Task<List<AuditedShift>> Replaced(WfmDbContext db, Guid rosterId)
    {
        var (codes, around) = (await Codes(db), (await Around(db, rosterId)).Select(s => (s.Agent, s.Start)).ToHashSet());
        var people = await db.RosterPeople.AsNoTracking().Where(p => p.RosterId == rosterId).Select(p => p.AgentId).ToListAsync();
        var own = people.Select(id => codes[id]).ToHashSet();
        return [.. (await InForce(db, await Layers(db))).Where(s => own.Contains(s.Agent) && !around.Contains((s.Agent, s.Start)))];
    }

    /// <summary>All that was published, at whatever hub.</summary>
    public static async Task<List<AuditedLayer>> Layers(WfmDbContext db)
    {
        var rosters = await db.Rosters.AsNoTracking().Include(r => r.Hub).Include(r => r.Shifts).Include(r => r.People).AsSplitQuery()
            .Where(r => r.Publication != null).ToListAsync();
        var codes = await Codes(db);
        return rosters.ConvertAll(r => ToLayer(r, codes));
    }

    /// <summary>All that is worked: of published rosters without what leave has taken away, and imported.</summary>
    public static async Task<List<AuditedShift>> InForce(WfmDbContext db) => await InForce(db, await Layers(db));

    private static async Task<List<AuditedShift>> InForce(WfmDbContext db, List<AuditedLayer> layers)
    {
        var (codes, worked) = (await Codes(db), await db.WorkedShifts.AsNoTracking().ToListAsync());
        var imported = worked.Select(w => new AuditedShift(codes[w.AgentId], w.Date, "", w.Start, w.End, w.PaidMinutes, []) { Group = w.Group })
            .Where(w => !layers.Exists(l => l.Covers(w.Agent, w.Start)));
        var leave = await db.TimeOff.AsNoTracking().ToListAsync();
        var kept = RosterAuditorLayers.InForce(layers).Where(s => !leave.Exists(l => codes[l.AgentId] == s.Agent && TakesAway(l, s)));
        return [.. kept.Concat(imported)];
    }

    /// <summary>Leave over all of a shift, or over a part of one that was still to begin when the leave was granted.</summary>
    private static bool TakesAway(TimeOffEntry leave, AuditedShift shift)
    {
        var common = Instant.Min(leave.End, shift.End) - Instant.Max(leave.Start, shift.Start);
        return shift.IsThere(leave.Start, leave.End) && (common == shift.End - shift.Start || shift.Start >= leave.GrantedAt);
    }

    private static AuditedLayer ToLayer(Roster r, Dictionary<Guid, string> codes) => new(
        r.Publication ?? 0, r.Hub!.Code, DateTimeZoneProviders.Tzdb[r.Hub.TimeZone], r.Start, r.Days, r.People.Select(p => codes[p.AgentId]).ToHashSet(),
        [.. r.Shifts.Select(s => ToShift(s, codes[s.AgentId]))]);

    private static Task<Dictionary<Guid, string>> Codes(WfmDbContext db) => db.Agents.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Code);

    public static AuditedShift ToShift(Shift s, string agent) => new(
        agent, s.Date, s.Template, s.Start, s.End, s.PaidMinutes, [.. s.Activities.Select(a => new AuditedActivity(a.Kind, a.Group, a.Start, a.End))]);
}
