using System.CommandLine;
using System.Diagnostics;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Support;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>operation</c>: builds and solves a made-up hub and prints coverage beside that of the relaxation, hours, violations, bound, gap and
/// memory.</summary>
internal static class OperationCommand
{
    private const double SearchShare = 0.97;

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the hub.", DefaultValueFactory = _ => 1_000 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of the period.", DefaultValueFactory = _ => 4 };
        var interval = new Option<int>("--interval") { Description = "Minutes of a demand interval.", DefaultValueFactory = _ => 30 };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Time limit; a little of it is kept for the reasons given after the search.",
            DefaultValueFactory = _ => 60,
        };
        var seed = new Option<int>("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var bare = new Option<bool>("--without-goals") { Description = "Without goals on how days follow one another and on fair shares." };
        var segments = new Option<SegmentedShifts>("--segments")
        {
            Description = "When the blocks of a shift may serve two groups.",
            DefaultValueFactory = _ => SegmentedShifts.WhereLimited,
        };
        var command = new Command("operation", "Builds and solves a made-up hub and prints coverage, hours, violations, bound, gap and memory.")
        {
            agents,
            weeks,
            interval,
            seconds,
            seed,
            threads,
            bare,
            segments,
        };
        command.SetAction(parse =>
        {
            var watch = Stopwatch.StartNew();
            var problem = HubProblem.Create(parse.GetValue(agents), 7 * parse.GetValue(weeks), 7, parse.GetValue(interval), parse.GetValue(segments));
            if (parse.GetValue(bare)) problem = problem with { Objective = HubProblem.Bare };
            var search = parse.GetValue(seconds) * SearchShare;
            var limits = new SolveLimits(parse.GetValue(seed), long.MaxValue, parse.GetValue(threads))
            {
                Seconds = search,
                Elapsed = () => watch.Elapsed.TotalSeconds,
            }; // building included
            var rate = new MoveRate(watch);
            Print(problem, new RosterSolver().Solve(problem, limits, rate), watch.Elapsed.TotalSeconds, rate.PerSecond);
        });
        return command;
    }

    private static void Print(RosterProblem problem, RosterResult result, double seconds, double moves)
    {
        var card = Scorecard.Of(problem, result);
        var required = card.Coverage.RequiredHours;
        Console.WriteLine(
            $"operation agents {problem.Agents.Count} days {problem.Days} interval {problem.Interval.TotalMinutes:0} min in {seconds:0.0} s, "
                + $"{moves / 1e6:0.00} M moves/s per thread");
        Console.WriteLine(
            $"coverage required {required:0} h missing {100 * (1 - card.Coverage.Coverage):0.00} % surplus {100 * card.Coverage.SurplusShare:0.00} %");
        if (result.Relaxed is { } relaxed)
            Console.WriteLine(
                $"coverage relaxed missing {100 * relaxed.MissingHours / required:0.00} % surplus {100 * relaxed.SurplusHours / required:0.00} %");
        var mixed = result.Shifts.Count(s => s.Activities.Select(a => a.Group).OfType<string>().Distinct().Skip(1).Any());
        Console.WriteLine($"shifts of two groups {100.0 * mixed / Math.Max(1, result.Shifts.Count):0.0} %");
        Console.WriteLine($"hours paid {card.PaidHours:0} shifts {card.Shifts}");
        var lived = card.Ergonomics;
        Console.WriteLine(
            $"days off alone {Share(lived.LoneDaysOff, lived.DaysOff)} every weekend {Share(lived.EveryWeekend, lived.People)} "
                + $"single nights {Share(lived.LoneNights, lived.Nights)} starts moved {Share(lived.StartChanges, lived.Successions)} "
                + $"turned back {Share(lived.BackwardRotations, card.Shifts)}");
        Console.WriteLine($"violations {card.BrokenRules} unmet contract minima {card.UnmetMinima}");
        var findings = RosterAuditor.Audit(AuditedProblem.Of(problem, result.Shifts));
        Console.WriteLine($"independent check: {findings.Count} violations");
        foreach (var finding in findings.Take(5))
        {
            Console.WriteLine($"  {finding}");
        }

        Console.WriteLine($"cost {result.Score.Total:0.0} bound {result.Bound:0.0} gap {100 * result.Gap:0.00} %");
        Console.WriteLine($"memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
    }

    private static string Share(int part, int all) => all == 0 ? "none" : $"{100.0 * part / all:0.0} %";
}
