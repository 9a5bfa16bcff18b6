using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Benchmarks.Staffing;

/// <summary>
/// The requirement of one queue with a turnaround, over clock × load × handle time, with the same load at every hour and with one that swings by 60 % over the
/// day, against the simulator: what the heads deliver, and how much fewer deliver the promise too.
/// </summary>
internal static class ClockStudy
{
    private static readonly int[] Clocks = [10, 15, 30, 60, 120, 240, 480, 1440]; // minutes
    private static readonly double[] Loads = [1.3, 4.6, 18.4]; // erlangs
    private static readonly int[] HandleTimes = [150, 600, 1800]; // seconds
    private static readonly double[] Swings = [0, 0.6];
    private const int Replications = 10;
    private const double Contacts = 60_000; // a replication, about
    private static readonly Duration Interval = Duration.FromMinutes(30);

    public static void Run(double promise, int seed)
    {
        Console.WriteLine(
            $"{promise:P0} within the clock, intervals of {Interval.TotalMinutes:0} min, {Replications} replications, seed {seed}, no shrinkage; "
                + "heads whole in every interval.");
        Console.WriteLine(
            "staffed: the promise, or 99 % of what unlimited staff does in time; required: real agents; "
                + "smallest: heads the simulator accepts (all × a factor, in steps of 2 %)");
        Console.WriteLine(
            $"{"clock",6}{"load",6}{"AHT",7}{"swing",7}{"staffed",9}{"required",10}{"heads",8}{"simulated",17}{"smallest",10}{"more",7}{"most heads more",17}");
        var (under, over, binding, required, smallest, count, extra) = (0.0, 0.0, 0, 0.0, 0.0, 0, 0);
        foreach (var minutes in Clocks)
        {
            var cells = from load in Loads from aht in HandleTimes from swing in Swings select (load, aht, swing);
            foreach (var (load, aht, swing) in cells)
            {
                if (60 * minutes < aht) continue; // nothing keeps half of a promise that handling alone breaks
                var cell = new Cell(minutes, load, aht, swing, promise, seed);
                var (service, least, most) = (cell.Service(cell.Heads), cell.Smallest(), 0);
                for (var i = 0; i < least.Length; i++) most = Math.Max(most, cell.Heads[i] - least[i]);
                Console.WriteLine(
                    $"{minutes,6}{load,6:0.0}{aht,7}{swing,7:P0}{cell.Staffed,9:P1}{cell.Agents.Average(),10:0.00}{cell.Heads.Average(),8:0.00}"
                        + $"{service.Mean,10:P1} ±{service.HalfWidth,5:P1}{least.Average(),10:0.00}{cell.Heads.Average() / least.Average() - 1,7:P0}{most,17}");
                under = Math.Max(under, cell.Staffed - service.Mean);
                if (least.SequenceEqual(cell.Heads)) (binding, over) = (binding + 1, Math.Max(over, service.Mean - cell.Staffed));
                (required, smallest) = (required + cell.Heads.Sum(), smallest + least.Sum());
                (count, extra) = (count + 1, extra + (most > 1 ? 1 : 0));
            }
        }

        Console.WriteLine(
            $"{count} cells: never under by more than {100 * under:0.0} points; {binding} in which no head can be spared, there over by at most "
                + $"{100 * over:0.0} points; head-hours {100 * (required / smallest - 1):0.0} % above the smallest in sum; "
                + $"more than one head above it in {extra} cells");
    }

    private sealed class Cell
    {
        private readonly double[] _volume;
        private readonly double[] _aht;
        private readonly DeferrableGoal _goal;
        private readonly int _seed;

        public Cell(int minutes, double load, double aht, double swing, double promise, int seed)
        {
            _seed = seed;
            var days = (int)Math.Clamp(Contacts * aht / (load * 86_400), 8, 42);
            var intervals = 48 * days;
            _volume = [.. Enumerable.Range(0, intervals).Select(i => load * (1 + (swing * Math.Sin(2 * Math.PI * i / 48))) * 1800 / aht)];
            _aht = [.. _volume.Select(_ => aht)];
            _goal = new DeferrableGoal(Duration.FromMinutes(minutes), promise);
            Staffed = ShortClock.StaffedShare(promise, aht, 60.0 * minutes);
            var work = new DeferrableWork([_volume], _aht, Interval, _goal, [.. _volume.Select(_ => 0.0)], [.. _volume.Select(_ => true)]);
            Agents = GroupStaffing.Require([new("queue", work)], 0.5)[0].Waterfall.Agents();
            Heads = Whole(1);
        }

        public double Staffed { get; }

        public double[] Agents { get; }

        public int[] Heads { get; }

        public int[] Smallest()
        {
            var least = Heads;
            for (var factor = 0.98; factor > 0.5; factor -= 0.02)
            {
                var fewer = Whole(factor);
                if (fewer.SequenceEqual(least)) continue;
                if (Service(fewer).Mean < Staffed) break;
                least = fewer;
            }

            return least;
        }

        public Estimate Service(int[] heads)
        {
            var people = Enumerable.Range(0, heads.Max()).Select(a => new SimulatedAgent($"agent {a}", [new(0)], [.. Periods(heads, a)])).ToArray();
            var scenario = new ServiceScenario([new SimulatedQueue("queue", [_volume], _aht, _goal)], people, Interval, handover: Handover.ReturnDeferrable);
            return ServiceSimulator.Simulate(scenario, new SimulationOptions(_seed, Replications, warmUp: Duration.FromDays(2))).Queues[0].Attainment!.Value;
        }

        private int[] Whole(double factor) => [.. Agents.Select(a => (int)Math.Ceiling((a * factor) - 1e-9))];

        private static IEnumerable<WorkingPeriod> Periods(int[] heads, int agent)
        {
            for (var i = 0; i < heads.Length; i++)
            {
                if (heads[i] <= agent) continue;
                var start = i;
                while (i < heads.Length && heads[i] > agent) i++;
                yield return new WorkingPeriod(start * Interval, i * Interval);
            }
        }
    }
}
