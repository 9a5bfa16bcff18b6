using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;

namespace Wfm.Tests.Support;

/// <summary>A stored roster with what it was to cover, read from the rows alone.</summary>
/// <param name="Demand">The requirement's curves at the roster's risk level, with their queues.</param>
internal sealed record StoredRoster(AuditedRoster Audited, Roster Row, IReadOnlyList<SeriesRequirement> Demand, int ActiveAgents);

/// <summary>Reads rosters from the store for the auditor.</summary>
internal static class RosterAuditorReader
{
    public static WfmDbContext Open(string file) =>
        new SqliteWfmDbContext(new DbContextOptionsBuilder<SqliteWfmDbContext>().UseSqlite(Store.Parse(file).ConnectionString).Options);

    /// <summary>A roster with what is in force beside it, before, in and after its period, at whatever hub.</summary>
    public static async Task<StoredRoster> ReadWithSurroundings(WfmDbContext db, Guid rosterId)
    {
        var stored = await Read(db, rosterId);
        return stored with { Audited = stored.Audited with { Around = await RosterAuditorStore.Around(db, rosterId) } };
    }

    public static async Task<StoredRoster> Read(WfmDbContext db, Guid rosterId)
    {
        var row = await db.Rosters.AsNoTracking().Include(r => r.Hub).Include(r => r.Shifts).Include(r => r.Coverage).Include(r => r.Deadlines).AsSplitQuery()
            .SingleAsync(r => r.Id == rosterId);
        var demand = await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.RequirementRunId == row.RequirementRunId && s.RiskLevel == row.RiskLevel).ToListAsync();
        var hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, h => h.Code);
        var people = await db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff).AsSplitQuery().ToListAsync();
        var codes = people.ToDictionary(a => a.Id, a => a.Code);
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == row.HubId).ToListAsync();
        var contracts = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, ToContract);
        var policies = (await Policies(db, row.Hub!.LabourPolicy, row)).Concat(await Policies(db, row.Hub.WellbeingPolicy, row)).ToList();
        var law = policies.FindLast(p => p.Version.Code == row.Hub.LabourPolicy && p.From <= row.Start)?.Version;
        var groups = demand.GroupBy(s => s.Series!.Queue!.SkillGroup).ToList();
        var audited = new AuditedRoster(
            row.Hub.Code, DateTimeZoneProviders.Tzdb[row.Hub.TimeZone], row.Start, row.Days,
            [.. policies.SelectMany(p => p.Rules())],
            templates.ToDictionary(t => t.Code, ToTemplate),
            people.ToDictionary(a => a.Code, a => ToAgent(a, hubs[a.HubId], contracts)),
            groups.ToDictionary(g => g.Key, g => g.Max(s => ClassOf(s.Series!.Queue!))),
            [.. row.Shifts.Select(s => RosterAuditorStore.ToShift(s, codes[s.AgentId])).OrderBy(s => s.Agent, StringComparer.Ordinal).ThenBy(s => s.Start)])
        {
            FirstDayOfWeek = law?.FirstDayOfWeek ?? IsoDayOfWeek.Monday,
            WeekendDays = law?.WeekendDays ?? [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
            ExposureShares = groups.ToDictionary(g => g.Key, SharesOf),
            IsExposureExpected = policies.Where(p => p.Version.Rules.Exists(r => r.Kind is "maximumExposure" or "exposureRamp"))
                .Select(p => p.Version.ExposureBasis.ToString())
                .DefaultIfEmpty("").All(b => b == "Expected"),
            Seats = row.Hub.Seats > 0 ? row.Hub.Seats : null,
        };
        return new StoredRoster(audited, row, demand, people.Count(a => a.HubId == row.HubId && a.Active));
    }

    /// <summary>Every version of a policy with the days on which it is in force: until the day before the next.</summary>
    private static async Task<List<PolicyInForce>> Policies(WfmDbContext db, string? code, Roster roster)
    {
        if (code is null) return [];
        var versions = (await db.LabourPolicies.AsNoTracking().Where(p => p.Code == code).ToListAsync()).OrderBy(p => p.ValidFrom).ToList();
        if (versions.Count == 0 || versions[0].ValidFrom > roster.Start)
            throw new InvalidOperationException($"The policy '{code}' is not in force on {roster.Start:uuuu-MM-dd}.");
        return
        [
            .. versions.Select(
                (version, i) => new PolicyInForce(version, version.ValidFrom, i + 1 < versions.Count ? versions[i + 1].ValidFrom.PlusDays(-1) : null)),
        ];
    }

    private sealed record PolicyInForce(LabourPolicyVersion Version, LocalDate From, LocalDate? To)
    {
        /// <summary>The rules on the days on which both they and their version are in force.</summary>
        public IEnumerable<AuditedRule> Rules() =>
            from rule in Version.Rules
            let begins = rule.ValidFrom is { } first && first > From ? first : From
            let ends = rule.ValidTo is { } last && !(last > To) ? last : To
            where !(ends < begins)
            select new AuditedRule(rule.Kind, rule.Parameters) { From = begins, To = ends };
    }

    /// <summary>Shares of a group's work by exposure class of the queues.</summary>
    private static double[] SharesOf(IGrouping<string, SeriesRequirement> group)
    {
        var total = group.Sum(s => s.Heads.Sum());
        return
        [
            .. Enumerable.Range(0, 5).Select(c =>
                    total > 0 ? group.Where(s => ClassOf(s.Series!.Queue!) == c).Sum(s => s.Heads.Sum()) / total
                    : c == 0 ? 1
                    : 0),
        ];
    }

    private static int ClassOf(WorkQueue queue) => queue.ExposureClass is { } text ? int.Parse(text[1..]) : 0; // E0 … E4

    private static AuditedTemplate ToTemplate(Wfm.Api.Features.Setup.ShiftTemplates.ShiftTemplate t) => new(
        t.Code, t.EarliestStart, t.LatestStart, t.StartStepMinutes, t.LengthMinutes, t.Days,
        [.. t.Breaks.Select(b => new AuditedBreak(b.Kind, b.LengthMinutes, b.EarliestAfterMinutes, b.LatestAfterMinutes, b.Paid))])
    {
        EndsOnTheClock = t.EndsAt is not null,
    };

    private static AuditedContract ToContract(Contract c) => new(c.MinimumWeeklyHours, c.MaximumWeeklyHours, c.MaximumDaysPerWeek, c.Templates)
    {
        WorkingDays = c.WorkingDays.Count > 0 ? c.WorkingDays : null,
    };

    private static AuditedAgent ToAgent(Agent a, string hub, Dictionary<string, AuditedContract> contracts) => new(
        a.Code, hub, a.Active, ToContract(a.Contract!), a.Skills.ToDictionary(s => s.Group, s => s.Proficiency), a.OptOutGroups,
        [.. a.Availability.Select(w => new AuditedWindow(w.Day, w.From, w.To))],
        [.. a.TimeOff.Select(t => new AuditedLeave(t.Start, t.End, t.Kind.ToString().ToLowerInvariant()))])
    {
        Terms = [.. a.Contracts.Select(c => (c.From, contracts[c.Contract]))],
        EmployedFrom = a.EmployedFrom,
        EmployedTo = a.EmployedTo,
    };
}
