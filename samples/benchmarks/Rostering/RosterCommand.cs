using System.CommandLine;
using System.Diagnostics;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>roster</c>: solves a made-up hub or a public instance and prints cost, speed and gaps.</summary>
internal static class RosterCommand
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the made-up hub.", DefaultValueFactory = _ => 100 };
        var days = new Option<int>("--days") { Description = "Days of the made-up hub.", DefaultValueFactory = _ => 28 };
        var seconds = new Option<double>("--seconds") { Description = "Time limit.", DefaultValueFactory = _ => 8 };
        var moves = new Option<long>("--moves") { Description = "Work limit, for repeatable runs; 0 for none.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var instance = new Option<FileInfo?>("--instance") { Description = "An instance file of Curtois & Qu instead of the made-up hub." };
        var output = new Option<FileInfo?>("--out") { Description = "Writes the roster of the instance as CSV." };
        var tune = new Option<double[]>("--tune")
        {
            Description = "Hot, cold, floor and cap of the search, for studies.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("roster", "Solves a made-up hub, or a Curtois & Qu instance, and prints cost, speed and gaps.")
        {
            agents,
            days,
            seconds,
            moves,
            seed,
            threads,
            instance,
            output,
            tune,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(instance) is { } file)
            {
                var published = CurtoisInstance.Read(file.FullName);
                var run = Solve(published, parse.GetValue(seed), parse.GetValue(threads), parse.GetValue(seconds), parse.GetValue(moves), parse.GetValue(tune));
                Console.WriteLine(
                    $"{file.Name} penalty {run.Result.Score.Total:0} bound {run.Result.Bound:0} gap {100 * run.Result.Gap:0.00} % violations "
                        + $"{run.Result.Violations.Count} "
                        + $"{run.Moves / 1e6:0.00} M moves/s per thread, in {run.Seconds:0.0} s, {run.Result.StopReason}");
                if (parse.GetValue(output) is { } csv)
                    File.WriteAllLines(csv.FullName, CurtoisInstance.Csv(published, run.Result));
                return;
            }

            var problem = HubProblem.Create(parse.GetValue(agents), parse.GetValue(days), 7);
            Print(problem, Solve(problem, parse.GetValue(seed), parse.GetValue(threads), parse.GetValue(seconds), parse.GetValue(moves), parse.GetValue(tune)));
        });
        return command;
    }

    private static (RosterResult Result, double Seconds, double Moves) Solve(
        RosterProblem problem, int seed, int threads, double seconds, long moves, double[]? tune)
    {
        var watch = Stopwatch.StartNew();
        var limits = new SolveLimits(seed, moves > 0 ? moves : long.MaxValue, threads)
        {
            Settings = tune is { Length: 4 } ? new SearchSettings(tune[0], tune[1], tune[2], tune[3]) : null,
            Seconds = moves > 0 ? null : seconds,
        };
        var rate = new MoveRate(watch);
        var result = new RosterSolver().Solve(problem, limits.Started(), rate);
        return (result, watch.Elapsed.TotalSeconds, rate.PerSecond);
    }

    private static void Print(RosterProblem problem, (RosterResult Result, double Seconds, double Moves) run)
    {
        var (result, seconds, moves) = run;
        Console.WriteLine(
            $"agents {problem.Agents.Count}, days {problem.Days}, shifts {result.Shifts.Count}, violations {result.Violations.Count}, {result.StopReason}");
        Console.WriteLine($"{moves / 1e6:0.00} M moves/s per thread, in {seconds:0.0} s");
        Console.WriteLine($"total {result.Score.Total:0.0} bound {result.Bound:0.0} gap {100 * result.Gap:0.00} %  {result.Score}");
        foreach (var line in result.Coverage)
        {
            var hours = problem.Interval.TotalHours;
            var figures = CoverageFigures.Of([(line.Required, line.Scheduled)], hours);
            Console.WriteLine(
                $"  {line.Group,-10} required {figures.RequiredHours,8:0.0} h, missing {100 * (1 - figures.Coverage),5:0.0} %, surplus "
                    + $"{100 * figures.SurplusShare,5:0.0} %");
        }

        foreach (var gap in result.Uncovered.Take(3))
        {
            Console.WriteLine($"  gap {gap.Group} {gap.Start}..{gap.End} {gap.HeadHours:0.0} h, deepest {gap.DeepestGap:0.0}: "
                + string.Join("; ", gap.Reasons.Select(r => $"{r.Agents} {r.Message}")));
        }

        foreach (var violation in result.Violations.Take(5))
        {
            Console.WriteLine($"  {violation.AgentId} {violation.Rule}: {violation.Message}");
        }
    }
}
