using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Benchmarks.Floor;

/// <summary>The projection of half a day without a store: three queues of calls and three of tickets, each person serving two groups in turn.</summary>
internal static class ProjectionAlone
{
    private const int Queues = 6;
    private const int Intervals = 12 * 12; // noon to midnight in five minutes
    private static readonly Duration Interval = Duration.FromMinutes(5);

    public static void Run(int agents, int count, int seed)
    {
        var random = new Random(seed);
        var work = new FloorWork([.. Enumerable.Range(0, Queues).Select(q => Queue(q, agents, random))], Interval, Duration.Zero, 0.08, 0.12);
        List<RosteredPerson> people = [.. Enumerable.Range(0, agents).Select(i => Person(i, random))];
        var (fresh, changed) = (new double[count], new double[count]);
        for (var i = -2; i < count; i++) // two to warm up
        {
            var watch = Stopwatch.StartNew();
            var projection = Projection.Of(work, people, new ProjectionRule(seed + i));
            var first = watch.Elapsed.TotalMilliseconds;
            watch.Restart();
            var longer = people[random.Next(agents)];
            projection.With([.. people.Select(p => p == longer ? Longer(p) : p)]);
            if (i < 0) continue;
            (fresh[i], changed[i]) = (first, watch.Elapsed.TotalMilliseconds);
            if (i == 0)
            {
                Console.WriteLine(
                    $"projection agents {agents} queues {Queues} contacts {projection.Contacts:N0} replications "
                        + string.Join(' ', projection.Queues.Select(q => $"{q.Replications} {q.Stop}".ToLowerInvariant())));
            }
        }

        Console.WriteLine($"projection   {TodayCommand.Line(fresh)}");
        Console.WriteLine($"one changed  {TodayCommand.Line(changed)}");
    }

    private static FloorQueue Queue(int q, int agents, Random random)
    {
        var (live, aht) = (q < 3, q < 3 ? 300.0 : 420.0);
        var heads = agents * 0.62 / Queues * (live ? 0.85 : 0.95);
        double[][] paths =
        [
            .. Enumerable.Range(0, 120).Select(_ =>
            {
                var day = 0.9 + (0.2 * random.NextDouble());
                double Level(int i) => day * heads * 300 / aht * (1.2 - (0.9 * i / Intervals));
                return Enumerable.Range(0, Intervals).Select(i => Math.Round(Level(i) * (0.8 + (0.4 * random.NextDouble())))).ToArray();
            }),
        ];
        double[] handle = [.. Enumerable.Repeat(aht, Intervals)];
        var queue = live
            ? new SimulatedQueue($"calls{q}", paths, handle, new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Duration.FromMinutes(3)))
            : new SimulatedQueue($"tickets{q}", paths, handle, new DeferrableGoal(Duration.FromHours(4), 0.95))
            {
                OpeningBacklog = [new OpenContacts((int)(heads * 8), Duration.Zero, Duration.FromHours(2))],
            };
        return new FloorQueue(queue with { Arrivals = ArrivalPattern.Counted }, $"g{q}", Duration.Zero, new CountedService(1000, 850, 960));
    }

    private static RosteredPerson Person(int i, Random random)
    {
        var start = Duration.FromMinutes(30 * (random.Next(20) - 14));
        return new RosteredPerson(
            $"p{i:0000}", [new Scheduling.Problem.AgentSkill($"g{i % Queues}", 1)],
            [new WorkingPeriod(start, start + Duration.FromHours(8.5), [new Stretch(start + Duration.FromHours(4), start + Duration.FromHours(4.5))])]);
    }

    private static RosteredPerson Longer(RosteredPerson person) =>
        person with { Periods = [person.Periods[0] with { End = person.Periods[0].End + Duration.FromHours(1) }] };
}
