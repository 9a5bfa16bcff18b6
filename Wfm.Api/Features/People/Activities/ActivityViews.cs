using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Shifts of a roster that is being made or edited: of its days they count, whatever is in force.</summary>
/// <param name="Start">First local day.</param>
/// <param name="Days">Local days.</param>
/// <param name="Activities">What somebody's shift of a day consists of; empty for a day off.</param>
internal sealed record RosterAtHand(LocalDate Start, int Days, Func<string, LocalDate, IEnumerable<ShiftActivityData>> Activities)
{
    public bool Holds(LocalDate date) => date >= Start && date < Start.PlusDays(Days);
}

/// <summary>What stands of activities: read from the shifts that count, so that nothing is lost unseen, whatever took a shift away.</summary>
public sealed class ActivityViews(WfmDbContext db, ShiftsInForce inForce)
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH:mm");

    /// <param name="hub">Their hub.</param>
    /// <param name="activities">With their sessions.</param>
    /// <param name="atHand">A roster whose days are looked at instead of what is in force; null for none.</param>
    internal async Task<List<ActivityView>> Of(
        Hub hub, IReadOnlyList<PlannedActivity> activities, CancellationToken cancellationToken, RosterAtHand? atHand = null)
    {
        var sessions = activities.SelectMany(a => a.Sessions).ToList();
        if (sessions.Count == 0)
        {
            return [.. activities.Select(a => View(hub, a, []))];
        }

        var people = sessions.SelectMany(s => s.People).ToList();
        var codes = people.Select(p => p.Agent).Distinct().ToList();
        var ids = await db.Agents.AsNoTracking().Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Id, a => a.Code, cancellationToken);
        var standing = (
                await inForce.Of([.. ids.Keys], people.Min(p => p.Date), people.Max(p => p.Date).PlusDays(1), drafts: false, cancellationToken))
            .Where(s => s.HubId == hub.Id && s.State == ShiftState.Published)
            .ToLookup(s => (ids[s.AgentId], s.Date), s => s.Activities);
        var rosters = sessions.Select(s => s.RosterId).Distinct().ToList();
        var drafts = (
                await db.Rosters.Where(r => rosters.Contains(r.Id) && r.State == PublicationState.Draft).Select(r => r.Id).ToListAsync(cancellationToken))
            .ToHashSet();
        List<Guid> agents = [.. ids.Keys];
        var drafted = (await db.Shifts.AsNoTracking().Where(s => drafts.Contains(s.RosterId) && agents.Contains(s.AgentId))
                .Select(s => new { s.RosterId, s.AgentId, s.Date, s.Activities })
                .ToListAsync(cancellationToken))
            .ToLookup(s => (s.RosterId, ids[s.AgentId], s.Date), s => s.Activities);

        return [.. activities.Select(a => View(hub, a, [.. a.Sessions.OrderByDescending(s => s.RosterId).Select(s => Session(a, s))]))];

        SessionView Session(PlannedActivity activity, ActivitySession session)
        {
            var isDraft = drafts.Contains(session.RosterId);
            bool Has(IEnumerable<ShiftActivityData> all) => all.Any(x => x.Kind == activity.Code && x.Start == session.Start && x.End == session.End);
            bool Stands(SessionPerson p) => atHand?.Holds(p.Date) == true ? Has(atHand.Activities(p.Agent, p.Date))
                : isDraft ? atHand is null && drafted[(session.RosterId, p.Agent, p.Date)].Any(Has) : standing[(p.Agent, p.Date)].Any(Has);
            return new SessionView(
                session, !isDraft, [.. session.People.Where(Stands)], [.. session.People.Where(p => !Stands(p)).Select(p => p.Agent)]);
        }
    }

    // What is in force comes before drafts, and newer drafts before older: nobody is in two sessions.
    private static ActivityView View(Hub hub, PlannedActivity activity, List<SessionView> sessions)
    {
        var (kept, placed) = (new List<SessionView>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var session in sessions.OrderByDescending(s => s.InForce))
        {
            var mine = session with { Standing = [.. session.Standing.Where(p => p.Agent == session.Row.Coach || !placed.Contains(p.Agent))] };
            var isOwn = activity.Coach is null || mine.Standing.Any(p => p.Agent == activity.Coach);
            if (!isOwn || !mine.Agents.Any())
            {
                continue;
            }

            kept.Add(mine);
            placed.UnionWith(mine.Agents);
        }

        var lost = sessions.Where(s => s.InForce).SelectMany(s => s.Row.People.Select(p => (p.Agent, s.Row.Start))).ToLookup(l => l.Agent, l => l.Start);
        var reasons = activity.Reasons.ToDictionary(r => r.Agent, StringComparer.Ordinal);
        return new ActivityView(
            activity, [.. kept.OrderBy(s => s.Row.Start)],
            [
                .. activity.Agents.Where(a => !placed.Contains(a)).Select(a => lost[a].Any()
                    ? new MissingPerson(
                        a, "lost", null,
                        $"The session of {Local.Format(lost[a].Max().InZone(hub.Zone).LocalDateTime)} is gone: the shift was taken away or changed since, "
                            + "or the coach's was.")
                    : reasons.GetValueOrDefault(a) ?? new MissingPerson(a, "notTried", null, "No roster has been asked for a place yet.")),
            ]);
    }
}
