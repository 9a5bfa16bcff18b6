using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.Rosters.Publishing;

/// <summary>What would be broken if a roster were published now.</summary>
/// <param name="Shown">The breach as it is told; with the waiver under which it is allowed, else it stands in the way.</param>
/// <param name="Breach">The broken rule, where publishing is what breaks it; null where it is broken in force already, and for two shifts at once.</param>
public sealed record PublicationBreach(RosterViolation Shown, Violation? Breach);

/// <summary>What would be broken if a roster were published now: hard rules across its edges, and people who would work twice at once.</summary>
/// <remarks>
/// What the roster breaks by itself (pinned days, with the reason) it has said already, and what is broken in force it does not make worse: neither stands in
/// its way. What a draft's edit has broken under a waiver has to be covered by one when it comes into force, as if the edit were made then. What stands in
/// force under a waiver is told with it.
/// </remarks>
public sealed class PublicationCheck(WfmDbContext db, RosterProblemBuilder builder, ShiftsInForce inForce, WaiverBook waivers, ComputeSlots slots)
{
    private const string OneShiftAtATime = "oneShiftAtATime";

    public async Task<IReadOnlyList<PublicationBreach>> Of(Roster roster, Hub hub, CancellationToken cancellationToken)
    {
        var (all, shiftSet) = (db.RosterPeople, db.Shifts);
        var people = await all.Where(p => p.RosterId == roster.Id).Select(p => p.AgentId).ToListAsync(cancellationToken);
        var shifts = await shiftSet.AsNoTracking().Where(s => s.RosterId == roster.Id).OrderBy(s => s.Start).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var codes = await db.Agents.AsNoTracking().Where(a => people.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var own = shifts.ConvertAll(s => s.ToInForce(hub.Id, ShiftState.Published));
        var others = await inForce.Of(people, roster.Start.PlusDays(-2), roster.Start.PlusDays(roster.Days + 2), drafts: false, cancellationToken);
        var twice = Twice(roster, hub, own, others, codes);
        return twice.Count > 0 ? twice : await Broken(roster, hub, own, others, codes, cancellationToken);
    }

    /// <summary>Shifts of the roster at the same time, or on the same day at its hub, as one that stays in force.</summary>
    private static List<PublicationBreach> Twice(Roster roster, Hub hub, List<ShiftInForce> own, List<ShiftInForce> others, Dictionary<Guid, string> codes)
    {
        var staying = others
            .Where(s => s.HubId != hub.Id ? s.State == ShiftState.Published : s.Date < roster.Start || s.Date >= roster.Start.PlusDays(roster.Days))
            .ToLookup(s => s.AgentId);
        return
        [
            .. from mine in own
               from other in staying[mine.AgentId]
               where (other.Start < mine.End && mine.Start < other.End) || (other.HubId != hub.Id && other.Start.InZone(hub.Zone).Date == mine.Date)
               select new PublicationBreach(new RosterViolation(
                   OneShiftAtATime, codes[mine.AgentId], mine.Date, mine.Date,
                   Math.Max(0, (Instant.Min(mine.End, other.End) - Instant.Max(mine.Start, other.Start)).TotalMinutes),
                   $"The shift from {mine.Start} to {mine.End} meets the one in force from {other.Start} to "
                       + $"{other.End}{(other.HubId == hub.Id ? "" : " at another hub")}: one shift at a time, and one a day.",
                   Hard: true), null),
        ];
    }

    private async Task<IReadOnlyList<PublicationBreach>> Broken(
        Roster roster, Hub hub, List<ShiftInForce> own, List<ShiftInForce> others, Dictionary<Guid, string> codes, CancellationToken cancellationToken)
    {
        var mine = Days(own, codes);
        var problem = await Problem(roster, hub, mine, codes.Keys, cancellationToken);
        var end = roster.Start.PlusDays(roster.Days);
        var before = Days(others.Where(s => s.HubId == hub.Id && s.State == ShiftState.Published && s.Date >= roster.Start && s.Date < end), codes);
        var demand = await builder.WithGroupsOf(before, [], problem.Demand, problem.IntervalCount, cancellationToken);
        var (standing, alone, edges) = await slots.Run(
            () =>
            {
                var found = Hard(problem);
                var inForceNow = Taken(
                    found, found.Count == 0 || before.Count == 0 ? [] : Hard(With(problem, demand, WithElsewhere(before, problem), problem.Surroundings)));
                return (inForceNow, Taken(found, found.Count == 0 ? [] : Hard(With(problem, demand, mine, []))), found);
            },
            cancellationToken);
        return await Judged(roster, hub, standing, alone, edges, cancellationToken);
    }

    /// <param name="standing">Broken in force as it is.</param>
    /// <param name="alone">Broken by the roster by itself.</param>
    /// <param name="edges">Broken by the roster with what is around it.</param>
    private async Task<IReadOnlyList<PublicationBreach>> Judged(
        Roster roster, Hub hub, List<Violation> standing, List<Violation> alone, List<Violation> edges, CancellationToken cancellationToken)
    {
        var uses = await waivers.UsesOf(hub.Id, [.. standing.Concat(alone).Select(v => v.Rule).Distinct()], cancellationToken);
        var edited = alone.Where(v => uses.Exists(u => u.RosterId == roster.Id && u.Covers(v)));
        var verdicts = await waivers.Judge(hub, [.. edited, .. edges], cancellationToken);
        return
        [
            .. verdicts.Select(v => new PublicationBreach(
                Shown(v.Breach, v.Waiver, v.Refusal is { Waiver: not null } refusal ? $" {refusal.Message}" : ""), v.Breach)),
            .. from v in standing
               let use = uses.Find(u => u.Covers(v))
               where use is not null
               select new PublicationBreach(Shown(v, use.WaiverId, ""), null),
        ];
    }

    private static RosterViolation Shown(Violation v, Guid? waiver, string more) =>
        new(v.Rule, v.AgentId, v.From, v.To, v.Amount, $"{v.Message} ({v.Source}){more}", Hard: true, Waiver: waiver);

    private async Task<RosterProblem> Problem(
        Roster roster, Hub hub, List<PinnedShift> days, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken)
    {
        var requirement = roster.RequirementRunId is { } id ? await db.RequirementOf(hub, id, cancellationToken) : null;
        try
        {
            return await builder.Build(hub, roster.Start, roster.Days, requirement, roster.RiskLevel, cancellationToken, days, people, drafts: false);
        }
        catch (JobFailedException e)
        {
            throw ProblemException.Conflict(e.Message); // no policy in force any more: nobody can say whether it is legal
        }
    }

    /// <summary>The shifts as fixed days; the agents' other days are off.</summary>
    private static List<PinnedShift> Days(IEnumerable<ShiftInForce> shifts, Dictionary<Guid, string> codes) =>
        [.. shifts.DistinctBy(s => (s.AgentId, s.Date)).Select(s => new PinnedShift(codes[s.AgentId], s.Date, s.ToRosterShift(codes[s.AgentId])))];

    // In force two hubs may each have given a shift on what is one day here and two days there.
    private static List<PinnedShift> WithElsewhere(List<PinnedShift> days, RosterProblem problem) =>
        [.. days.Concat(problem.Pinned.Where(p => p.Shift?.Template == KnownShifts.OtherHub)).DistinctBy(p => (p.AgentId, p.Date))];

    private static RosterProblem With(
        RosterProblem problem, IReadOnlyList<DemandLine> demand, IReadOnlyList<PinnedShift> days, IReadOnlyList<OutsideShift> surroundings) =>
        new(
            problem.Zone, problem.Start, problem.Days, problem.Interval, problem.Agents, problem.Templates, demand, problem.Policy, problem.Objective,
            surroundings, days)
        {
            Activities = problem.Activities,
        };

    private static List<Violation> Hard(RosterProblem problem) => [.. RuleCheck.Of(problem).Where(v => v.IsHard)];

    /// <summary>Takes out of some violations those that are known, as far or further.</summary>
    private static List<Violation> Taken(List<Violation> found, List<Violation> known)
    {
        var amounts = known.GroupBy(Place).ToDictionary(g => g.Key, g => g.Max(v => v.Amount));
        var taken = found.FindAll(v => amounts.TryGetValue(Place(v), out var amount) && amount >= v.Amount);
        found.RemoveAll(taken.Contains);
        return taken;
    }

    // Two rules of one kind, a law and the organisation's own, have different sources.
    private static (string?, string, string, string, LocalDate, LocalDate) Place(Violation v) => (v.AgentId, v.Rule, v.Source, v.Text, v.From, v.To);
}
