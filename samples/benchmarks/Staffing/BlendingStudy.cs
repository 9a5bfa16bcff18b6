using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Benchmarks.Staffing;

/// <summary>
/// A blended group whose tickets cannot be put aside, against the theory in which they can. Immediate work keeps its Erlang C agents and tickets use a share of
/// the time it
/// leaves idle; a call that finds everybody busy, some with a ticket, waits for the first who finishes. The formula for it is the pool with priorities, tickets
/// last.
/// </summary>
internal static class BlendingStudy
{
    private const int Intervals = 48 * 7;
    private const int Seed = 1;
    private const double CallSeconds = 300;
    private static readonly Duration Interval = Duration.FromMinutes(30);
    private static readonly ImmediateGoal Goal = new(0.8, Duration.FromSeconds(20));
    private static readonly DeferrableGoal NextDay = new(Duration.FromHours(24), 1);

    public static void Run()
    {
        Console.WriteLine(
            $"Calls of {CallSeconds:0} s, 80 % in 20 s, calls first; tickets due in 24 h on the same agents, never put aside; simulated, 20 weeks");
        foreach (var load in new[] { 5.0, 20, 80 })
        {
            Print(load);
        }
    }

    private static void Print(double load)
    {
        var agents = ErlangC.RequiredAgents(load, CallSeconds, Goal);
        Console.WriteLine();
        Console.WriteLine(
            $"{load:0} erlangs of calls, {agents} agents; tickets that can be put aside leave "
                + $"{100 * ErlangC.ServiceLevel(load, agents, CallSeconds, Goal.Threshold!.Value.TotalSeconds):0.0} % of calls in time");
        Console.WriteLine(
            $"{"idle time used",-16}{"tickets",9}{"ticket AHT",12}{"calls in time",21}{"mean wait",12}"
                + $"{"tickets in time",18}{"more agents to 80 %",22}{"by formula",12}");
        foreach (var share in new[] { 0.25, 0.5, 0.75 })
        {
            foreach (var minutes in new[] { 5, 15, 30 })
            {
                var tickets = share * (agents - load);
                var (level, wait, inTime) = Simulate(load, tickets, minutes, agents);
                Console.WriteLine(
                    $"{share,-16:P0}{tickets,5:0.00} erl{minutes,8} min{100 * level.Mean,12:0.0} ± {100 * level.HalfWidth,3:0.0} %{wait,10:0} "
                        + $"s{100 * inTime,16:0.0} %{More(load, tickets, minutes, agents),22}{Formula(load, tickets, minutes) - agents,12}");
            }
        }
    }

    /// <summary>Agents to add until calls keep their goal, the tickets being the same.</summary>
    private static int More(double load, double tickets, int minutes, int agents)
    {
        var more = 0;
        while (Simulate(load, tickets, minutes, agents + more).Level.Mean < Goal.ServiceLevel)
        {
            more++;
        }

        return more;
    }

    /// <summary>Agents of a pool that serves calls first and tickets, never put aside, last.</summary>
    private static int Formula(double load, double tickets, int minutes)
    {
        PooledQueue[] queues =
        [
            new("calls", [load * Interval.TotalSeconds / CallSeconds], [CallSeconds], Goal),
            new(
                "tickets", [tickets * Interval.TotalMinutes / minutes], [60.0 * minutes], new ImmediateGoal(null, null, MaximumAsa: NextDay.Turnaround),
                priority: 2),
        ];
        return PooledStaffing.Require(queues, Interval, [0], [true]).Pool.Agents[0];
    }

    private static (Estimate Level, double Wait, double InTime) Simulate(double load, double tickets, int minutes, int agents)
    {
        SimulatedQueue[] queues =
        [
            new("calls", [Steady(load * Interval.TotalSeconds / CallSeconds)], Steady(CallSeconds), Goal),
            new("tickets", [Steady(tickets * Interval.TotalMinutes / minutes)], Steady(60 * minutes), NextDay),
        ];
        SimulatedAgent[] people =
        [
            .. Enumerable.Range(0, agents).Select(a => new SimulatedAgent($"agent {a}", [new(0), new(1)], [new(Duration.Zero, Interval * Intervals)])),
        ];
        var report = ServiceSimulator.Simulate(new ServiceScenario(queues, people, Interval), new SimulationOptions(Seed, 20, warmUp: Duration.FromDays(1)));
        return (report.Queues[0].ServiceLevel!.Value, report.Queues[0].AsaSeconds!.Value.Mean, report.Queues[1].Attainment!.Value.Mean);
    }

    private static double[] Steady(double value) => [.. Enumerable.Repeat(value, Intervals)];
}
