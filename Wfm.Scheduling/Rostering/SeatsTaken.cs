using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rostering;

/// <summary>Where more people are at work than there are seats, to the minute.</summary>
internal static class SeatsTaken
{
    private static readonly GivenRule Seats = new("seats", "People at work at once, against the seats of the hub.");

    /// <summary>One violation for every local day with too many people.</summary>
    public static IEnumerable<Violation> Violations(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        if (problem.Seats is not { } seats) return [];
        var end = problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days)).ToInstant();
        return Above(problem, shifts, seats).Where(a => a.From < end).GroupBy(a => a.From.InZone(problem.Zone).Date).Select(day => new Violation(
            null, Seats, day.Key, day.Key, day.Sum(a => (a.To - a.From).TotalMinutes), "minutes",
            $"{day.Max(a => a.People)} people at work at once on {day.Key}; there are {seats} seats.", "seats of the hub"));
    }

    // Stretches with too many people; a stretch ends wherever their number changes.
    private static IEnumerable<(Instant From, Instant To, int People)> Above(RosterProblem problem, IReadOnlyList<RosterShift> shifts, int seats)
    {
        var past = problem.Surroundings.SelectMany(h => h.Activities.Count > 0 ? h.Activities.Where(IsWork).Select(a => (a.Start, a.End)) : [(h.Start, h.End)]);
        var changes = shifts.SelectMany(s => s.Activities).Where(IsWork).Select(a => (a.Start, a.End)).Concat(past).Where(w => w.End > problem.Origin)
            .SelectMany(w => new[] { (At: Instant.Max(w.Start, problem.Origin), By: 1), (At: w.End, By: -1) })
            .GroupBy(c => c.At).OrderBy(g => g.Key).Select(g => (At: g.Key, By: g.Sum(c => c.By))).ToArray();
        var people = 0;
        for (var i = 0; i + 1 < changes.Length; i++)
        {
            people += changes[i].By;
            if (people > seats) yield return (changes[i].At, changes[i + 1].At, people);
        }
    }

    private static bool IsWork(ShiftActivity activity) => activity.Kind == ActivityKinds.Work;
}
