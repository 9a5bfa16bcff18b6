using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Leave;
using Contract = Wfm.Api.Features.Setup.Contracts.Contract;
using ShiftTemplate = Wfm.Scheduling.Problem.ShiftTemplate;

namespace Wfm.Api.Features.People.TimeOff.Requests;

/// <summary>What a time away costs a person day by day: the paid time of the shifts in force, or of usual days where no roster is in force.</summary>
public sealed class LeaveCosts(WfmDbContext db, ShiftsInForce inForce)
{
    /// <param name="agent">With hub and contract.</param>
    public async Task<LeaveSpan> Of(Agent agent, Instant start, Instant end, CancellationToken cancellationToken) =>
        (await Read([agent], start, end, cancellationToken)).Of(agent, start, end);

    /// <summary>What it takes to know the costs of any times away of some people between two instants.</summary>
    /// <param name="agents">Of one hub, with it and their contracts.</param>
    internal async Task<LeavePrices> Read(IReadOnlyList<Agent> agents, Instant start, Instant end, CancellationToken cancellationToken)
    {
        var hub = agents[0].Hub!;
        var (from, to) = (start.InZone(hub.Zone).Date.PlusDays(-1), (end - Duration.Epsilon).InZone(hub.Zone).Date.PlusDays(1));
        var (ids, codes) = (agents.Select(a => a.Id).ToList(), agents.SelectMany(a => a.Contracts).Select(t => t.Contract).Distinct().ToList());
        var layers = new InForce(await inForce.Layers(ids, from, to, drafts: false, cancellationToken));
        var shifts = layers.Rosters.Count == 0 ? [] : await inForce.Of(ids, from, to, drafts: false, cancellationToken, activities: false);
        var contracts = await db.Contracts.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, cancellationToken);
        var templates = await db.ShiftTemplates.AsNoTracking().Where(t => t.HubId == hub.Id).ToListAsync(cancellationToken);
        return new LeavePrices(layers, shifts, contracts, templates.ConvertAll(RosterProblemBuilder.ToProblem));
    }
}

/// <summary>What days away cost some people.</summary>
internal sealed class LeavePrices(
    InForce layers, IEnumerable<ShiftInForce> shifts, Dictionary<string, Contract> contracts, List<ShiftTemplate> templates)
{
    private readonly ILookup<Guid, ShiftInForce> _shifts = shifts.Where(s => s.State == ShiftState.Published).ToLookup(s => s.AgentId);

    /// <param name="agent">With hub and contract.</param>
    public LeaveSpan Of(Agent agent, Instant start, Instant end)
    {
        var zone = agent.Hub!.Zone;
        var (first, last) = (start.InZone(zone).Date, (end - Duration.Epsilon).InZone(zone).Date);
        var met = Met(agent.Id, start, end);
        var person = RosterProblemBuilder.ToProblem(agent, contracts, [], first, days: 1);
        var days = new SortedDictionary<LocalDate, int>();
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            var (midnight, next) = (zone.AtStartOfDay(date).ToInstant(), zone.AtStartOfDay(date.PlusDays(1)).ToInstant());
            var away = Instant.Min(end, next) - Instant.Max(start, midnight);
            var isWhole = start <= midnight && next <= end;
            days[date] = layers.IsPublished(agent.Id, date) ? met.Where(s => s.Date == date).Sum(s => Taken(s, start, end, isWhole))
                : LeaveCost.OfUsualDay(LeaveCost.UsualMinutes(person, date, templates), away, isWhole);
        }

        days[first] += met.Where(s => s.Date < first).Sum(s => Taken(s, start, end, isWhole: false)); // a night shift that reaches into it
        return new LeaveSpan(start, end, [.. days.Select(d => new LeaveDayData(d.Key, d.Value))]);
    }

    /// <summary>Published shifts of a person that a time meets.</summary>
    public List<ShiftInForce> Met(Guid agent, Instant start, Instant end) => [.. _shifts[agent].Where(s => s.Start < end && start < s.End)];

    private static int Taken(ShiftInForce shift, Instant start, Instant end, bool isWhole) => LeaveCost.OfShift(
        shift.PaidMinutes, shift.End - shift.Start, Instant.Min(end, shift.End) - Instant.Max(start, shift.Start), isWhole);
}
