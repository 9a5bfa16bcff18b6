using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Benchmarks.Simulation;

/// <summary><c>simulate</c>: a day of five queues, voice and tickets, and prints the service, the speed and the allocation per contact.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents, each with three of the five skills.", DefaultValueFactory = _ => 50 };
        var replications = new Option<int>("--replications") { Description = "Repetitions of the day.", DefaultValueFactory = _ => 500 };
        var seed = new Option<int>("--seed") { Description = "Seed.", DefaultValueFactory = _ => 1 };
        var command = new Command("simulate", "Simulates a day of five queues on one core and prints contacts per second and bytes per contact.")
        {
            agents,
            replications,
            seed,
        };
        command.SetAction(parse =>
        {
            var scenario = Day(parse.GetValue(agents));
            ServiceSimulator.Simulate(scenario, new SimulationOptions(parse.GetValue(seed), 20)); // compiled code, not the compiler, is measured
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            var report = ServiceSimulator.Simulate(scenario, new SimulationOptions(parse.GetValue(seed), parse.GetValue(replications)));
            var seconds = watch.Elapsed.TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine(
                $"{report.Contacts / seconds:N0} contacts/s, {report.Contacts:N0} contacts, {report.Replications} replications, {seconds:0.00} s, "
                    + $"{(double)allocated / report.Contacts:0.000} bytes/contact");
            foreach (var queue in (IEnumerable<QueueService>)[.. report.Queues, report.Total])
                Print(queue);
        });
        return command;
    }

    private static void Print(QueueService queue) =>
        Console.WriteLine(
            $"  {queue.Name,-9} offered {queue.Offered.Mean,7:0.0}  service level {Text(queue.ServiceLevel, 100)} %  ASA {Text(queue.AsaSeconds, 1)} s  "
                + $"abandoned {Text(queue.Abandonment, 100)} %  "
                + $"occupancy {Text(queue.Occupancy, 100)} %  in turnaround {Text(queue.Attainment, 100)} %  breaches {queue.Breaches.Mean:0.0}  left "
                + $"{queue.Left.Mean:0.0}");

    private static string Text(Estimate? figure, double scale) => figure is { } e ? $"{scale * e.Mean,5:0.0} ± {scale * e.HalfWidth,4:0.00}" : "     –      ";

    /// <summary>Three voice and two ticket queues over 96 quarter-hours; eight-hour shifts from every half hour, with three breaks.</summary>
    private static ServiceScenario Day(int agents)
    {
        var scale = agents / 50.0;
        double[] shape = [.. Enumerable.Range(0, 96).Select(i => 1 + Math.Sin(2 * Math.PI * (i - 30) / 96.0))];
        double[] aht = [.. shape.Select(_ => 180.0)];
        var voice = new ImmediateGoal(0.8, Duration.FromSeconds(20), MeanPatience: Duration.FromMinutes(3));
        var tickets = new DeferrableGoal(Duration.FromHours(4), 0.95);
        SimulatedQueue[] queues =
        [
            .. Enumerable.Range(0, 3).Select(q => new SimulatedQueue(
                    $"voice {q}",
                    [
                        [.. shape.Select(s => 14 * scale * s)],
                    ],
                    aht, voice)
                {
                    HandleTime = HandleTime.Lognormal(0.9),
                }),
            .. Enumerable.Range(0, 2).Select(q => new SimulatedQueue(
                    $"tickets {q}",
                    [
                        [.. shape.Select(s => 9 * scale * s)],
                    ],
                    aht, tickets)
                {
                    LegalClock = q == 0,
                    Severity = q + 1,
                }),
        ];
        var team = Enumerable.Range(0, agents).Select(a => new SimulatedAgent(
                $"agent {a}",
                [.. Enumerable.Range(0, 3).Select(k => new AgentSkill((a + k) % 5, 0.9 + 0.1 * (a % 3)))],
                [Shift(a * 32.0 / agents)]));
        return new ServiceScenario(queues, [.. team], Duration.FromMinutes(15), handover: Handover.ReturnDeferrable);
    }

    private static WorkingPeriod Shift(double halfHours)
    {
        var start = Duration.FromMinutes(30 * Math.Floor(halfHours));
        return new WorkingPeriod(start, At(480), [new(At(120), At(135)), new(At(240), At(285)), new(At(380), At(395))]);

        Duration At(double minutes) => start + Duration.FromMinutes(minutes);
    }
}
