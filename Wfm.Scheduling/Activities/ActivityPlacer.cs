using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Activities;

/// <summary>Puts trainings, meetings and coaching into the shifts of a roster where they hurt its coverage least.</summary>
/// <remarks>
/// Sessions lie over work, never over breaks, other activities or locked days, and break no hard rule that was kept before. What finds a place first: what
/// must be, then as many people as there can be by priority, then the least cost of coverage.
/// </remarks>
public static class ActivityPlacer
{
    /// <summary>Places for activities in a roster, which stays as it is.</summary>
    /// <param name="roster">The roster.</param>
    /// <param name="activities">The activities, ids unique.</param>
    /// <returns>The sessions, everybody without one with the reason, and the edit that puts them into the roster.</returns>
    /// <exception cref="SchedulingDataException">Two activities have the same id.</exception>
    public static ActivityPlacement Place(RosterDocument roster, IReadOnlyList<ActivityToPlace> activities)
    {
        ArgumentNullException.ThrowIfNull(roster);
        Guard.Unique(activities, a => a.Id, "activities to place", "Id");
        PlacementTask[] tasks = [.. activities.Select(a => new PlacementTask(a, roster))];
        var plan = PlacementSearch.Best(roster, tasks);
        var unplaced = new PlacementReasons(roster, plan, tasks).All().ToList();
        Session[] sessions = [.. plan.Sessions.OrderBy(s => s.Task).ThenBy(s => s.Start).ThenBy(s => s.People[0])];
        var operations = sessions.SelectMany(s => Operations(roster, plan, tasks[s.Task], s)).ToList();
        var (days, refusals) = operations.Count == 0 ? ([], []) : roster.Propose(operations);
        if (refusals.Count > 0) throw new InvalidOperationException($"a placed session cannot be edited in: {refusals[0].Message}");
        return new ActivityPlacement([.. sessions.Select(s => Placed(roster, plan, tasks, s))], unplaced, operations, days, roster.Check(days));
    }

    private static IEnumerable<EditOperation> Operations(RosterDocument roster, PlacementPlan plan, PlacementTask task, Session session)
    {
        var calendar = roster.Compiled.Calendar;
        var segment = new ShiftActivity(task.Activity.Code, null, calendar.At(session.Start), calendar.At(session.Start + task.Length));
        return session.People.Concat(task.Coach >= 0 ? [task.Coach] : []).Select(agent => new EditOperation.Segment(
            roster.Problem.Agents[agent].Id,
            Array.Find(plan.People.Of(agent), s => s.From <= session.Start && session.Start + task.Length <= s.To)!.Shift.Date, segment));
    }

    private static PlacedSession Placed(RosterDocument roster, PlacementPlan plan, PlacementTask[] tasks, Session session)
    {
        var (task, calendar, before) = (tasks[session.Task], roster.Compiled.Calendar, plan.Cost);
        plan.Take(session);
        var cost = before - plan.Cost;
        plan.Put(session);
        return new PlacedSession(
            task.Activity.Id, calendar.At(session.Start), calendar.At(session.Start + task.Length),
            [.. session.People.Order().Select(p => roster.Problem.Agents[p].Id)], task.Activity.Coach, cost);
    }
}
