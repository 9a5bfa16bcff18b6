using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Places, moves and cancels activities, each as one edit of a roster.</summary>
/// <remarks>What an edit reads is computed on the roster as it stands at that moment, and the sessions are stored in the transaction of the edit.</remarks>
public sealed class ActivityDesk(WfmDbContext db, RosterDesk desk, OpenActivities open, ActivityViews views, ShiftsInForce inForce, IClock clock)
{
    private readonly Dictionary<Guid, int> _seen = [];

    /// <summary>Places what waits in a roster.</summary>
    public async Task<ActivitiesPlacedResponse> Place(
        Roster roster, Hub hub, PlaceActivitiesRequest request, string by, bool check, int? version, CancellationToken cancellationToken)
    {
        var activities = await open.Of(hub, roster.Start, roster.Days, request.Activities, cancellationToken);
        var findings = new Findings();
        for (var i = 0; i < request.Activities.Count; i++)
        {
            findings.Require(
                activities.Exists(a => a.Id == request.Activities[i]), $"/activities/{i}", request.Activities[i],
                $"Hub '{hub.Code}' has no open activity '{request.Activities[i]}' on the days of the roster.");
        }

        findings.ThrowIfAny();
        var draft = roster.State == PublicationState.Draft;
        var atHand = draft ? await desk.Look(roster.Id, o => AtHand(o), cancellationToken) : null;
        var waiting = await views.Of(hub, activities, cancellationToken, atHand);
        var broken = waiting.SelectMany(ActivityTasks.Broken).ToList();
        var tasks = waiting.Select(v => ActivityTasks.Of(v, hub, clock.GetCurrentInstant())).OfType<ActivityToPlace>().ToList();
        PlacedActivities placed = null!; // the desk reads before it answers
        var effect = await Edit(
            roster.Id, document =>
            {
                EditOperation[] freed = [.. broken.SelectMany(ActivityTasks.Freed)];
                placed = ActivityTasks.Place(document, freed, tasks, roster.Id);
                return [.. freed, .. placed.Placement.Operations];
            },
            () =>
            {
                db.RemoveRange(broken.Select(b => b.Row));
                db.ActivitySessions.AddRange(placed.Rows);
                Touch(activities.Where(a => tasks.Exists(t => t.Id == a.Id.ToString())), placed.Placement);
            },
            new EditAuthor(by, request.Reason ?? "Activities placed.", EditCause.Activity), check, version, cancellationToken);
        return Answer(roster.Id, hub, activities, tasks, placed.Placement, effect);
    }

    /// <summary>Gives a session another time.</summary>
    /// <param name="start">The new start; null for the best from now on.</param>
    internal async Task<ActivitiesPlacedResponse> Move(
        ActivityView view, SessionView session, Hub hub, Instant? start, string reason, string by, bool check, CancellationToken cancellationToken)
    {
        var (activity, length) = (view.Activity, session.Row.End - session.Row.Start);
        var roster = await RosterOf(session, hub, cancellationToken);
        ActivityToPlace Task(IEnumerable<ActivityWindow> windows) => new(activity.Id.ToString(), activity.Code, length, [.. session.Agents], [.. windows])
        {
            Quorum = session.Agents.Count(),
            Coach = session.Row.Coach,
        };
        var now = clock.GetCurrentInstant();
        ActivityWindow[] windows = start is { } at ? [new ActivityWindow(at, at + length)]
            : [.. activity.Windows(hub.Zone, now).Select(w => new ActivityWindow(w.Start, w.End))];
        var day = session.Row.Start.InZone(hub.Zone).Date;
        PlacedActivities placed = null!; // the desk reads before it answers
        var effect = await Edit(
            roster, document =>
            {
                EditOperation[] freed = [.. ActivityTasks.Freed(session)];
                ActivityWindow[] own = [.. windows.Where(w => w.Start.InZone(hub.Zone).Date == day)];
                placed = ActivityTasks.Place(document, freed, [Task(own)], roster);
                if (placed.Placement.Unplaced.Count > 0)
                {
                    placed = ActivityTasks.Place(document, freed, [Task(windows)], roster);
                }

                return placed.Placement.Unplaced.Count == 0 ? [.. freed, .. placed.Placement.Operations] : throw Unmovable(activity, placed.Placement);
            },
            () =>
            {
                db.RemoveRange(session.Row);
                db.ActivitySessions.AddRange(placed.Rows);
                Touch([activity], null);
            },
            new EditAuthor(by, reason, EditCause.Activity), check, null, cancellationToken);
        return Answer(roster, hub, [activity], [Task(windows)], placed.Placement, effect);
    }

    /// <summary>Takes an activity back: sessions that have not begun are given back to work.</summary>
    internal async Task Cancel(ActivityView view, Hub hub, string reason, string by, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var ahead = view.Sessions.Where(s => s.Row.Start > now).ToList();
        var rosters = new List<(Guid Roster, SessionView Session)>();
        foreach (var session in ahead)
        {
            rosters.Add((await RosterOf(session, hub, cancellationToken), session));
        }

        foreach (var mine in rosters.GroupBy(r => r.Roster))
        {
            EditOperation[] freed = [.. mine.SelectMany(m => ActivityTasks.Freed(m.Session))];
            await desk.Apply(mine.Key, _ => freed, new EditAuthor(by, reason, EditCause.Activity), null, cancellationToken);
        }

        db.ChangeTracker.Clear();
        view.Activity.CancelledAt = now;
        db.RemoveRange(ahead.Select(a => a.Row));
        Touch([view.Activity], null);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<EditEffectResponse> Edit(
        Guid roster, Func<RosterDocument, IReadOnlyList<EditOperation>> read, Action keep, EditAuthor author, bool check, int? version,
        CancellationToken cancellationToken)
    {
        if (check)
        {
            return await desk.Check(roster, o => read(o.Document), cancellationToken);
        }

        var effect = await desk.Apply(
            roster, o =>
            {
                db.ChangeTracker.Clear(); // of an attempt that others overtook
                var operations = read(o.Document);
                keep();
                return operations;
            },
            author, version, cancellationToken);
        await db.SaveChangesAsync(cancellationToken); // reasons, where no shift changes
        return effect;
    }

    private void Touch(IEnumerable<PlannedActivity> activities, ActivityPlacement? placement)
    {
        foreach (var activity in activities)
        {
            var seen = _seen.TryGetValue(activity.Id, out var version) ? version : _seen[activity.Id] = activity.Version; // in a second attempt too
            activity.Sessions.Clear(); // they are stored by themselves
            activity.Reasons = placement is null ? activity.Reasons : ActivityTasks.Reasons(placement, activity.Id);
            (activity.UpdatedAt, activity.Version) = (clock.GetCurrentInstant(), seen + 1);
            db.Update(activity).Property(a => a.Version).OriginalValue = seen;
        }
    }

    /// <summary>The roster that decides about a session: the draft it is in, or the published one in force on its day.</summary>
    private async Task<Guid> RosterOf(SessionView session, Hub hub, CancellationToken cancellationToken)
    {
        if (!session.InForce)
        {
            return session.Row.RosterId;
        }

        var person = session.Standing[0];
        var agent = await db.Agents.Where(a => a.Code == person.Agent).Select(a => a.Id).SingleAsync(cancellationToken);
        var layers = new InForce(await inForce.Layers([agent], person.Date, person.Date.PlusDays(1), drafts: false, cancellationToken));
        return layers.Of(hub.Id, agent, person.Date)?.RosterId ?? session.Row.RosterId;
    }

    private static ProblemException Unmovable(PlannedActivity activity, ActivityPlacement placement) => new ProblemException(
            StatusCodes.Status422UnprocessableEntity, $"The session cannot be moved: {placement.Unplaced[0].Message}",
            new Dictionary<string, string[]> { ["/start"] = [.. placement.Unplaced.Select(u => $"{u.Agent}: {u.Message}")] })
        .With("missing", ActivityTasks.Reasons(placement, activity.Id));

    private static RosterAtHand AtHand(OpenRoster roster) => new(
        roster.Roster.Start, roster.Roster.Days,
        (agent, date) => roster.Document.Find(agent, date)?.Activities.Select(a => new ShiftActivityData(a.Kind, a.Group, a.Start, a.End)).ToList() ?? []);

    private static ActivitiesPlacedResponse Answer(
        Guid roster, Hub hub, IReadOnlyList<PlannedActivity> activities, List<ActivityToPlace> tasks, ActivityPlacement placement, EditEffectResponse effect)
    {
        ActivityPlacementData Data(PlannedActivity activity) => new(
            activity.Id, activity.Code, activity.Title,
            [
                .. placement.Sessions.Where(s => s.Activity == activity.Id.ToString())
                    .Select(s => SessionView.Data(s.Start, s.End, hub.Zone, roster, inForce: false, s.People, s.Coach)),
            ],
            ActivityTasks.Reasons(placement, activity.Id));
        return new ActivitiesPlacedResponse(
            roster, effect.Stored, placement.Sessions.Sum(s => s.People.Count), placement.Unplaced.Count,
            [.. activities.Where(a => tasks.Exists(t => t.Id == a.Id.ToString())).Select(Data)], effect);
    }
}
