using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>What a hub's people are planned to be exposed to, and were.</summary>
internal sealed class ExposureBooks(WfmDbContext db, ShiftsInForce inForce, RosterProblemBuilder problems, ConstraintCatalog kinds)
{
    private const int Window = 28;

    /// <param name="people">People of the hub.</param>
    /// <param name="asOf">The last local day.</param>
    public async Task<List<PersonExposureResponse>> Of(Hub hub, IReadOnlyList<Agent> people, LocalDate asOf, CancellationToken cancellationToken)
    {
        var policy = await Policy(hub, asOf, cancellationToken);
        var basis = policy?.ExposureBasis ?? ExposureBasis.WorstCase;
        var reach = Math.Max(Window, policy is null ? 0 : ConstraintCatalog.DaysAround(policy.Rules.Where(ExposureLimits.IsLimit)));
        var from = asOf.PlusDays(1 - Window - reach);
        var ids = people.Select(p => p.Id).ToList();
        var groups = await Groups(hub, asOf, cancellationToken);
        var shifts = (await inForce.Of(ids, from, asOf.PlusDays(1), drafts: false, cancellationToken)).ToLookup(s => s.AgentId);
        var worked = await Worked(hub, ids, from, asOf, groups, cancellationToken);
        var contracts = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellationToken);
        return [.. people.Select(person =>
        {
            var planned = ByDay(shifts[person.Id].Select(s => Planned(s, groups)));
            var actual = worked.GetValueOrDefault(person.Id) ?? [];
            return new PersonExposureResponse(
                person.Code, asOf, Periods(planned, asOf, basis), actual.Count == 0 ? null : Periods(actual, asOf, basis),
                policy is null ? [] : Limits(policy, RosterProblemBuilder.ToProblem(person, contracts, [], asOf, 1), hub.Zone, planned, actual, asOf));
        })];
    }

    private async Task<LabourPolicy?> Policy(Hub hub, LocalDate asOf, CancellationToken cancellationToken)
    {
        if (hub.LabourPolicy is null && hub.WellbeingPolicy is null)
        {
            return null;
        }

        try
        {
            return LabourPolicyMapping.ToProblem(await problems.Policies(hub, asOf, 1, cancellationToken), asOf, kinds);
        }
        catch (JobFailedException e)
        {
            throw ProblemException.Semantic("asOf", e.Message); // no version was in force then
        }
    }

    private static List<LimitHeadroom> Limits(
        LabourPolicy policy, RosterAgent agent, DateTimeZone zone, Dictionary<LocalDate, ExposedDay> planned, Dictionary<LocalDate, ExposedDay> actual,
        LocalDate asOf)
    {
        var now = ExposureLimits.On(policy, agent, zone, planned, asOf);
        var was = ExposureLimits.On(policy, agent, zone, actual, asOf);
        var month = Enumerable.Range(0, Window).SelectMany(d => ExposureLimits.On(policy, agent, zone, planned, asOf.PlusDays(-d))).ToList();
        return [.. now.Select((use, i) =>
        {
            var tightest = month.Where(m => m.Rule.Kind == use.Rule.Kind && m.Rule.Source == use.Rule.Source && m.Rule.AsOf == use.Rule.AsOf
                && (m.Rule.Text == use.Rule.Text || m.Limit == use.Limit)).MinBy(m => m.Headroom) ?? use;
            return new LimitHeadroom(
                use.Rule.Kind.Code, use.Rule.Text, use.Rule.Source, use.Unit, use.Limit, Math.Round(use.Used, 2), Math.Round(use.Headroom, 2),
                actual.Count == 0 ? null : Math.Round(was[i].Used, 2), actual.Count == 0 ? null : Math.Round(was[i].Headroom, 2), tightest.Date,
                Math.Round(tightest.Headroom, 2));
        })];
    }

    private static ExposurePeriods Periods(Dictionary<LocalDate, ExposedDay> days, LocalDate asOf, ExposureBasis basis)
    {
        ExposureMinutes Over(int count) => ExposureMinutes.From(ExposureSum.Of(days.Values, asOf.PlusDays(1 - count), asOf, basis));
        return new ExposurePeriods(Over(1), Over(7), Over(Window));
    }

    private static Dictionary<LocalDate, ExposedDay> ByDay(IEnumerable<ExposedDay> days) => days.GroupBy(d => d.Date).ToDictionary(
        g => g.Key, g => new ExposedDay(g.Key, g.Max(d => d.End), [.. g.SelectMany(d => d.Stretches).OrderBy(s => s.Start)]));

    /// <summary>A shift of which nobody knows what it consists of counts with its paid minutes on its group.</summary>
    private static ExposedDay Planned(ShiftInForce shift, Dictionary<string, ExposedContent> groups)
    {
        ExposedContent Content(string? group) => group is null ? ExposedContent.None : groups.GetValueOrDefault(group, ExposedContent.None);
        return new ExposedDay(
            shift.Date, shift.End,
            shift.Activities.Count == 0 ? [new ExposedStretch(shift.Start, shift.End, shift.PaidMinutes, Content(shift.Group))]
                : [
                    .. shift.Activities.Where(a => a.Group is not null)
                        .Select(a => new ExposedStretch(a.Start, a.End, (a.End - a.Start).TotalMinutes, Content(a.Group))),
                ]);
    }

    /// <summary>What was worked, day by day: by what was routed, else by states, else by imported worked shifts with a group.</summary>
    private async Task<Dictionary<Guid, Dictionary<LocalDate, ExposedDay>>> Worked(
        Hub hub, List<Guid> ids, LocalDate from, LocalDate asOf, Dictionary<string, ExposedContent> groups, CancellationToken cancellationToken)
    {
        var (first, end) = (hub.Days.StartOfDay(from), hub.Days.StartOfDay(asOf.PlusDays(1)));
        var entries = await db.ExposureEntries.AsNoTracking().Include(e => e.Queue)
            .Where(e => ids.Contains(e.AgentId) && e.Start >= first && e.Start < end).ToListAsync(cancellationToken);
        var shifts = await db.WorkedShifts.AsNoTracking()
            .Where(w => ids.Contains(w.AgentId) && w.Group != null && w.Date >= from && w.Date <= asOf).ToListAsync(cancellationToken);
        var days = entries.GroupBy(e => (e.AgentId, Date: e.Start.InZone(hub.Zone).Date)).ToDictionary(
            g => g.Key, g => Day(g.Key.Date, [.. g.Where(e => e.Source == g.Min(x => x.Source))]));
        foreach (var shift in shifts.Where(s => !days.ContainsKey((s.AgentId, s.Date))).GroupBy(s => (s.AgentId, s.Date)).ToList())
        {
            days[shift.Key] = ByDay(shift.Select(s => Planned(s.ToShift(), groups))).Values.Single();
        }

        return days.GroupBy(d => d.Key.AgentId).ToDictionary(g => g.Key, g => g.ToDictionary(d => d.Key.Date, d => d.Value));
    }

    private static ExposedDay Day(LocalDate date, List<ExposureEntry> entries) => new(
        date, entries.Max(e => e.End),
        [
            .. entries.OrderBy(e => e.Start)
                .Select(e => new ExposedStretch(e.Start, e.End, e.Seconds / 60.0, new ExposedContent(e.Queue!.ToPlanned().ExposureClass))),
        ]);

    /// <summary>What groups may show, by the shares of the newest requirement as the solver counts them; other groups the worst of their queues.</summary>
    private async Task<Dictionary<string, ExposedContent>> Groups(Hub hub, LocalDate asOf, CancellationToken cancellationToken)
    {
        var queues = await db.Queues.AsNoTracking().ToListAsync(cancellationToken);
        var groups = queues.GroupBy(q => q.SkillGroup)
            .ToDictionary(g => g.Key, g => new ExposedContent(g.Max(q => q.ToPlanned().ExposureClass)), StringComparer.Ordinal);
        if (await db.RequirementOf(hub, null, cancellationToken) is { } requirement)
        {
            var (_, lines) = await problems.Demand(hub, asOf, 1, requirement, requirement.RiskLevels.Max(), cancellationToken);
            foreach (var line in lines)
            {
                groups[line.Group] = new ExposedContent(line.ExposureWeight, line.ExposureShares);
            }
        }

        return groups;
    }
}
