using Wfm.Api.Features.Setup.Agents;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Contract = Wfm.Scheduling.Problem.Contract;
using ShiftTemplate = Wfm.Scheduling.Problem.ShiftTemplate;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Groups;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Reads from the store what the solver needs for one hub and period.</summary>
public sealed class RosterProblemBuilder(WfmDbContext db)
{
    private const int MostDays = 84; // of a roster

    public async Task<RosterProblem> Build(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken)
    {
        var policies = await Policies(hub, start, cancellationToken);
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == hub.Id).OrderBy(t => t.Code).ToListAsync(cancellationToken);
        var agents = await db.Agents.AsNoTracking().Include(a => a.Contract).Include(a => a.TimeOff)
            .Where(a => a.HubId == hub.Id && a.Active).OrderBy(a => a.Code).AsSplitQuery().ToListAsync(cancellationToken);
        var (interval, demand) = await Demand(hub, start, days, requirement, riskLevel, cancellationToken);
        var codes = templates.Select(t => t.Code).ToHashSet();
        var contracts = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellationToken);
        return new RosterProblem(
            hub.Zone,
            start,
            days,
            interval,
            [.. agents.Select(a => ToProblem(a, contracts, codes, start, days))],
            [.. templates.Select(ToProblem)],
            demand,
            LabourPolicyMapping.ToProblem(policies),
            RosterObjective.Default,
            await Surroundings(hub, agents, start, days, cancellationToken),
            [])
        {
            Seats = hub.Seats > 0 ? hub.Seats : null,
        };
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

    private async Task<(Duration Interval, IReadOnlyList<DemandLine> Lines)> Demand(
        Hub hub, LocalDate start, int days, RequirementRun? requirement, double riskLevel, CancellationToken cancellationToken)
    {
        var rows = requirement is null ? [] : await db.SeriesRequirements.AsNoTracking().Include(s => s.Series).ThenInclude(s => s!.Queue)
            .Where(s => s.RequirementRunId == requirement.Id && s.RiskLevel == riskLevel).OrderBy(s => s.SeriesId).ToListAsync(cancellationToken);
        return HubRosterer.Demand(hub.ToPlanned(), start, days, rows.ConvertAll(ToQueue));
    }

    private static QueueRequirement ToQueue(SeriesRequirement row) =>
        StaffedQueue.Required(row.Series!.Queue!.ToPlanned(), row.Start, Duration.FromMinutes(row.IntervalMinutes), WaterfallRow.Curve(row));

    /// <param name="agent">The person.</param>
    /// <param name="contracts">All contracts by code.</param>
    /// <param name="templates">Codes of the hub's shift templates.</param>
    /// <param name="start">First local date of the roster.</param>
    /// <param name="days">Its local dates.</param>
    internal static RosterAgent ToProblem(
        Setup.Agents.Agent agent, IReadOnlyDictionary<string, Setup.Contracts.Contract> contracts, HashSet<string> templates, LocalDate start, int days)
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
            Preferences = new AgentPreferences(
                agent.PreferredTemplates.Count == 0 ? []
                    : [.. templates.Except(agent.PreferredTemplates).Order(StringComparer.Ordinal).Select(t => new TemplatePreference(t, 1))],
                [
                    .. Enumerable.Range(0, days).Select(start.PlusDays).Where(date => agent.PreferredDaysOff.Contains(date.DayOfWeek))
                        .Select(date => new ShiftWish(date, null, Wanted: false, 1)),
                ]),
        };
    }

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
        template.Days.Count == 0 ? DaysOfWeek.All : Days(template.Days))
    {
        EndsAt = template.EndsAt,
    };

    /// <summary>The shifts of some people before and after a period, at whatever hub, as far off as any rule of the hub looks.</summary>
    private async Task<List<OutsideShift>> Surroundings(Hub hub, IReadOnlyList<Agent> agents, LocalDate start, int days, CancellationToken cancellationToken)
    {
        var around = await DaysAround(hub, cancellationToken);
        var (origin, end) = (hub.Zone.AtStartOfDay(start).ToInstant(), hub.Zone.AtStartOfDay(start.PlusDays(days)).ToInstant());
        var before = await InForce(db.Rosters, agents, start.PlusDays(-around), start, cancellationToken);
        var after = await InForce(db.Rosters.Where(r => r.State == PublicationState.Published), agents, start.PlusDays(days), start.PlusDays(days + around), cancellationToken);
        return [.. before.Where(s => s.Start < origin).Concat(after.Where(s => s.Start >= end)).Select(s => new OutsideShift(
            s.Agent!.Code, s.Start, s.End, Duration.FromMinutes(s.PaidMinutes), s.Activities.Find(a => a.Group is not null)?.Group, s.Template)
        {
            Activities = [.. s.Activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End))], // a night before the period still has its breaks in it
        })];
    }

    // Of every version of the hub's policies: a repair may ask for one that is not in force yet.
    private async Task<int> DaysAround(Hub hub, CancellationToken cancellationToken)
    {
        string[] codes = [.. new[] { hub.LabourPolicy, hub.WellbeingPolicy }.OfType<string>()];
        var versions = await db.LabourPolicies.AsNoTracking().Where(p => codes.Contains(p.Code)).ToListAsync(cancellationToken);
        return ConstraintCatalog.DaysAround(versions.SelectMany(v => v.Rules).Select(LabourPolicyMapping.ToRule));
    }

    /// <summary>Shifts of some people around local days from one up to but not including another: of the published roster of a day, else of the newest.</summary>
    private async Task<List<Shift>> InForce(IQueryable<Roster> rosters, IReadOnlyList<Agent> agents, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var people = agents.Select(a => a.Id).ToList();
        var (first, last) = (from.PlusDays(-1), to.PlusDays(1)); // days of another hub may begin and end elsewhere
        var near = rosters.Where(r => r.Start < last && r.Start > first.PlusDays(-MostDays));
        var shifts = await db.Shifts.AsNoTracking().Include(s => s.Agent).Where(s => people.Contains(s.AgentId) && s.Date >= first && s.Date < last)
            .OrderBy(s => s.Start).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var inForce = new List<Shift>();
        foreach (var hub in await near.Select(r => r.HubId).Distinct().ToListAsync(cancellationToken))
        {
            var ranked = await RostersInForce.Of(near.Where(r => r.HubId == hub), cancellationToken);
            inForce.AddRange(shifts.Where(ranked.Holds));
        }

        return [.. inForce.GroupBy(s => s.AgentId).SelectMany(OneAtATime).OrderBy(s => s.Start)];
    }

    // Two hubs may have drawn up the same hours of a person: the newer roster is the one that counts.
    private static List<Shift> OneAtATime(IEnumerable<Shift> shifts)
    {
        var kept = new List<Shift>();
        foreach (var shift in shifts.OrderByDescending(s => s.RosterId).ThenBy(s => s.Start))
        {
            if (!kept.Exists(k => k.Start < shift.End && shift.Start < k.End)) kept.Add(shift);
        }

        return kept;
    }
}
