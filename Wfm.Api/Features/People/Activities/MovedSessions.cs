using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Keeps the sessions of activities with the segments of shifts that an edit moves, so that nobody waits for what has another time.</summary>
internal static class MovedSessions
{
    /// <summary>Gives every session whose people all have a segment elsewhere that time; the change is saved with what is saved next.</summary>
    /// <param name="sessions">Sessions of the roster.</param>
    /// <param name="days">The days that are edited.</param>
    public static void Follow(WfmDbContext db, IReadOnlyList<ActivitySession> sessions, IReadOnlyList<EditedDayData> days)
    {
        foreach (var session in sessions)
        {
            var mine = session.People.ConvertAll(p => days.FirstOrDefault(d => d.Agent == p.Agent && d.Date == p.Date));
            if (mine.Count == 0 || mine.Exists(d => d is null)) continue;
            var moves = mine.Select(d => Move(d!, session)).Distinct().ToList();
            if (moves is not [{ } start]) continue;
            var length = session.End - session.Start;
            db.Remove(session);
            db.Add(new ActivitySession
            {
                ActivityId = session.ActivityId,
                RosterId = session.RosterId,
                Start = start,
                End = start + length,
                Coach = session.Coach,
                People = session.People.ConvertAll(p => p with
                {
                    Replaced = Replaced(days.First(d => d.Agent == p.Agent && d.Date == p.Date), start, start + length),
                }),
            });
        }
    }

    // Where the segment is after the edit; null where it stays, or goes.
    private static Instant? Move(EditedDayData day, ActivitySession session)
    {
        if (day.Before?.Activities.FirstOrDefault(a => a.Start == session.Start && a.End == session.End && a.Group is null) is not { } segment) return null;
        var after = day.After?.Activities.Where(a => a.Kind == segment.Kind && a.End - a.Start == session.End - session.Start).Select(a => a.Start)
            .ToList() ?? [];
        var before = day.Before.Activities.Where(a => a.Kind == segment.Kind).Select(a => a.Start).ToHashSet();
        return after.Contains(session.Start) ? null : after.Where(s => !before.Contains(s)).Select(s => (Instant?)s).FirstOrDefault();
    }

    // The work that it takes at its new time; where it lay itself, what is there now is not its own.
    private static IReadOnlyList<ReplacedWork> Replaced(EditedDayData day, Instant start, Instant end) =>
    [
        .. day.Before!.Activities.Where(a => a.Group is not null && a.Start < end && start < a.End)
            .Select(a => new ReplacedWork(a.Group!, Instant.Max(a.Start, start), Instant.Min(a.End, end))),
    ];
}
