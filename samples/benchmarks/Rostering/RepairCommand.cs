using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>repair</c>: publishes a roster of a made-up hub, has people fall ill, repairs it and prints what that took and changed, next to a fresh
/// solve.</summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the made-up hub.", DefaultValueFactory = _ => 1000 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of the made-up hub.", DefaultValueFactory = _ => 4 };
        var absences = new Option<int>("--absences") { Description = "People who fall ill, each for one to three days.", DefaultValueFactory = _ => 30 };
        var solve = new Option<long>("--solve-moves")
        {
            Description = "Work limit of the published roster and of the fresh solve.",
            DefaultValueFactory = _ => 8_000_000,
        };
        var moves = new Option<long>("--moves") { Description = "Work limit of the repair.", DefaultValueFactory = _ => RepairOptions.DefaultMoves };
        var seed = new Option<int>("--seed") { Description = "Seed of absences and searches.", DefaultValueFactory = _ => 1 };
        var command = new Command("repair", "Repairs a published roster of a made-up hub after absences, next to a fresh solve.")
        {
            agents,
            weeks,
            absences,
            solve,
            moves,
            seed,
        };
        command.SetAction(parse =>
        {
            var problem = HubProblem.Create(parse.GetValue(agents), parse.GetValue(weeks) * 7, 7);
            var limit = new SolveLimits(parse.GetValue(seed), parse.GetValue(solve));
            var (published, solving) = Timed(() => new RosterSolver().Solve(problem, limit));
            var change = new RosterChange { Absences = Draw(problem, published.Shifts, parse.GetValue(absences), parse.GetValue(seed)) };
            var from = problem.Origin + Duration.FromDays(2);
            var options = new RepairOptions(new SolveLimits(parse.GetValue(seed), parse.GetValue(moves))) { From = from };
            var (repair, time) = Timed(() => RosterRepair.Repair(problem, published.Shifts, change, options));
            var (fresh, again) = Timed(() => new RosterSolver().Solve(Unpinned(repair.Problem), limit));
            Print(problem, published, solving, change);
            Print(repair, from, time);
            Print(problem, published, fresh, again);
        });
        return command;
    }

    private static (T Result, string Time) Timed<T>(Func<T> work)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var result = work();
        return (result, $"{watch.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.00} s of CPU");
    }

    // Different people, each from the morning of a published shift on, after the two days that are over.
    private static Absence[] Draw(RosterProblem problem, IReadOnlyList<RosterShift> shifts, int count, int seed)
    {
        var random = new Random(seed);
        var open = shifts.Where(s => s.Date >= problem.Start.PlusDays(2)).ToList();
        var absences = new Dictionary<string, Absence>(StringComparer.Ordinal);
        while (absences.Count < count && open.Count > 0)
        {
            var at = random.Next(open.Count);
            var shift = open[at];
            open.RemoveAt(at);
            absences.TryAdd(shift.AgentId, new Absence(shift.AgentId, problem.Zone.AtStartOfDay(shift.Date).ToInstant(),
                problem.Zone.AtStartOfDay(shift.Date.PlusDays(1 + random.Next(3))).ToInstant()));
        }

        return [.. absences.Values];
    }

    // The fresh solve is free to change everything, the days that are over too.
    private static RosterProblem Unpinned(RosterProblem p) =>
        new(p.Zone, p.Start, p.Days, p.Interval, p.Agents, p.Templates, p.Demand, p.Policy, p.Objective, p.Surroundings, []);

    private static void Print(RosterProblem problem, RosterResult published, string time, RosterChange change)
    {
        Console.WriteLine(
            $"published  agents {problem.Agents.Count}, days {problem.Days}, shifts {published.Shifts.Count}, {published.Moves:N0} moves in {time}, cost "
                + $"{published.Score.Total:0}");
        var lost = published.Shifts.Count(s => change.Absences.Any(a => a.AgentId == s.AgentId && a.Start < s.End && s.Start < a.End));
        Console.WriteLine($"absences   {change.Absences.Count} people, {lost} shifts lost");
    }

    private static void Print(RepairResult repair, Instant from, string time)
    {
        var judged = RosterRepair.Evaluate(repair.Problem, repair.Roster.Shifts);
        var absent = repair
            .Problem.Agents.SelectMany(a => repair.Roster.Shifts.Where(s => s.AgentId == a.Id && a.TimeOff.Any(o => o.Start < s.End && s.Start < o.End)))
            .ToArray();
        var hard = judged.Violations.Count(v => v.IsHard);
        Console.WriteLine($"repair     {repair.Roster.Moves:N0} moves in {time}, {repair.Roster.StopReason}");
        Console.WriteLine(
            $"           people changed {repair.PeopleChanged}, of them not absent {repair.OthersChanged}, shifts changed {repair.Changes.Count}: "
                + string.Join(
                    ", ",
                    repair.Changes.GroupBy(c => (c.Kind, c.Reason)).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key.Kind}/{g.Key.Reason}")));
        Console.WriteLine(
            $"           coverage before {repair.Before.Coverage:P2}, unrepaired {repair.Unrepaired.Coverage:P2}, after {repair.After.Coverage:P2}; "
                + $"missing hours {repair.Before.MissingHours:0.0}, {repair.Unrepaired.MissingHours:0.0}, {repair.After.MissingHours:0.0}");
        Console.WriteLine(
            $"           cost {repair.Roster.Score.Total:0}, closeness {repair.ClosenessCost:0}; full evaluation: hard violations {hard}, shifts of the "
                + $"absent {absent.Count(s => s.Start >= from)}, "
                + $"begun before the repair {absent.Count(s => s.Start < from)}");
    }

    private static void Print(RosterProblem problem, RosterResult published, RosterResult fresh, string time)
    {
        var comparison = RosterComparison.Of(RosterSide.Of(problem, published), RosterSide.Of(problem, fresh));
        Console.WriteLine(
            $"fresh      {fresh.Moves:N0} moves in {time}, cost {fresh.Score.Total:0}: people changed {comparison.PeopleChanged}, shifts changed "
                + $"{comparison.Changes.Count}, "
                + $"coverage {comparison.Second.Coverage.Coverage:P2}, missing hours {comparison.Second.Coverage.MissingHours:0.0}");
    }
}
