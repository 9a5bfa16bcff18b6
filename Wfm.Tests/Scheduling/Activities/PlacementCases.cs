using NodaTime;
using Wfm.Scheduling.Activities;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Activities;

/// <summary>Rosters and activities to place in them.</summary>
internal static class PlacementCases
{
    /// <summary>People at work on chat from 8 to 16 on Monday with a meal at noon, and a demand of the half-hours of that day.</summary>
    public static RosterDocument Day(int people, Func<int, double> heads, LabourPolicy? policy = null, int? seats = null)
    {
        var problem = RosterProblems.Hub(
            [.. Enumerable.Range(0, people).Select(i => RosterProblems.Agent($"A{i}"))],
            [RosterProblems.Template("day", 8, 8, 8, RosterProblems.Meal(30, 4, 4))], [RosterProblems.Demand("chat", 1, heads)], days: 1, policy: policy);
        return new RosterDocument(
            seats is null ? problem : problem with { Seats = seats }, [.. Enumerable.Range(0, people).Select(i => Shift($"A{i}", RosterProblems.Monday))]);
    }

    public static RosterShift Shift(string agent, LocalDate date)
    {
        var start = date.At(new LocalTime(8, 0)).InUtc().ToInstant();
        Instant At(double hours) => start + Duration.FromHours(hours);
        return new RosterShift(
            agent, date, "day", start, At(8), Duration.FromHours(7.5),
            [new("work", "chat", start, At(4)), new("meal", null, At(4), At(4.5)), new("work", "chat", At(4.5), At(8))]);
    }

    /// <summary>A moment of Monday, in hours.</summary>
    public static Instant At(double hour) => RosterProblems.Monday.AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);

    public static ActivityToPlace Training(int minutes, double from, double to, params string[] people) =>
        new("training", "training", Duration.FromMinutes(minutes), people, [new ActivityWindow(At(from), At(to))]);

    /// <summary>A roster that the solver made of a random problem, and random activities for its people.</summary>
    public static (RosterDocument Roster, ActivityToPlace[] Activities) Random(int seed, int agents = 8)
    {
        var random = new Random(seed);
        var problem = RosterProblems.Random(seed, agents, 7);
        var locked = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        var result = new RosterSolver().Solve(problem, new SolveLimits(seed, 2_000));
        var roster = new RosterDocument(problem, [.. result.Shifts.Where(s => !locked.Contains((s.AgentId, s.Date)))]);
        string[] codes = ["training", "meeting", "coaching", "wellness"];
        var activities = Enumerable.Range(0, random.Next(1, 4)).Select(i =>
        {
            string[] people = [.. problem.Agents.Select(a => a.Id).Where(_ => random.Next(2) == 0).DefaultIfEmpty("A0").Append("nobody").Take(agents)];
            var day = problem.Origin + Duration.FromDays(random.Next(6));
            var coach = random.Next(3) == 0 ? problem.Agents.Select(a => a.Id).FirstOrDefault(a => !people.Contains(a)) : null;
            return new ActivityToPlace(
                $"act{i}", codes[random.Next(codes.Length)], Duration.FromMinutes(15 * random.Next(1, 7)), people,
                [
                    new ActivityWindow(day + Duration.FromHours(7), day + Duration.FromHours(12 + random.Next(8))),
                    new ActivityWindow(day + Duration.FromHours(30), day + Duration.FromHours(40)),
                ])
            {
                GroupSize = random.Next(3) switch { 0 => null, 1 => 1, _ => 3 },
                Quorum = random.Next(1, Math.Min(3, people.Length) + 1),
                Coach = coach,
                Priority = random.Next(3),
                Must = random.Next(3) == 0,
            };
        });
        return (roster, [.. activities]);
    }
}
