using System.CommandLine;
using System.Diagnostics;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>band</c>: rosters the made-up hub with its deferrable work as arrivals, as a smooth curve and as the band, and judges all by the band.</summary>
internal static class BandCommand
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the made-up hub.", DefaultValueFactory = _ => 100 };
        var days = new Option<int>("--days") { Description = "Days of the made-up hub.", DefaultValueFactory = _ => 28 };
        var moves = new Option<long>("--moves") { Description = "Work limit of each search.", DefaultValueFactory = _ => 8_000_000 };
        var load = new Option<double>("--load") { Description = "Multiplies the demand.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
        var command = new Command("band", "Rosters deferrable work by arrivals, by a smooth curve and by its band, at equal agents.")
        {
            agents,
            days,
            moves,
            load,
            seed,
        };
        command.SetAction(parse =>
        {
            var study = new BandStudy(parse.GetValue(agents), parse.GetValue(days), parse.GetValue(load));
            Console.WriteLine(
                $"agents {parse.GetValue(agents)}, days {parse.GetValue(days)}, load {parse.GetValue(load)}, moves {parse.GetValue(moves):N0}, seed "
                    + $"{parse.GetValue(seed)}");
            Console.WriteLine(
                "demand    shifts  immediate missing h  deferrable due h  late h    share  undone h  idle h  peak heads  wishes and hours  total cost    M/s");
            foreach (var kind in Enum.GetValues<BandDemand>())
            {
                Print(study, kind, new SolveLimits(parse.GetValue(seed), parse.GetValue(moves)));
            }
        });
        return command;
    }

    private static void Print(BandStudy study, BandDemand kind, SolveLimits options)
    {
        var problem = study.Problem(kind);
        var watch = Stopwatch.StartNew();
        var roster = new RosterSolver().Solve(problem, options);
        var speed = roster.Moves / watch.Elapsed.TotalSeconds / 1e6;
        var judged = study.Judge(roster);
        var hours = problem.Interval.TotalHours;
        var missing =
            judged.Coverage.Where(c => !BandStudy.IsDeferrable(c.Group)).Sum(c => c.Required.Zip(c.Scheduled, (r, s) => Math.Max(0, r - s)).Sum()) * hours;
        var deferrable = judged.Coverage.Where(c => BandStudy.IsDeferrable(c.Group)).ToArray();
        var peak = Enumerable.Range(0, problem.IntervalCount).Max(i => deferrable.Sum(c => c.Scheduled[i]));
        var (due, late, undone) = (
            judged.Deferrable.Sum(d => d.DueHours[^1]),
            judged.Deferrable.Sum(d => d.LateHours),
            judged.Deferrable.Sum(d => d.UndoneHours));
        var idle = (deferrable.Sum(c => c.Scheduled.Sum()) * hours) - judged.Deferrable.Sum(d => d.WorkedHours[^1]);
        var score = judged.Score;
        Console.WriteLine(
            $"{kind,-9} {judged.Shifts.Count,6} {missing,20:0.0} {due,17:0.0} {late,7:0.0} {late / due,8:P2} {undone,9:0.0} {idle,7:0.0} "
                + $"{peak,11:0.0} "
                + $"{score.Total - score.Under - score.MinimumPresence - score.Over - score.Late - score.Undone,17:0} {score.Total,11:0} "
                + $"{speed,6:0.00}");
    }
}
