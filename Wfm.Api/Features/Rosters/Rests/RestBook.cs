using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters.Waivers;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Rests;

namespace Wfm.Api.Features.Rosters.Rests;

/// <summary>The rest that people of a hub are owed for rules broken under waivers, and whether what is published gives it.</summary>
/// <remarks>
/// A breach owes rest while a published roster that decides about its days has it; one that was edited away, or only a draft has, owes none. Due anyway is
/// the longest daily rest of the hub's rules, and as many days off a week as its rules or the person's contract leave, whichever are more. Leave and work at
/// any hub are no rest.
/// </remarks>
internal sealed class RestBook(WfmDbContext db, ShiftsInForce inForce, ConstraintCatalog kinds, IClock clock) : IPromisedRest
{
    /// <summary>What is owed, by the time of the breach.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="agents">Whose; null for everybody.</param>
    /// <param name="dueFrom">First local day by which rest is due that counts; null for all there is.</param>
    /// <param name="edit">Days as an edit would make them; null for none.</param>
    public async Task<List<OwedRest>> Of(
        Hub hub, IReadOnlyCollection<Guid>? agents, LocalDate? dueFrom, IReadOnlyList<ChangedDay>? edit, CancellationToken cancellationToken)
    {
        var uses = await LastUses(hub, agents, dueFrom, cancellationToken);
        if (uses.Count == 0)
        {
            return [];
        }

        Guid[] ids = [.. uses.Select(u => u.AgentId).Distinct()];
        var (first, last) = (uses.Min(u => u.From).PlusDays(-7), uses.Max(u => u.Waiver!.RestBy).PlusDays(1));
        var layers = new InForce(await inForce.Layers(ids, first, last.PlusDays(1), drafts: false, cancellationToken));
        uses = await Standing(hub, uses, layers, cancellationToken);
        var people = await db.Agents.AsNoTracking().Include(a => a.Contract).Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var busy = await Busy(hub, people, first, last.PlusDays(1), edit ?? [], cancellationToken);
        var rules = await RulesOn(hub, uses, cancellationToken);
        var days = await DaysPerWeek(people.Values, cancellationToken);
        return
        [
            .. uses.GroupBy(u => u.AgentId).SelectMany(of => Owed(hub, people[of.Key], [.. of], layers, [.. busy[of.Key]], rules, days))
                .OrderBy(o => o.Use.Id),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Violation>> Lost(OpenRoster open, EditEffect effect, CancellationToken cancellationToken)
    {
        if (open.Roster.State != PublicationState.Published || effect.Days.Count == 0)
        {
            return [];
        }

        Guid[] agents = [.. effect.Days.Select(d => open.AgentIds[d.AgentId]).Distinct()];
        var before = (await Of(open.Hub, agents, open.Roster.Start, null, cancellationToken)).FindAll(o => o.Paid.IsGiven);
        if (before.Count == 0)
        {
            return [];
        }

        var after = (await Of(open.Hub, agents, open.Roster.Start, effect.Days, cancellationToken)).ToDictionary(o => o.Use.Id);
        return [.. before.Where(o => !IsChanged(o.Use) && !after[o.Use.Id].Paid.IsGiven).Select(o => after[o.Use.Id].Missing(open.Hub.Zone))];

        // Of a breach that the edit changes itself nobody knows yet whether it stands.
        bool IsChanged(WaiverUse use) => effect.Days.Any(d => d.AgentId == use.Agent!.Code && d.Date >= use.From && d.Date <= use.To);
    }

    // A breach that was made again, by publishing the draft in which it was made or after it was taken back, is owed for once.
    private async Task<List<WaiverUse>> LastUses(
        Hub hub, IReadOnlyCollection<Guid>? agents, LocalDate? dueFrom, CancellationToken cancellationToken)
    {
        var found = await db.WaiverUses.AsNoTracking().Include(u => u.Agent).Include(u => u.Waiver).Where(u => u.HubId == hub.Id)
            .Where(u => (agents == null || agents.Contains(u.AgentId)) && (dueFrom == null || u.Waiver!.RestBy >= dueFrom)).ToListAsync(cancellationToken);
        return [.. found.GroupBy(u => (u.WaiverId, u.AgentId, u.Rule, u.Source, u.From, u.To)).Select(g => g.MaxBy(u => u.Id)!).OrderBy(u => u.Id)];
    }

    private async Task<List<WaiverUse>> Standing(Hub hub, List<WaiverUse> uses, InForce layers, CancellationToken cancellationToken)
    {
        var deciding = uses.ToDictionary(
            u => u.Id, u => new[] { u.From, u.To }.Select(day => layers.Of(hub.Id, u.AgentId, day)?.RosterId).OfType<Guid>().Distinct().ToList());
        var ids = deciding.Values.SelectMany(d => d).Distinct().ToList();
        var broken = await db.Rosters.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Violations })
            .ToDictionaryAsync(r => r.Id, r => r.Violations, cancellationToken);
        return uses.FindAll(u => deciding[u.Id].Exists(id => broken[id].Exists(u.Covers)));
    }

    private async Task<ILookup<Guid, BusyTime>> Busy(
        Hub hub, Dictionary<Guid, Agent> people, LocalDate from, LocalDate to, IReadOnlyList<ChangedDay> edit, CancellationToken cancellationToken)
    {
        var changed = edit.Select(d => (d.AgentId, d.Date)).ToHashSet();
        var shifts = await inForce.Of(people.Keys, from, to, drafts: false, cancellationToken);
        var worked = shifts.Where(s => s.HubId != hub.Id || !changed.Contains((people[s.AgentId].Code, s.Date)))
            .Select(s => (s.AgentId, Time: new BusyTime(s.Start, s.End)));
        var byCode = people.Values.ToDictionary(a => a.Code, a => a.Id);
        var made = edit.Where(d => d.After is not null && byCode.ContainsKey(d.AgentId))
            .Select(d => (AgentId: byCode[d.AgentId], Time: new BusyTime(d.After!.Start, d.After.End)));
        var (first, end) = (hub.Zone.AtStartOfDay(from).ToInstant(), hub.Zone.AtStartOfDay(to).ToInstant());
        var leave = await db.TimeOff.AsNoTracking().Where(t => people.Keys.Contains(t.AgentId) && t.Start < end && t.End > first)
            .Select(t => new { t.AgentId, t.Start, t.End }).ToListAsync(cancellationToken);
        return worked.Concat(made).Concat(leave.Select(t => (t.AgentId, Time: new BusyTime(t.Start, t.End)))).ToLookup(b => b.AgentId, b => b.Time);
    }

    private IEnumerable<OwedRest> Owed(
        Hub hub, Agent person, WaiverUse[] uses, InForce layers, BusyTime[] busy, Dictionary<LocalDate, HubRules> rules, Dictionary<string, int?> days)
    {
        var now = clock.GetCurrentInstant();
        var unknown = LocalDate.Max(now.InZone(hub.Zone).Date, uses.Min(u => u.To).PlusDays(1));
        var last = uses.Max(u => u.Waiver!.RestBy);
        while (unknown <= last && layers.IsPublished(person.Id, unknown))
        {
            unknown = unknown.PlusDays(1);
        }

        var (debts, known, latest) = (Array.ConvertAll(uses, u => Debt(hub, u, busy)), hub.Zone.AtStartOfDay(unknown).ToInstant(), uses.Max(u => u.To));
        var usual = UsualRest.Of(rules[latest].Rules, rules[latest].FirstDayOfWeek, days[ContractOn(person, latest)]);
        var paid = CompensatingRest.Pay(debts, busy, known, usual, hub.Zone);
        return uses.Select((u, i) => new OwedRest(
            u, debts[i], paid[i], State(debts[i], paid[i], known, now),
            rules[u.To].Rules.FirstOrDefault(r => r.Kind.Code == u.Rule && r.Source == u.Source)?.Text ?? ""));
    }

    private static OwedRestState State(RestDebt debt, RestPaid paid, Instant known, Instant now) =>
        paid.IsGiven ? paid.End <= now ? OwedRestState.Given : OwedRestState.Planned
            : now >= debt.By ? OwedRestState.Overdue
            : known >= debt.By ? OwedRestState.Missing
            : OwedRestState.Open;

    private async Task<Dictionary<LocalDate, HubRules>> RulesOn(Hub hub, List<WaiverUse> uses, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<LocalDate, HubRules>();
        foreach (var day in uses.Select(u => u.To).Distinct())
        {
            rules[day] = await HubRules.On(db, kinds, hub, day, cancellationToken);
        }

        return rules;
    }

    private async Task<Dictionary<string, int?>> DaysPerWeek(IEnumerable<Agent> people, CancellationToken cancellationToken)
    {
        var codes = people.SelectMany(a => a.Contracts.Select(c => c.Contract).Append(a.Contract!.Code)).Distinct().ToList();
        return await db.Contracts.AsNoTracking().Where(c => codes.Contains(c.Code))
            .ToDictionaryAsync(c => c.Code, c => c.MaximumDaysPerWeek, cancellationToken);
    }

    private static string ContractOn(Agent person, LocalDate day) => person.Contracts.FindLast(c => c.From <= day)?.Contract ?? person.Contract!.Code;

    private static RestDebt Debt(Hub hub, WaiverUse use, BusyTime[] busy)
    {
        var (first, after) = (hub.Zone.AtStartOfDay(use.From).ToInstant(), hub.Zone.AtStartOfDay(use.To.PlusDays(1)).ToInstant());
        var from = busy.Where(b => b.Start >= first && b.Start < after).Select(b => b.End).DefaultIfEmpty(after).Max();
        var by = hub.Zone.AtStartOfDay(use.Waiver!.RestBy.PlusDays(1)).ToInstant();
        return new RestDebt(Instant.Min(from, by - Duration.FromMinutes(1)), by, Duration.FromMinutes(Math.Round(use.Waiver.RestHours * 60)));
    }
}
