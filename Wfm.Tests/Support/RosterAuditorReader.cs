using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>A stored roster with what it was to cover, read from the rows alone.</summary>
/// <param name="Demand">The requirement's curves at the roster's risk level, with their queues.</param>
internal sealed record StoredRoster(AuditedRoster Audited, Roster Row, IReadOnlyList<SeriesRequirement> Demand, int ActiveAgents);

/// <summary>Reads rosters from the store for the auditor.</summary>
internal static class RosterAuditorReader
{
    /// <summary>A queue's class counts for its skill group when the queues of that class or above make so much of the group's heads.</summary>
    private const double SubstantialShare = 0.2;

    public static WfmDbContext Open(string file) =>
        new SqliteWfmDbContext(new DbContextOptionsBuilder<SqliteWfmDbContext>().UseSqlite(Store.Parse(file).ConnectionString).Options);

    public static async Task<StoredRoster> Read(WfmDbContext db, Guid rosterId)
    {
        var row = await db.Rosters.AsNoTracking().Include(r => r.Hub).Include(r => r.Shifts).Include(r => r.Coverage).Include(r => r.Deadlines).AsSplitQuery().SingleAsync(r => r.Id == rosterId);
        var demand = await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.RequirementRunId == row.RequirementRunId && s.RiskLevel == row.RiskLevel).ToListAsync();
        var hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, h => h.Code);
        var people = await db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff).AsSplitQuery().ToListAsync();
        var codes = people.ToDictionary(a => a.Id, a => a.Code);
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == row.HubId).ToListAsync();
        var audited = new AuditedRoster(
            row.Hub!.Code,
            DateTimeZoneProviders.Tzdb[row.Hub.TimeZone],
            row.Start,
            row.Days,
            [.. await Rules(db, row.Hub.LabourPolicy, row), .. await Rules(db, row.Hub.WellbeingPolicy, row)],
            templates.ToDictionary(t => t.Code, ToTemplate),
            people.ToDictionary(a => a.Code, a => ToAgent(a, hubs[a.HubId])),
            demand.GroupBy(s => s.Series!.Queue!.SkillGroup).ToDictionary(g => g.Key, ExposureOf),
            [.. row.Shifts.Select(s => ToShift(s, codes[s.AgentId])).OrderBy(s => s.Agent, StringComparer.Ordinal).ThenBy(s => s.Start)]);
        return new StoredRoster(audited, row, demand, people.Count(a => a.HubId == row.HubId && a.Active));
    }

    /// <summary>The newest version that is valid on the first day; one that begins during the period would have to be audited by date.</summary>
    private static async Task<IEnumerable<AuditedRule>> Rules(WfmDbContext db, string? code, Roster roster)
    {
        if (code is null)
        {
            return [];
        }

        var versions = (await db.LabourPolicies.AsNoTracking().Where(p => p.Code == code).ToListAsync()).OrderBy(p => p.ValidFrom).ToList();
        var end = roster.Start.PlusDays(roster.Days);
        if (versions.Exists(v => v.ValidFrom > roster.Start && v.ValidFrom < end))
        {
            throw new NotSupportedException($"The policy '{code}' changes between {roster.Start:uuuu-MM-dd} and {end:uuuu-MM-dd}; the auditor knows one version a roster.");
        }

        var inForce = versions.FindLast(v => v.ValidFrom <= roster.Start)
            ?? throw new InvalidOperationException($"The policy '{code}' is not in force on {roster.Start:uuuu-MM-dd}.");
        return inForce.Rules.Select(r => new AuditedRule(r.Kind, r.Parameters));
    }

    private static int ExposureOf(IGrouping<string, SeriesRequirement> group)
    {
        var total = group.Sum(s => s.Heads.Sum());
        return Enumerable.Range(0, 5).Last(c => c == 0 || (total > 0 && group.Where(s => ClassOf(s.Series!.Queue!) >= c).Sum(s => s.Heads.Sum()) >= SubstantialShare * total));
    }

    private static int ClassOf(WorkQueue queue) => queue.ExposureClass is { } text ? int.Parse(text[1..]) : 0; // E0 … E4

    private static AuditedTemplate ToTemplate(Wfm.Api.Features.Setup.ShiftTemplates.ShiftTemplate t) => new(
        t.Code, t.EarliestStart, t.LatestStart, t.StartStepMinutes, t.LengthMinutes, t.Days,
        [.. t.Breaks.Select(b => new AuditedBreak(b.Kind, b.LengthMinutes, b.EarliestAfterMinutes, b.LatestAfterMinutes, b.Paid))]);

    private static AuditedAgent ToAgent(Wfm.Api.Features.Setup.Agents.Agent a, string hub) => new(
        a.Code, hub, a.Active, new AuditedContract(a.Contract!.MinimumWeeklyHours, a.Contract.MaximumWeeklyHours, a.Contract.MaximumDaysPerWeek, a.Contract.Templates),
        a.Skills.ToDictionary(s => s.Group, s => s.Proficiency), a.OptOutGroups,
        [.. a.Availability.Select(w => new AuditedWindow(w.Day, w.From, w.To))], [.. a.TimeOff.Select(t => new AuditedLeave(t.Start, t.End))]);

    private static AuditedShift ToShift(Shift s, string agent) => new(
        agent, s.Date, s.Template, s.Start, s.End, s.PaidMinutes, [.. s.Activities.Select(a => new AuditedActivity(a.Kind, a.Group, a.Start, a.End))]);
}
