using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Benchmarks.Staffing;

/// <summary><c>erlang</c>: Erlang C inversions per second on one core, for the loads and promises of real queues.</summary>
internal static class ErlangCommand
{
    private const int Intervals = 10_000;
    private static readonly double[] HandleTimes = [120, 180, 240, 360, 600];

    private static readonly (string Name, double Low, double High)[] Sizes =
        [("team, 1–30 E", 1, 30), ("site, 10–100 E", 10, 100), ("operation, 50–500 E", 50, 500), ("group, 500–5,000 E", 500, 5_000), ("all, 1–500 E", 1, 500)];

    private static readonly (string Name, ImmediateGoal Goal)[] Goals =
    [
        ("80/20", new(0.8, Duration.FromSeconds(20))),
        ("90/10", new(0.9, Duration.FromSeconds(10))),
        ("ASA 30 s", new(null, null, MaximumAsa: Duration.FromSeconds(30))),
        ("80/20, occupancy 85 %", new(0.8, Duration.FromSeconds(20), MaximumOccupancy: 0.85)),
    ];

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "Time per line of the table.", DefaultValueFactory = _ => 0.5 };
        var seed = new Option<int>("--seed") { Description = "Seed of the loads.", DefaultValueFactory = _ => 1 };
        var command = new Command("erlang", "Counts Erlang C inversions (fewest agents for a goal) per second on one core.") { seconds, seed };
        command.SetAction(parse =>
        {
            Console.WriteLine($"{"load",-22}{"goal",-24}{"million/s",10}{"agents",12}");
            foreach (var (size, low, high) in Sizes)
            {
                var loads = Loads(parse.GetValue(seed), low, high);
                foreach (var (name, goal) in Goals) Print(size, name, loads, goal, parse.GetValue(seconds));
            }
        });
        return command;
    }

    /// <summary>Loads spread evenly over the orders of magnitude, as queues are.</summary>
    private static double[] Loads(int seed, double low, double high)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Intervals).Select(_ => low * Math.Pow(high / low, random.NextDouble()))];
    }

    /// <summary>One line; its last column, the mean answer, shows that a faster version still says the same.</summary>
    private static void Print(string size, string name, double[] loads, ImmediateGoal goal, double seconds)
    {
        var agents = Pass(loads, goal); // compiled and warm before the watch starts
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < seconds / 2;) Pass(loads, goal);
        var watch = Stopwatch.StartNew();
        var passes = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            Pass(loads, goal);
            passes++;
        }
        Console.WriteLine(
            $"{size,-22}{name,-24}{(double)passes * loads.Length / watch.Elapsed.TotalSeconds / 1e6,10:0.00}{(double)agents / loads.Length,12:0.0000}");
    }

    private static long Pass(double[] loads, ImmediateGoal goal)
    {
        long agents = 0;
        for (var i = 0; i < loads.Length; i++) agents += ErlangC.RequiredAgents(loads[i], HandleTimes[i % HandleTimes.Length], goal);
        return agents;
    }
}
