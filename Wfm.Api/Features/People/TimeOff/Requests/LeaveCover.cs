using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;
using Wfm.Scheduling.Problem;
using Contract = Wfm.Api.Features.Setup.Contracts.Contract;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>What a leave takes from the groups of a person: by the interval where a roster is in force, by the day from the requirement where none
/// is.</summary>
public sealed class LeaveCover(WfmDbContext db, ShiftsInForce inForce, RosterProblemBuilder problems)
{
    private const double UsualRisk = 0.8; // the level that rosters are made for when nobody says

    /// <param name="agent">With hub and contract.</param>
    /// <param name="requestId">The request itself, whose hold does not count.</param>
    /// <returns>Null where neither a roster nor a requirement says what is needed.</returns>
    public async Task<IReadOnlyList<GroupCover>?> Of(Agent agent, LeaveSpan span, Guid? requestId, CancellationToken cancellationToken)
    {
        var layers = new InForce(await inForce.Layers([agent.Id], span.First.PlusDays(-1), span.Last.PlusDays(1), drafts: false, cancellationToken));
        var newest = await db.RequirementOf(agent.Hub!, null, cancellationToken);
        if (layers.Rosters.Count == 0 && newest is null)
        {
            return null;
        }

        var people = await People(agent.Hub!, cancellationToken);
        var held = await Held(agent.Hub!, span, requestId, cancellationToken);
        var rostered = await Rostered(agent, span, layers, people, held, cancellationToken);
        var open = newest is null ? null : await Open(agent, span, layers, newest, people, held, cancellationToken);
        return rostered is null && open is null ? null : [.. (rostered ?? []).Concat(open ?? []).OrderBy(c => c.Start).ThenBy(c => c.Group)];
    }

    /// <summary>Leave that is asked for and not decided, as if it were granted.</summary>
    private async Task<List<TimeOffEntry>> Held(Hub hub, LeaveSpan span, Guid? requestId, CancellationToken cancellationToken)
    {
        var pending = await db.LeaveRequests.AsNoTracking()
            .Where(r => r.HubId == hub.Id && r.State == LeaveState.Pending && r.Id != requestId && r.Start < span.End && r.End > span.Start)
            .ToListAsync(cancellationToken);
        return pending.ConvertAll(r => new TimeOffEntry { AgentId = r.AgentId, Start = r.Start, End = r.End, GrantedAt = r.AskedAt });
    }

    private async Task<Dictionary<Guid, Agent>> People(Hub hub, CancellationToken cancellationToken) => await db.Agents.AsNoTracking().Include(a => a.Contract)
        .Where(a => a.HubId == hub.Id && a.Active).ToDictionaryAsync(a => a.Id, cancellationToken);

    private async Task<List<GroupCover>?> Rostered(
        Agent agent, LeaveSpan span, InForce layers, Dictionary<Guid, Agent> people, List<TimeOffEntry> held, CancellationToken cancellationToken)
    {
        var hub = agent.Hub!;
        var (from, to) = (span.First.PlusDays(-1), span.Last.PlusDays(1));
        var decided = span.Days.Any(d => layers.Of(hub.Id, agent.Id, d.Date) is not null);
        if (!decided)
        {
            return null;
        }

        var pending = new GrantedLeave(held);
        var shifts = (await inForce.Of(people.Keys.ToList(), from, to.PlusDays(1), drafts: false, cancellationToken))
            .FindAll(s => s.State == ShiftState.Published && s.HubId == hub.Id && !pending.Frees(s.AgentId, s.Start, s.End, s.Activities));
        var covers = new List<GroupCover>();
        foreach (var shift in shifts.Where(s => s.AgentId == agent.Id && s.Start < span.End && span.Start < s.End))
        {
            if (await Demand(hub, layers.Of(hub.Id, agent.Id, shift.Date), shift.Date, cancellationToken) is var (interval, lines))
            {
                covers.AddRange(lines.SelectMany(line => Lost(shift, shifts, people, line, hub.Zone.AtStartOfDay(shift.Date).ToInstant(), interval)));
            }
        }

        return covers;
    }

    /// <summary>What the roster of a day was made for, over the day and the next; null where that is not kept.</summary>
    private async Task<(Duration Interval, IReadOnlyList<DemandLine> Lines)?> Demand(
        Hub hub, RosterLayer? layer, LocalDate date, CancellationToken cancellationToken)
    {
        var roster = layer is null ? null : await db.Rosters.AsNoTracking().Where(r => r.Id == layer.RosterId)
            .Select(r => new { r.RequirementRunId, r.RiskLevel }).SingleAsync(cancellationToken);
        var requirement = roster?.RequirementRunId is { } id ? await db.RequirementOf(hub, id, cancellationToken) : null;
        return requirement is null ? null : await problems.Demand(hub, date, 2, requirement, roster!.RiskLevel, cancellationToken);
    }

    /// <summary>The intervals in which a shift works in the group of a line.</summary>
    private static IEnumerable<GroupCover> Lost(
        ShiftInForce mine, List<ShiftInForce> all, Dictionary<Guid, Agent> people, DemandLine line, Instant origin, Duration interval)
    {
        var first = Math.Max(0, (int)Math.Floor((mine.Start - origin) / interval));
        for (var i = first; i < line.Heads.Length && origin + (interval * i) < mine.End; i++)
        {
            var (start, end) = (origin + (interval * i), origin + (interval * (i + 1)));
            var own = Share(mine, line.Group, start, end);
            if (own <= 0)
            {
                continue;
            }

            var (heads, bodies) = (0.0, 0.0);
            foreach (var shift in all.Where(s => s.Start < end && start < s.End))
            {
                var share = Share(shift, line.Group, start, end);
                bodies += share;
                heads += share * Proficiency(people[shift.AgentId], line.Group);
            }

            var lost = own * Proficiency(people[mine.AgentId], line.Group);
            yield return new GroupCover(
                line.Group, start, CoverBasis.Roster, line.Heads[i], heads, heads - lost, line.MinimumPresence?[i] ?? 0, bodies, bodies - own);
        }
    }

    /// <summary>The part of an interval in which a shift works in a group.</summary>
    private static double Share(ShiftInForce shift, string group, Instant start, Instant end) => shift.Activities
        .Where(a => a.Group == group && a.Start < end && start < a.End).Sum(a => (Instant.Min(a.End, end) - Instant.Max(a.Start, start)) / (end - start));

    private static double Proficiency(Agent person, string group) => person.Skills.Find(s => s.Group == group)?.Proficiency ?? 1;

    /// <summary>Days without a roster: the hours that the people of a group give on an average day against those required.</summary>
    private async Task<List<GroupCover>?> Open(
        Agent agent, LeaveSpan span, InForce layers, RequirementRun requirement, Dictionary<Guid, Agent> people, List<TimeOffEntry> held,
        CancellationToken cancellationToken)
    {
        var (hub, forecast) = (agent.Hub!, requirement.Forecast!);
        var days = span.Days.Where(d => d.Minutes > 0 && layers.Of(hub.Id, agent.Id, d.Date) is null)
            .Where(d => hub.Zone.AtStartOfDay(d.Date).ToInstant() >= forecast.CutOff)
            .Where(d => hub.Zone.AtStartOfDay(d.Date.PlusDays(1)).ToInstant() <= forecast.End)
            .ToList();
        if (days.Count == 0)
        {
            return null;
        }

        var (first, count) = (days[0].Date, Period.DaysBetween(days[0].Date, days[^1].Date) + 1);
        var risk = requirement.RiskLevels.MinBy(level => Math.Abs(level - UsualRisk));
        var (interval, lines) = await problems.Demand(hub, first, count, requirement, risk, cancellationToken);
        var ids = people.Keys.ToList();
        var away = await db.TimeOff.AsNoTracking().Where(t => ids.Contains(t.AgentId) && t.Start < span.End && t.End > span.Start)
            .ToListAsync(cancellationToken);
        var absent = away.Concat(held).ToLookup(t => t.AgentId);
        var contracts = await db.Contracts.AsNoTracking().ToDictionaryAsync(c => c.Code, cancellationToken);
        return [.. days.SelectMany(day => Day(agent, day, new OpenDay(hub.Zone, first, day.Date, interval, lines), people.Values, absent, contracts))];
    }

    private static IEnumerable<GroupCover> Day(
        Agent agent, LeaveDayData day, OpenDay open, IEnumerable<Agent> people, ILookup<Guid, TimeOffEntry> absent, Dictionary<string, Contract> contracts)
    {
        var there = people.Where(p => !(day.Date < p.EmployedFrom) && !(day.Date > p.EmployedTo)).ToList();
        foreach (var line in open.Lines.Where(l => Works(agent, l.Group)))
        {
            var (hours, heads) = (0.0, 0);
            foreach (var person in there.Where(p => Works(p, line.Group) && !absent[p.Id].Any(open.Meets)))
            {
                hours += Hours(person, line.Group, day.Date, open, contracts);
                heads++;
            }

            var lost = Math.Min(Hours(agent, line.Group, day.Date, open, contracts), day.Minutes / 60.0);
            yield return new GroupCover(
                line.Group, open.Start, CoverBasis.Requirement, open.Required(line), hours, hours - lost, open.Presence(line), heads, heads - 1);
        }
    }

    private static bool Works(Agent person, string group) => person.Skills.Exists(s => s.Group == group) && !person.OptOutGroups.Contains(group);

    /// <summary>What a person gives a group: hours of the contract's week spread over its seven days, as which of them are worked is not decided yet, and over
    /// the groups of the person.</summary>
    private static double Hours(Agent person, string group, LocalDate date, OpenDay open, Dictionary<string, Contract> contracts)
    {
        var term = person.Contracts.FindLast(t => t.From <= date);
        var contract = term is null ? person.Contract! : contracts.GetValueOrDefault(term.Contract) ?? person.Contract!;
        var weekly = contract.MinimumWeeklyHours > 0 ? contract.MinimumWeeklyHours : contract.MaximumWeeklyHours;
        return weekly / 7 * Proficiency(person, group) * open.Part(group, g => Works(person, g));
    }

    /// <summary>A day without a roster in the curves of a requirement.</summary>
    private sealed class OpenDay(DateTimeZone zone, LocalDate first, LocalDate date, Duration interval, IReadOnlyList<DemandLine> lines)
    {
        public IReadOnlyList<DemandLine> Lines => lines;

        public Instant Start => zone.AtStartOfDay(date).ToInstant();

        private Instant End => zone.AtStartOfDay(date.PlusDays(1)).ToInstant();

        public double Required(DemandLine line) => Of(line.Heads).Sum() * interval.TotalHours;

        public double Presence(DemandLine line) => line.MinimumPresence is { } heads ? Of(heads).DefaultIfEmpty().Max() : 0;

        /// <summary>The part of somebody's time that a group gets: that of its requirement in those of all their groups.</summary>
        public double Part(string group, Func<string, bool> works)
        {
            var all = lines.Where(l => works(l.Group)).Sum(Required);
            return all > 0 ? lines.Where(l => l.Group == group).Sum(Required) / all : 0;
        }

        public bool Meets(TimeOffEntry leave) => leave.Start < End && Start < leave.End;

        /// <summary>The values of a curve on the day.</summary>
        private double[] Of(double[] curve) => curve[At(Start)..Math.Min(At(End), curve.Length)];

        private int At(Instant time) => (int)((time - zone.AtStartOfDay(first).ToInstant()) / interval);
    }
}
