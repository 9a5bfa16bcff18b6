using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Employment;

/// <summary>What is in force of people who join, leave, move or stop: no change of a person takes a published shift away, so each is told.</summary>
internal sealed class Aftermath
{
    private readonly ILookup<Guid, ShiftInForce> _shifts;
    private readonly ILookup<Guid, TimeOffEntry> _leave;

    private Aftermath(IEnumerable<ShiftInForce> shifts, IEnumerable<TimeOffEntry> leave) =>
        (_shifts, _leave) = (shifts.ToLookup(s => s.AgentId), leave.ToLookup(e => e.AgentId));

    public static async Task<Aftermath> Read(
        IReadOnlyList<Agent> people, WfmDbContext db, ShiftsInForce inForce, IClock clock, CancellationToken cancellationToken)
    {
        var (ids, now) = (people.Select(a => a.Id).Distinct().ToList(), clock.GetCurrentInstant());
        var shifts = await inForce.Of(ids, now.InUtc().Date.PlusDays(-1), null, drafts: false, cancellationToken, activities: false);
        var leave = await db.TimeOff.AsNoTracking().Where(t => ids.Contains(t.AgentId) && t.End > now).ToListAsync(cancellationToken);
        return new Aftermath(shifts.Where(s => s.State == ShiftState.Published && s.Start > now), leave);
    }

    /// <param name="person">As it is now.</param>
    /// <param name="hub">Its hub.</param>
    public IReadOnlyList<RowNote> Of(Guid agent, AgentRequest person, Hub hub)
    {
        var notes = new List<RowNote>();
        Tell("shiftsAfterLeaving", s => s.Date > person.EmployedTo, $"after the last day, {person.EmployedTo:uuuu-MM-dd}");
        Tell("shiftsBeforeJoining", s => s.Date < person.EmployedFrom, $"before the first day, {person.EmployedFrom:uuuu-MM-dd}");
        Tell("shiftsAtOtherHub", s => s.HubId != hub.Id, $"at another hub than '{hub.Code}'");
        Tell("shiftsOfInactive", _ => !person.Active, "though the person is not active");
        if (person.EmployedTo is { } last)
        {
            var end = hub.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant();
            var after = _leave[agent].Count(e => e.End > end);
            if (after > 0)
            {
                notes.Add(new RowNote(
                    "leaveAfterLeaving", after, $"Time off that lasts beyond {last:uuuu-MM-dd} stays booked until it is taken back: {after}."));
            }
        }

        return notes;

        void Tell(string code, Func<ShiftInForce, bool> isMeant, string when)
        {
            var dates = _shifts[agent].Where(isMeant).Select(s => s.Date).Order().ToList();
            if (dates.Count > 0)
            {
                notes.Add(new RowNote(
                    code, dates.Count,
                    $"Published shifts in force {when}: {dates.Count}, from {dates[0]:uuuu-MM-dd} to {dates[^1]:uuuu-MM-dd}. They stay until an edit or a "
                        + "repair of their roster takes them away."));
            }
        }
    }
}
