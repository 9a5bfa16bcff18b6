using System.CommandLine;
using System.Diagnostics;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>operation</c>: builds and solves a made-up hub and prints coverage beside that of the relaxation, hours, violations, bound, gap and memory.</summary>
internal static class OperationCommand
{
    private const double SearchShare = 0.97;

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the hub.", DefaultValueFactory = _ => 1_000 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of the period.", DefaultValueFactory = _ => 4 };
        var interval = new Option<int>("--interval") { Description = "Minutes of a demand interval.", DefaultValueFactory = _ => 30 };
        var seconds = new Option<double>("--seconds") { Description = "Time limit; a little of it is kept for the reasons given after the search.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var command = new Command("operation", "Builds and solves a made-up hub and prints coverage, hours, violations, bound, gap and memory.") { agents, weeks, interval, seconds, seed, threads };
        command.SetAction(parse =>
        {
            var watch = Stopwatch.StartNew();
            var problem = HubProblem.Create(parse.GetValue(agents), 7 * parse.GetValue(weeks), 7, parse.GetValue(interval));
            var search = parse.GetValue(seconds) * SearchShare;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(search));
            var options = new SolverOptions(parse.GetValue(seed), long.MaxValue, parse.GetValue(threads)) { TimeUsed = () => watch.Elapsed.TotalSeconds / search };
            var rate = new MoveRate(watch);
            Print(problem, new RosterSolver().Solve(problem, options, rate, limit.Token), watch.Elapsed.TotalSeconds, rate.PerSecond);
        });
        return command;
    }

    private static void Print(RosterProblem problem, RosterResult result, double seconds, double moves)
    {
        var hours = problem.Interval.TotalHours;
        var required = result.Coverage.Sum(l => l.Required.Sum()) * hours;
        var missing = result.Coverage.Sum(l => l.Required.Zip(l.Scheduled, (r, s) => Math.Max(0, r - s)).Sum()) * hours;
        var surplus = result.Coverage.Sum(l => l.Required.Zip(l.Scheduled, (r, s) => Math.Max(0, s - r)).Sum()) * hours;
        var unmet = result.Violations.Count(v => v.Rule == "contractMinimumHours");
        Console.WriteLine($"operation agents {problem.Agents.Count} days {problem.Days} interval {problem.Interval.TotalMinutes:0} min in {seconds:0.0} s, {moves / 1e6:0.00} M moves/s per thread");
        Console.WriteLine($"coverage required {required:0} h missing {100 * missing / required:0.00} % surplus {100 * surplus / required:0.00} %");
        if (result.Relaxed is { } relaxed) Console.WriteLine($"coverage relaxed missing {100 * relaxed.MissingHours / required:0.00} % surplus {100 * relaxed.SurplusHours / required:0.00} %");
        Console.WriteLine($"hours paid {result.Shifts.Sum(s => s.Paid.TotalHours):0} shifts {result.Shifts.Count}");
        Console.WriteLine($"violations {result.Violations.Count - unmet} unmet contract minima {unmet}");
        var findings = RosterAuditor.Audit(AuditedProblem.Of(problem, result.Shifts));
        Console.WriteLine($"independent check: {findings.Count} violations");
        foreach (var finding in findings.Take(5))
        {
            Console.WriteLine($"  {finding}");
        }

        Console.WriteLine($"cost {result.Score.Total:0.0} bound {result.Bound:0.0} gap {100 * result.Gap:0.00} %");
        Console.WriteLine($"memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
    }
}
