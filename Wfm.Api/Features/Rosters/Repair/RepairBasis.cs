using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Repair;

/// <summary>What a repair starts from: of a draft its own shifts, else those in force on its days, whatever roster they come from, with the shifts that leave
/// has taken out, for it is their cover that is to be won back.</summary>
public sealed class RepairBasis(WfmDbContext db, ShiftsInForce inForce)
{
    public async Task<List<RosterShift>> Of(Roster roster, CancellationToken cancellationToken)
    {
        if (roster.State == PublicationState.Draft)
        {
            return await StoredShifts.Of(db, roster.Id, cancellationToken);
        }

        var (rosters, end) = (db.Rosters, roster.Start.PlusDays(roster.Days));
        var people = await db.RosterPeople
            .Where(p => rosters.Any(r => r.Id == p.RosterId && r.HubId == roster.HubId && r.State == PublicationState.Published && r.Start < end))
            .Select(p => p.AgentId).Distinct().ToListAsync(cancellationToken);
        var codes = await db.Agents.AsNoTracking().Where(a => people.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var standing = (await inForce.Of(people, roster.Start, end, drafts: false, cancellationToken, freed: true))
            .Where(s => s.HubId == roster.HubId && s.State == ShiftState.Published)
            .ToDictionary(s => (s.AgentId, s.Date), s => s.ToRosterShift(codes[s.AgentId]));
        var layers = new InForce(await inForce.Layers(people, roster.Start, end, drafts: false, cancellationToken));
        List<Guid> deciding = [.. layers.Rosters.Where(r => r.HubId == roster.HubId).Select(r => r.RosterId)];
        foreach (var day in await TakenByLeave(deciding, roster.Start, end, cancellationToken))
        {
            var key = (day.Edited.AgentId, day.Edited.Date);
            var isSame = EditedShift.IsSame(day.Edited.After, EditedShift.From(standing.GetValueOrDefault(key)));
            if (!isSame || layers.Of(roster.HubId, key.AgentId, key.Date)?.RosterId != day.RosterId)
            {
                continue; // something else has been decided about the day since
            }

            standing.Remove(key);
            if (day.Edited.Before is { } before)
            {
                standing.Add(key, before.ToShift(codes[key.AgentId], key.Date));
            }
        }

        return [.. standing.OrderBy(s => codes[s.Key.AgentId], StringComparer.Ordinal).ThenBy(s => s.Key.Date).Select(s => s.Value)];
    }

    /// <summary>Days that leave has changed, and those that came back with it; the latest first.</summary>
    private async Task<List<(Guid RosterId, RosterEditDay Edited)>> TakenByLeave(
        List<Guid> rosters, LocalDate first, LocalDate until, CancellationToken cancellationToken)
    {
        var found = await (
            from edit in db.RosterEdits.AsNoTracking()
            join day in db.RosterEditDays.AsNoTracking() on edit.Id equals day.EditId
            where edit.Cause == EditCause.Leave && rosters.Contains(edit.RosterId) && day.Date >= first && day.Date < until
            orderby edit.Number descending
            select new { edit.RosterId, Day = day }).ToListAsync(cancellationToken);
        return found.ConvertAll(f => (f.RosterId, f.Day));
    }
}
