using Wfm.Api.Features.Setup.Agents;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Api.Features.Setup.ShiftTemplates;
using ShiftTemplate = Wfm.Scheduling.Problem.ShiftTemplate;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Reads from the store what the solver needs for one hub and period.</summary>
public sealed class RosterProblemBuilder(WfmDbContext db, ShiftsInForce inForce)
{
    /// <summary>Weeks of nights and weekends that fairness looks back on.</summary>
    private const int LedgerWeeks = 26;

    private const double SubstantialShare = 0.2;

    /// <param name="requirement">The demand to cover; null for none.</param>
    /// <param name="pins">Days that the solver leaves as they are; null for none.</param>
    /// <param name="people">Whom it is about; null for the active people of the hub.</param>
    public async Task<RosterProblem> Build(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken,
        IReadOnlyList<PinnedShift>? pins = null, IReadOnlyCollection<Guid>? people = null)
    {
        var policies = await Policies(hub, start, cancellationToken);
        var agents = await db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff)
            .Where(a => people == null ? a.HubId == hub.Id && a.Active : people.Contains(a.Id)).OrderBy(a => a.Code).AsSplitQuery().ToListAsync(cancellationToken);
        var hubs = agents.Select(a => a.HubId).Append(hub.Id).Distinct().ToList(); // the contract of somebody who has moved may name templates of another hub
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => hubs.Contains(t.HubId)).OrderBy(t => t.Code).ToListAsync(cancellationToken);
        var (interval, demand) = await Demand(hub, start, days, requirement, riskLevel, cancellationToken);
        var known = await Known(hub, start, days, agents, pins ?? [], cancellationToken);
        var ledger = await Ledger(start, agents, cancellationToken);
        var codes = templates.Select(t => t.Code).ToHashSet();
        return new RosterProblem(
            hub.Zone,
            start,
            days,
            Duration.FromMinutes(interval),
            [.. agents.Select(a => ToProblem(a, codes, start, days, known.Away[a.Code]) with { Ledger = ledger.GetValueOrDefault(a.Id, FairnessLedger.Empty) })],
            [.. templates.Select(ToProblem)],
            await WithGroupsOf(pins ?? [], demand, RosterProblem.CountIntervals(hub.Zone, start, days, Duration.FromMinutes(interval)), cancellationToken),
            LabourPolicyMapping.ToProblem(policies),
            RosterObjective.Default,
            known.Surroundings,
            [.. pins ?? [], .. known.Elsewhere]);
    }

    internal async Task<List<LabourPolicyVersion>> Policies(Hub hub, LocalDate start, CancellationToken cancellationToken)
    {
        var inForce = new List<LabourPolicyVersion>();
        foreach (var code in new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>())
        {
            inForce.Add(await db.LabourPolicies.AsNoTracking().Where(p => p.Code == code && p.ValidFrom <= start).OrderByDescending(p => p.ValidFrom)
                .FirstOrDefaultAsync(cancellationToken)
                ?? throw new JobFailedException($"Hub '{hub.Code}' names policy '{code}', but no version of it is in force on {start:uuuu-MM-dd}."));
        }

        return inForce.Count > 0 ? inForce
            : throw new JobFailedException($"Hub '{hub.Code}' has no labour policy; people are not rostered without rules. Set labourPolicy on the hub.");
    }

    private async Task<(int IntervalMinutes, List<DemandLine> Lines)> Demand(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken)
    {
        var rows = requirement is null ? [] : await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.RequirementRunId == requirement.Id && s.RiskLevel == riskLevel).OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var interval = rows.Count == 0 ? 30 : rows.Min(r => r.IntervalMinutes);
        var origin = hub.Zone.AtStartOfDay(start).ToInstant();
        var count = RosterProblem.CountIntervals(hub.Zone, start, days, Duration.FromMinutes(interval));
        var deferrable = new DeferrableRows(hub, origin, interval, count);
        return (interval, [.. rows.GroupBy(r => r.Series!.Queue!.SkillGroup).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(group => Line([.. group], origin, interval, count, deferrable.Of(group)))]);
    }

    private static DemandLine Line(List<SeriesRequirement> group, Instant origin, int interval, int count, DeferrableDemand? band)
    {
        var (heads, busy, presence) = (new double[count], new double[count], new double[count]);
        foreach (var row in group)
        {
            Add(heads, busy, presence, origin, interval, row);
        }

        var queues = group.ConvertAll(r => r.Series!.Queue!);
        return new DemandLine(queues[0].SkillGroup, heads, PriorityOf(queues), ExposureOf(group))
        {
            MinimumPresence = Array.TrueForAll(presence, p => p == 0) ? null : presence,
            BusyHeads = band is null ? null : busy,
            Band = band,
        };
    }

    private static void Add(double[] heads, double[] busy, double[] presence, Instant origin, int interval, SeriesRequirement row)
    {
        for (var i = 0; i < heads.Length; i++)
        {
            var at = (int)Math.Floor((origin + Duration.FromMinutes((long)i * interval) - row.Start).TotalMinutes / row.IntervalMinutes);
            if (at < 0 || at >= row.Heads.Length) continue;
            presence[i] = row.Heads[at] > 0 ? Math.Max(presence[i], row.Series!.Queue!.MinimumHeads) : presence[i];
            if (row.DueHours is not null) continue; // its heads are one way through the band; the solver finds its own
            heads[i] += row.Heads[at];
            busy[i] += Busy(row, at);
        }
    }

    /// <summary>Scheduled heads that the contacts themselves keep busy; the others wait for contacts and can do what may be put down.</summary>
    private static double Busy(SeriesRequirement row, int at)
    {
        var step = WaterfallRow.At(row, at);
        var onPhone = step.Heads - step.Rounding - step.Shrinkage;
        return onPhone > 0 ? Math.Min(step.Heads, Math.Max(0, step.Workload) * (step.Heads - step.Rounding) / onPhone) : 0;
    }

    /// <summary>Missing heads cost more where the most urgent queue of the group is more urgent: priority 1 three times, 5 and later once.</summary>
    internal static double PriorityOf(List<WorkQueue> queues) => 1 + (0.5 * Math.Max(0, 5 - queues.Min(q => q.Priority)));

    /// <summary>
    /// The exposure class E0 … E4 of a group as a number: the highest for which queues of at least that class make a fifth of the group's work.
    /// A rare severe item among many harmless ones does not make a shift a severe one.
    /// </summary>
    private static double ExposureOf(IEnumerable<SeriesRequirement> rows)
    {
        var work = rows.Select(r => (Class: ClassOf(r.Series!.Queue!), Hours: r.Heads.Sum())).ToList();
        var total = work.Sum(w => w.Hours);
        return work.Select(w => w.Class).Order().LastOrDefault(c => work.Where(w => w.Class >= c).Sum(w => w.Hours) >= SubstantialShare * total);
    }

    private static int ClassOf(WorkQueue queue) => queue.ExposureClass is { Length: 2 } exposure && char.IsAsciiDigit(exposure[1]) ? exposure[1] - '0' : 0;

    internal static RosterAgent ToProblem(Setup.Agents.Agent agent, HashSet<string> templates, LocalDate start, int days, IEnumerable<TimeOff>? away = null)
    {
        var contract = agent.Contract!;
        return new RosterAgent(
            agent.Code,
            new Contract(
                contract.Code,
                Duration.FromMinutes(Math.Round(contract.MinimumWeeklyHours * 60)),
                Duration.FromMinutes(Math.Round(contract.MaximumWeeklyHours * 60)),
                contract.MaximumDaysPerWeek,
                contract.Templates.Count == 0 ? null : contract.Templates),
            [.. agent.Skills.Select(s => new AgentSkill(s.Group, Math.Min(1, s.Proficiency)))],
            [.. agent.Availability.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))],
            [.. agent.TimeOff.Select(t => new TimeOff(t.Start, t.End)), .. away ?? []],
            agent.OptOutGroups)
        {
            Preferences = new AgentPreferences(
                agent.PreferredTemplates.Count == 0 ? []
                    : [.. templates.Except(agent.PreferredTemplates).Order(StringComparer.Ordinal).Select(t => new TemplatePreference(t, 1))],
                [
                    .. Enumerable.Range(0, days).Select(start.PlusDays).Where(date => agent.PreferredDaysOff.Contains(date.DayOfWeek))
                        .Select(date => new ShiftWish(date, null, Wanted: false, 1)),
                ]),
        };
    }

    private static ShiftTemplate ToProblem(Setup.ShiftTemplates.ShiftTemplate template) => new(
        template.Code,
        template.EarliestStart,
        template.LatestStart,
        Duration.FromMinutes(template.StartStepMinutes),
        Duration.FromMinutes(template.LengthMinutes),
        [
            .. template.Breaks.Select(b => new BreakRule(
                b.Kind, Duration.FromMinutes(b.LengthMinutes), Duration.FromMinutes(b.EarliestAfterMinutes), Duration.FromMinutes(b.LatestAfterMinutes), b.Paid)),
        ],
        template.Days.Count == 0 ? DaysOfWeek.All : template.Days.Aggregate(DaysOfWeek.None, (days, day) => days | (DaysOfWeek)(1 << ((int)day - 1))));

    /// <summary>Shifts around the period as far as any rule of the hub looks, and those at other hubs inside it.</summary>
    private async Task<KnownShifts> Known(
        Hub hub, LocalDate start, int days, List<Agent> agents, IReadOnlyList<PinnedShift> pins, CancellationToken cancellationToken)
    {
        var around = await DaysAround(hub, cancellationToken) + 1; // days of another hub begin and end elsewhere
        var shifts = await inForce.Of([.. agents.Select(a => a.Id)], start.PlusDays(-around), start.PlusDays(days + around), drafts: true, cancellationToken);
        return KnownShifts.Of(hub.Id, hub.Zone, start, days, shifts, agents.ToDictionary(a => a.Id, a => a.Code), pins);
    }

    // Of every version of the hub's policies: a repair may ask for one that is not in force yet.
    private async Task<int> DaysAround(Hub hub, CancellationToken cancellationToken)
    {
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var versions = await db.LabourPolicies.AsNoTracking().Where(p => codes.Contains(p.Code)).ToListAsync(cancellationToken);
        return ConstraintCatalog.DaysAround(versions.SelectMany(v => v.Rules).Select(LabourPolicyMapping.ToRule));
    }

    /// <summary>Nights and weekends that people worked before the period, at any hub.</summary>
    private async Task<Dictionary<Guid, FairnessLedger>> Ledger(LocalDate start, List<Agent> agents, CancellationToken cancellationToken)
    {
        var zones = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, h => h.Zone, cancellationToken);
        var shifts = await inForce.Of([.. agents.Select(a => a.Id)], start.PlusWeeks(-LedgerWeeks), start, drafts: true, cancellationToken, activities: false);
        return shifts.GroupBy(s => s.AgentId).ToDictionary(
            g => g.Key,
            g => g.GroupBy(s => s.HubId).Select(at => FairnessLedger.Of(at.Select(s => (s.Start, s.End)), zones[at.Key], RosterObjective.Default))
                .Aggregate((a, b) => new FairnessLedger(a.Nights + b.Nights, a.Weekends + b.Weekends)));
    }

    /// <summary>A pinned shift may work a group of which the requirement says nothing: such a group needs nobody.</summary>
    private async Task<List<DemandLine>> WithGroupsOf(IReadOnlyList<PinnedShift> pins, List<DemandLine> demand, int intervals, CancellationToken cancellationToken)
    {
        var missing = pins.SelectMany(p => p.Shift?.Activities ?? []).Select(a => a.Group).OfType<string>().Distinct()
            .Except(demand.Select(d => d.Group)).Order(StringComparer.Ordinal).ToList();
        var queues = missing.Count == 0 ? [] : await db.Queues.AsNoTracking().Where(q => missing.Contains(q.SkillGroup)).ToListAsync(cancellationToken);
        return [.. demand, .. missing.Select(group => new DemandLine(
            group, new double[intervals], ExposureWeight: queues.Where(q => q.SkillGroup == group).Select(ClassOf).DefaultIfEmpty().Max()))];
    }
}
