using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.ActivityCodes;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Requests;
using Contract = Wfm.Scheduling.Problem.Contract;
using ShiftTemplate = Wfm.Scheduling.Problem.ShiftTemplate;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>Reads from the store what the solver needs for one hub and period.</summary>
public sealed class RosterProblemBuilder(WfmDbContext db, ShiftsInForce inForce, CarriedLedgers ledgers, ConstraintCatalog kinds)
{
    /// <param name="requirement">The demand to cover; null for none.</param>
    /// <param name="pins">Days that the solver leaves as they are; null for none.</param>
    /// <param name="people">Whom it is about; null for the active people of the hub.</param>
    /// <param name="drafts">Whether drafts before the period count where nothing else is known: they do when a roster is made, not when it is put in
    /// force.</param>
    /// <param name="groups">Skill groups that may be worked on though nothing is required of them; null for those of the pins.</param>
    public async Task<RosterProblem> Build(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken,
        IReadOnlyList<PinnedShift>? pins = null, IReadOnlyCollection<Guid>? people = null, bool drafts = true, IReadOnlyCollection<string>? groups = null)
    {
        var versions = await Versions(hub, cancellationToken);
        var policies = Binding(hub, versions, start, days);
        var agents = await db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff)
            .Where(a => people == null ? a.HubId == hub.Id && a.Active : people.Contains(a.Id)).OrderBy(a => a.Code).AsSplitQuery()
            .ToListAsync(cancellationToken);
        var hubs = agents.Select(a => a.HubId).Append(hub.Id).Distinct().ToList(); // the contract of somebody who has moved may name templates of another hub
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => hubs.Contains(t.HubId)).OrderBy(t => t.Code).ToListAsync(cancellationToken);
        var (interval, demand) = await Demand(hub, start, days, requirement, riskLevel, cancellationToken);
        var known = await Known(hub, start, days, agents, DaysAround(versions), pins ?? [], drafts, cancellationToken);
        var ledger = await ledgers.Of(agents, start, drafts: true, cancellationToken);
        var codes = templates.ToDictionary(t => t.Code, t => t.EarliestStart, StringComparer.Ordinal);
        var busy = known.Elsewhere.Select(p => (p.AgentId, p.Date)).ToHashSet(); // no days off, whatever is pinned
        var contracts = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellationToken);
        return new RosterProblem(
            hub.Zone, start, days, interval,
            [
                .. agents.Select(a =>
                    ToProblem(a, contracts, codes, start, days) with
                    {
                        Ledger = ledger.GetValueOrDefault(a.Id, FairnessLedger.Empty),
                    }),
            ],
            [.. templates.Select(ToProblem)],
            await WithGroupsOf(
                pins ?? [], known.Groups, demand, RosterProblem.CountIntervals(hub.Zone, start, days, interval), cancellationToken, groups),
            LabourPolicyMapping.ToProblem(policies, start, kinds), hub.RosterGoals.ToObjective(), known.Surroundings,
            [.. (pins ?? []).Where(p => !busy.Contains((p.AgentId, p.Date))), .. known.Elsewhere])
        {
            Seats = hub.Seats > 0 ? hub.Seats : null,
            Holidays = [.. (await PublicHolidays.Of(db, [hub], start, start.PlusDays(days), cancellationToken))[hub.Id].Order()],
            Activities = await db.ReadActivityCatalog(cancellationToken),
        };
    }

    /// <summary>The versions of the hub's policies that may bind a day of a period or one of the days around it that a rule looks at.</summary>
    internal async Task<List<LabourPolicyVersion>> Policies(Hub hub, LocalDate start, int days, CancellationToken cancellationToken) =>
        Binding(hub, await Versions(hub, cancellationToken), start, days);

    private List<LabourPolicyVersion> Binding(Hub hub, List<List<LabourPolicyVersion>> policies, LocalDate start, int days)
    {
        if (policies.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has no labour policy; people are not rostered without rules. Set labourPolicy on the hub.");
        }

        foreach (var (code, versions) in new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>().Zip(policies))
        {
            if (versions.TrueForAll(v => v.ValidFrom > start))
            {
                throw new JobFailedException($"Hub '{hub.Code}' names policy '{code}', but no version of it is in force on {start:uuuu-MM-dd}.");
            }
        }

        var around = DaysAround(policies);
        var (from, to) = (start.PlusDays(-around), start.PlusDays(days + around));
        return
        [
            .. policies.SelectMany(versions => versions.Where((v, i) => v.ValidFrom <= to && (i + 1 == versions.Count || versions[i + 1].ValidFrom > from))),
        ];
    }

    /// <summary>All versions of the hub's policies, the law first, each in order of its dates.</summary>
    private async Task<List<List<LabourPolicyVersion>>> Versions(Hub hub, CancellationToken cancellationToken)
    {
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var found = (
            await db.LabourPolicies.AsNoTracking().Where(p => codes.Contains(p.Code)).OrderBy(p => p.ValidFrom).ToListAsync(cancellationToken)
        ).ToLookup(p => p.Code);
        return [.. codes.Select(code => found[code].ToList())];
    }

    // Of every version, not only those that bind: a repair may ask for one that is not in force yet.
    private int DaysAround(List<List<LabourPolicyVersion>> policies) =>
        ConstraintCatalog.DaysAround(policies.SelectMany(versions => versions).SelectMany(v => v.Rules).Select(r => LabourPolicyMapping.ToRule(r, kinds)));

    /// <summary>What a requirement asks of each group over a period, and the length of its intervals.</summary>
    internal async Task<(Duration Interval, IReadOnlyList<DemandLine> Lines)> Demand(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken)
    {
        var rows = requirement is null ? [] : await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.RequirementRunId == requirement.Id && s.RiskLevel == riskLevel).OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        var planned = hub.ToPlanned();
        return HubRosterer.Demand(planned, start, days, rows.ConvertAll(row => ToQueue(planned, row)));
    }

    private static QueueRequirement ToQueue(PlannedHub hub, SeriesRequirement row)
    {
        var (queue, span) = (row.Series!.Queue!.ToPlanned(), row.Span);
        return StaffedQueue.Required(queue, span, hub.When(queue).Over(span), WaterfallRow.Curve(row));
    }

    /// <param name="agent">The person.</param>
    /// <param name="contracts">All contracts by code.</param>
    /// <param name="templates">Earliest starts of the hub's shift templates by code.</param>
    /// <param name="start">First local date of the roster.</param>
    /// <param name="days">Its local dates.</param>
    internal static RosterAgent ToProblem(
        Setup.Agents.Agent agent, IReadOnlyDictionary<string, Setup.Contracts.Contract> contracts, Dictionary<string, LocalTime> templates,
        LocalDate start, int days)
    {
        return new RosterAgent(
            agent.Code,
            ToProblem(agent.Contract!),
            [.. agent.Skills.Select(s => new AgentSkill(s.Group, s.Proficiency))],
            [.. agent.Availability.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))],
            [.. agent.TimeOff.Select(t => new TimeOff(t.Start, t.End, t.Kind))],
            agent.OptOutGroups)
        {
            Terms = [.. agent.Contracts.Select(t => new ContractTerm(t.From, ToProblem(contracts[t.Contract])))],
            EmployedFrom = agent.EmployedFrom,
            EmployedTo = agent.EmployedTo,
            DatedAvailability =
            [
                .. agent.DatedAvailability
                    .Select(d => new DatedAvailability(d.From, d.To, [.. d.Windows.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))])),
            ],
            Preferences = new AgentPreferences(
                RankedWishes.Templates(agent.PreferredTemplates, templates, agent.PreferencesByRank, Starts(agent)),
                [
                    .. RankedWishes.DaysOff(agent.PreferredDaysOff, agent.PreferencesByRank, start, days),
                    .. agent.DatedWishes.Where(w => w.Date >= start && w.Date < start.PlusDays(days))
                        .Where(w => w.Template is null || templates.ContainsKey(w.Template))
                        .Select(w => new ShiftWish(w.Date, w.Template, w.Wanted, w.Weight)),
                ]),
        };
    }

    private static WishedStart Starts(Setup.Agents.Agent agent) => agent.PreferredStarts switch
    {
        StartWish.Earlier => WishedStart.Earlier,
        StartWish.Later => WishedStart.Later,
        _ => WishedStart.Any,
    };

    private static Contract ToProblem(Setup.Contracts.Contract contract) => new(
        contract.Code,
        Duration.FromMinutes(Math.Round(contract.MinimumWeeklyHours * 60)),
        Duration.FromMinutes(Math.Round(contract.MaximumWeeklyHours * 60)),
        contract.MaximumDaysPerWeek,
        contract.Templates.Count == 0 ? null : contract.Templates)
    {
        WorkingDays = contract.WorkingDays.Count == 0 ? null : Days(contract.WorkingDays),
    };

    private static DaysOfWeek Days(IEnumerable<IsoDayOfWeek> days) => days.Aggregate(DaysOfWeek.None, (set, day) => set | (DaysOfWeek)(1 << ((int)day - 1)));

    internal static ShiftTemplate ToProblem(Setup.ShiftTemplates.ShiftTemplate template) =>
        new(
            template.Code, template.EarliestStart, template.LatestStart, Duration.FromMinutes(template.StartStepMinutes),
            Duration.FromMinutes(template.LengthMinutes),
            [
                .. template.Breaks.Select(b => new BreakRule(
                    b.Kind, Duration.FromMinutes(b.LengthMinutes), Duration.FromMinutes(b.EarliestAfterMinutes), Duration.FromMinutes(b.LatestAfterMinutes),
                    b.Paid)),
            ],
            template.Days.Count == 0 ? DaysOfWeek.All : Days(template.Days))
        {
            EndsAt = template.EndsAt,
        };

    /// <summary>Shifts around the period as far as any rule of the hub looks, and those at other hubs inside it.</summary>
    private async Task<KnownShifts> Known(
        Hub hub, LocalDate start, int days, List<Agent> agents, int daysAround, IReadOnlyList<PinnedShift> pins, bool drafts,
        CancellationToken cancellationToken)
    {
        var around = daysAround + 1; // days of another hub begin and end elsewhere
        var shifts = await inForce.Of([.. agents.Select(a => a.Id)], start.PlusDays(-around), start.PlusDays(days + around), drafts, cancellationToken);
        return KnownShifts.Of(hub.Id, hub.Zone, start, days, shifts, agents.ToDictionary(a => a.Id, a => a.Code), pins);
    }

    /// <summary>A pinned shift may work a group of which the requirement says nothing: such a group needs nobody. Groups worked around the period or at other
    /// hubs are there when they show something harmful.</summary>
    internal async Task<List<DemandLine>> WithGroupsOf(
        IEnumerable<PinnedShift> pins, IEnumerable<string> around, IReadOnlyList<DemandLine> demand, int intervals, CancellationToken cancellationToken,
        IEnumerable<string>? others = null)
    {
        var pinned = pins.SelectMany(p => p.Shift?.Activities ?? []).Select(a => a.Group).OfType<string>().Concat(others ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var missing = pinned.Concat(around).Distinct().Except(demand.Select(d => d.Group)).Order(StringComparer.Ordinal).ToList();
        var queues = missing.Count == 0 ? [] : await db.Queues.AsNoTracking().Where(q => missing.Contains(q.SkillGroup)).ToListAsync(cancellationToken);
        var classes = queues.GroupBy(q => q.SkillGroup).ToDictionary(g => g.Key, g => g.Max(q => q.ToPlanned().ExposureClass), StringComparer.Ordinal);
        return
        [
            .. demand,
            .. missing.Select(group => new DemandLine(group, new double[intervals], ExposureWeight: classes.GetValueOrDefault(group)))
                .Where(line => line.ExposureWeight > 0 || pinned.Contains(line.Group)),
        ];
    }
}
