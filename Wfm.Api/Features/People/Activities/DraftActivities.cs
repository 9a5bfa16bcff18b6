using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Places what waits in a roster that a job has solved: a draft has its activities from the start.</summary>
internal sealed class DraftActivities(WfmDbContext db, OpenActivities open, ActivityViews views, ComputeSlots slots, IClock clock) : IDraftActivities
{
    public async Task<DraftWithActivities> Place(Hub hub, RosterProblem problem, RosterResult result, CancellationToken cancellationToken)
    {
        var shifts = result.Shifts.ToDictionary(s => (s.AgentId, s.Date));
        var atHand = new RosterAtHand(problem.Start, problem.Days, (agent, date) => shifts.TryGetValue((agent, date), out var shift)
            ? shift.Activities.Select(a => new ShiftActivityData(a.Kind, a.Group, a.Start, a.End)) : []);
        var known = await open.Of(hub, problem.Start, problem.Days, [], cancellationToken);
        var waiting = await views.Of(hub, known, cancellationToken, atHand);
        var tasks = waiting.Where(v => !ActivityTasks.Broken(v).Any()).Select(v => ActivityTasks.Of(v, hub, clock.GetCurrentInstant()))
            .OfType<ActivityToPlace>().ToList();
        if (tasks.Count == 0)
        {
            return new DraftWithActivities(result, _ => { });
        }

        var pinned = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        RosterShift[] own = [.. result.Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)))];
        var (found, placed) = await slots.Run(
            () =>
            {
                var document = new RosterDocument(problem, own);
                var activities = ActivityTasks.Place(document, [], tasks, Guid.Empty);
                document.Apply(activities.Placement.Days);
                return (activities, activities.Rows.Count == 0 ? result : With(result, document.Result(explain: true)));
            },
            cancellationToken);
        foreach (var id in tasks.Select(t => Guid.Parse(t.Id)))
        {
            var reasons = ActivityTasks.Reasons(found.Placement, id);
            await db.Activities.Where(a => a.Id == id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Reasons, reasons), cancellationToken);
        }

        return new DraftWithActivities(placed, roster => Keep(roster, found.Rows));
    }

    // Figures, coverage and gaps of the roster as it is now; what the search did and proved stays.
    private static RosterResult With(RosterResult found, RosterResult placed) => placed with
    {
        StopReason = found.StopReason,
        Moves = found.Moves,
        Seed = found.Seed,
        Bound = found.Bound,
        Relaxed = found.Relaxed,
    };

    private void Keep(Guid roster, IReadOnlyList<ActivitySession> rows) => db.ActivitySessions.AddRange(rows.Select(r => new ActivitySession
    {
        ActivityId = r.ActivityId,
        RosterId = roster,
        Start = r.Start,
        End = r.End,
        Coach = r.Coach,
        People = r.People,
    }));
}
