using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Activities;

/// <summary>From stored activities to what the scheduling library places, and back.</summary>
internal static class ActivityTasks
{
    /// <summary>What is left to place of an activity; null when nobody waits.</summary>
    /// <param name="now">Nothing is placed before it.</param>
    public static ActivityToPlace? Of(ActivityView view, Hub hub, Instant now)
    {
        var (activity, waiting) = (view.Activity, Waiting(view));
        return waiting.Count == 0 ? null : new ActivityToPlace(
            activity.Id.ToString(), activity.Code, Duration.FromMinutes(activity.Minutes), waiting,
            [.. activity.Windows(hub.Zone, now).Select(w => new ActivityWindow(w.Start, w.End))])
        {
            GroupSize = activity.Grouping == ActivityGrouping.Together ? null : activity.GroupSize ?? 1,
            Quorum = Math.Min(activity.Quorum, waiting.Count),
            Coach = activity.Coach,
            Priority = activity.Priority,
            Must = activity.Must,
        };
    }

    /// <summary>Those who wait; of an activity for all together everybody, as long as it has no session with its quorum.</summary>
    public static IReadOnlyList<string> Waiting(ActivityView view) =>
        view.IsPlaced ? []
        : view.Activity.Grouping == ActivityGrouping.Together ? view.Activity.Agents : [.. view.Missing.Select(m => m.Agent)];

    /// <summary>Sessions that stand and have to go before an activity is placed: one for all together that has lost its quorum.</summary>
    public static IEnumerable<SessionView> Broken(ActivityView view) =>
        view.Activity.Grouping == ActivityGrouping.Together && !view.IsPlaced ? view.Sessions : [];

    /// <summary>Gives the work back that a session took, to those whose shift has it.</summary>
    public static IEnumerable<EditOperation> Freed(SessionView session) =>
        from person in session.Standing
        from work in person.Replaced
        select new EditOperation.Segment(person.Agent, person.Date, new ShiftActivity(ActivityKinds.Work, work.Group, work.Start, work.End));

    /// <summary>Places activities as if some sessions were gone; the document is left as it was.</summary>
    /// <param name="roster">Identity of the roster, for the rows.</param>
    public static PlacedActivities Place(
        RosterDocument document, IReadOnlyList<EditOperation> freed, IReadOnlyList<ActivityToPlace> activities, Guid roster)
    {
        var (days, _) = freed.Count == 0 ? ([], []) : document.Propose(freed);
        DayEdit[] before = [.. days.Select(d => new DayEdit(d.AgentId, d.Date, document.Find(d.AgentId, d.Date)))];
        document.Apply(days);
        try
        {
            var placement = ActivityPlacer.Place(document, activities);
            return new PlacedActivities(placement, [.. placement.Sessions.Select(s => Row(s, placement, document, roster))]);
        }
        finally
        {
            document.Apply(before);
        }
    }

    private static ActivitySession Row(PlacedSession session, ActivityPlacement placement, RosterDocument document, Guid roster) => new()
    {
        ActivityId = Guid.Parse(session.Activity),
        RosterId = roster,
        Start = session.Start,
        End = session.End,
        Coach = session.Coach,
        People =
        [
            .. session.People.Concat(session.Coach is null ? [] : [session.Coach]).Select(agent =>
                {
                    var date = placement.Days.First(d => d.AgentId == agent && d.Shift!.Start <= session.Start && session.End <= d.Shift.End).Date;
                    return new SessionPerson(agent, date, Replaced(document, agent, date, session));
                }),
        ],
    };

    /// <summary>Why people have no place, to be kept with the activity.</summary>
    public static List<MissingPerson> Reasons(ActivityPlacement placement, Guid activity) =>
        [.. placement.Unplaced.Where(u => u.Activity == activity.ToString()).Select(u => new MissingPerson(u.Agent, u.Code, u.Rule, u.Message))];

    private static List<ReplacedWork> Replaced(RosterDocument document, string agent, LocalDate date, PlacedSession session) =>
    [
        .. document.Find(agent, date)!.Activities.Where(a => a.Group is not null && a.Start < session.End && session.Start < a.End)
            .Select(a => new ReplacedWork(a.Group!, Instant.Max(a.Start, session.Start), Instant.Min(a.End, session.End))),
    ];
}

/// <summary>A placement, and its sessions as they are stored.</summary>
internal sealed record PlacedActivities(ActivityPlacement Placement, IReadOnlyList<ActivitySession> Rows);
