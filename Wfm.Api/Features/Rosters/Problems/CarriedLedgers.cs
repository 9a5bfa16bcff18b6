using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Fairness;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>What people carry into a roster from the weeks before it, at whatever hub: the one count that the solver and the fairness ledger read.</summary>
public sealed class CarriedLedgers(WfmDbContext db, ShiftsInForce inForce)
{
    /// <summary>Weeks that fairness looks back on.</summary>
    public const int Weeks = 26;

    /// <param name="agents">The people.</param>
    /// <param name="until">First local day that does not count any more.</param>
    /// <param name="drafts">Whether drafts count where nothing else is known.</param>
    public async Task<Dictionary<Guid, FairnessLedger>> Of(
        IReadOnlyCollection<Agent> agents, LocalDate until, bool drafts, CancellationToken cancellationToken)
    {
        var from = until.PlusWeeks(-Weeks);
        var shifts = await inForce.Of([.. agents.Select(a => a.Id)], from, until, drafts, cancellationToken, activities: false);
        return await Count(agents, shifts, from, until, cancellationToken);
    }

    /// <summary>What some shifts mean to people.</summary>
    /// <param name="from">First local day of the shifts.</param>
    /// <param name="until">First local day after them.</param>
    /// <returns>Nothing for people without a shift.</returns>
    internal async Task<Dictionary<Guid, FairnessLedger>> Count(
        IReadOnlyCollection<Agent> agents, IEnumerable<ShiftInForce> shifts, LocalDate from, LocalDate until, CancellationToken cancellationToken)
    {
        var hubs = await db.Hubs.AsNoTracking().ToDictionaryAsync(h => h.Id, cancellationToken);
        var holidays = await PublicHolidays.Of(db, hubs.Values, from, until, cancellationToken);
        var people = agents.ToDictionary(a => a.Id);
        return shifts.GroupBy(s => s.AgentId).Where(g => people.ContainsKey(g.Key)).ToDictionary(
            g => g.Key,
            g => g.GroupBy(s => s.HubId)
                .Select(at => FairnessLedger.Of(at.Select(s => (s.Start, s.End)), hubs[at.Key].Zone, RosterObjective.Default, holidays[at.Key]))
                .Aggregate((a, b) => a + b) with
            {
                RefusedWishes = RefusedWishes.Count(
                    g.Select(s => (s.Date, s.Template)), people[g.Key].PreferredDaysOff, people[g.Key].PreferredTemplates,
                    people[g.Key].DatedWishes.ConvertAll(w => new ShiftWish(w.Date, w.Template, w.Wanted, w.Weight))),
            });
    }
}
