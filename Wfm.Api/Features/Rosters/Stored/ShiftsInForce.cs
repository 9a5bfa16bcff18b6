using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Reads the shifts that count for people: published, imported where nothing is published, and on request drafts where there is nothing
/// else.</summary>
/// <remarks>History and surroundings of a roster, an agent's shifts, service checks, repairs and the fairness ledger all ask here.</remarks>
public sealed class ShiftsInForce(WfmDbContext db)
{
    /// <param name="agents">Whose; their hubs do not matter.</param>
    /// <param name="from">First local day; null for all there is.</param>
    /// <param name="to">First local day after; null for all there is.</param>
    /// <param name="drafts">Whether drafts count where nothing else is known.</param>
    /// <param name="activities">False leaves out what shifts consist of: a tenth of the work over half a year.</param>
    /// <param name="freed">Whether rostered shifts count that leave granted since has taken away.</param>
    /// <returns>By start.</returns>
    public async Task<List<ShiftInForce>> Of(
        IReadOnlyCollection<Guid> agents, LocalDate? from, LocalDate? to, bool drafts, CancellationToken cancellationToken, bool activities = true,
        bool freed = false)
    {
        var inForce = new InForce(await Layers(agents, from, to, drafts, cancellationToken));
        var rostered = await Rostered(inForce, agents, from, to, activities, cancellationToken);
        if (!freed)
        {
            var leave = await Leave(agents, cancellationToken);
            rostered.RemoveAll(s => leave.Frees(s.AgentId, s.Start, s.End, s.Activities));
        }

        var worked = await db.WorkedShifts.AsNoTracking()
            .Where(w => agents.Contains(w.AgentId) && (from == null || w.Date >= from) && (to == null || w.Date < to)).ToListAsync(cancellationToken);
        var counted = worked.Where(w => !inForce.IsPublished(w.AgentId, w.Date)).Select(w => w.ToShift()).ToList();
        var days = counted.Select(w => (w.AgentId, w.Date)).ToHashSet();
        return
        [
            .. rostered.Where(s => s.State == ShiftState.Published || !days.Contains((s.AgentId, s.Date))).Concat(counted).OrderBy(s => s.Start)
                .ThenBy(s => s.Id),
        ];
    }

    /// <summary>A roster's own shifts with their agents, without those that leave granted since has taken away.</summary>
    public async Task<List<Shift>> Kept(Guid rosterId, CancellationToken cancellationToken)
    {
        var shifts = await db.Shifts.AsNoTracking().Include(s => s.Agent).Where(s => s.RosterId == rosterId).OrderBy(s => s.Id)
            .ToListAsync(cancellationToken);
        var leave = await Leave([.. shifts.Select(s => s.AgentId).Distinct()], cancellationToken);
        return shifts.FindAll(s => !leave.Frees(s.AgentId, s.Start, s.End, s.Activities));
    }

    /// <summary>The leave of people, which takes away the shifts that it meets.</summary>
    public async Task<GrantedLeave> Leave(IReadOnlyCollection<Guid> agents, CancellationToken cancellationToken) =>
        new(await db.TimeOff.AsNoTracking().Where(t => agents.Contains(t.AgentId)).ToListAsync(cancellationToken));

    /// <summary>Rosters that cover one of the agents on one of the days, with the people among them; superseded ones decide nothing and are left out.</summary>
    public async Task<List<RosterLayer>> Layers(
        IReadOnlyCollection<Guid> agents, LocalDate? from, LocalDate? to, bool drafts, CancellationToken cancellationToken)
    {
        var (all, people) = (db.Rosters, db.RosterPeople);
        LocalDate? earliest = from?.PlusDays(1 - Roster.MaximumDays);
        var found = await all.AsNoTracking().Where(r => r.State == PublicationState.Published || (drafts && r.State == PublicationState.Draft))
            .Where(r => (earliest == null || r.Start >= earliest) && (to == null || r.Start < to))
            .Where(r => people.Any(p => p.RosterId == r.Id && agents.Contains(p.AgentId))).Select(r => new
            {
                r.Id,
                r.HubId,
                r.Start,
                r.Days,
                r.Publication,
            })
            .ToListAsync(cancellationToken);
        var overlapping = found.Where(r => from is not { } first || r.Start.PlusDays(r.Days) > first).ToList();
        var ids = overlapping.ConvertAll(r => r.Id);
        var covered = (await people.AsNoTracking().Where(p => ids.Contains(p.RosterId) && agents.Contains(p.AgentId)).ToListAsync(cancellationToken)).ToLookup(
            p => p.RosterId,
            p => p.AgentId);
        return overlapping.ConvertAll(r => new RosterLayer(r.Id, r.HubId, r.Start, r.Days, r.Publication, covered[r.Id].ToHashSet()));
    }

    private async Task<List<ShiftInForce>> Rostered(
        InForce inForce, IReadOnlyCollection<Guid> agents, LocalDate? from, LocalDate? to, bool activities, CancellationToken cancellationToken)
    {
        var rosters = inForce.Rosters.ToDictionary(r => r.RosterId);
        var ids = rosters.Keys.ToList();
        var found = db.Shifts.AsNoTracking()
            .Where(s => ids.Contains(s.RosterId) && agents.Contains(s.AgentId) && (from == null || s.Date >= from) && (to == null || s.Date < to));
        var shifts = await (activities ? found : found.Select(s => new Shift
        {
            Id = s.Id,
            RosterId = s.RosterId,
            AgentId = s.AgentId,
            Date = s.Date,
            Template = s.Template,
            Start = s.Start,
            End = s.End,
            PaidMinutes = s.PaidMinutes,
        })).ToListAsync(cancellationToken);
        var counted = new List<ShiftInForce>();
        foreach (var shift in shifts)
        {
            var roster = rosters[shift.RosterId];
            var decides = roster.Publication is null ? inForce.DraftOf(shift.AgentId, shift.Date) : inForce.Of(roster.HubId, shift.AgentId, shift.Date);
            if (decides?.RosterId == shift.RosterId)
            {
                counted.Add(shift.ToInForce(roster.HubId, roster.Publication is null ? ShiftState.Draft : ShiftState.Published));
            }
        }

        return counted;
    }
}
