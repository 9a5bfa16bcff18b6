using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>What is published stays: the days of a hub's people that a published roster decides about, as a new roster of these days takes them over.</summary>
/// <remarks>A shift that leave has taken away is a day off. Days outside somebody's employment are left out: nobody works on them anyway.</remarks>
public sealed class PublishedDays(WfmDbContext db, ShiftsInForce inForce)
{
    /// <param name="start">First local day of the new roster.</param>
    /// <param name="days">Its local days.</param>
    public async Task<List<PinnedShift>> Of(Hub hub, LocalDate start, int days, CancellationToken cancellationToken)
    {
        var people = await db.Agents.AsNoTracking().Where(a => a.HubId == hub.Id && a.Active)
            .Select(a => new Person(a.Id, a.Code, a.EmployedFrom, a.EmployedTo)).ToListAsync(cancellationToken);
        var (ids, end) = (people.ConvertAll(p => p.Id), start.PlusDays(days));
        var published = new InForce(await inForce.Layers(ids, start, end, drafts: false, cancellationToken));
        if (published.Rosters.Count == 0)
        {
            return [];
        }

        var shifts = (await inForce.Of(ids, start, end, drafts: false, cancellationToken))
            .Where(s => s.HubId == hub.Id && s.State == ShiftState.Published).ToDictionary(s => (s.AgentId, s.Date));
        return
        [
            .. from person in people
               from day in Enumerable.Range(0, days).Select(start.PlusDays)
               where person.IsEmployed(day) && published.Of(hub.Id, person.Id, day) is not null
               select new PinnedShift(person.Code, day, shifts.GetValueOrDefault((person.Id, day))?.ToRosterShift(person.Code)),
        ];
    }

    private sealed record Person(Guid Id, string Code, LocalDate? From, LocalDate? To)
    {
        public bool IsEmployed(LocalDate day) => !(day < From) && !(day > To);
    }
}
