using System.CommandLine;
using System.Diagnostics;
using NodaTime;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Benchmarks.Rostering;

/// <summary><c>edits</c>: opens the roster of a made-up hub as a document and prints how long it takes to open it, to check edits of each kind, to find who
/// fits open work, and to say why a shift is there; with <c>--http</c> what the same costs a caller of the server.</summary>
internal static class EditsCommand
{
    internal const int WarmUp = 20;
    private static readonly Duration Longest = Duration.FromHours(3);

    public static Command Create()
    {
        var agents = new Option<int>("--agents") { Description = "Agents of the made-up hub.", DefaultValueFactory = _ => 1_000 };
        var weeks = new Option<int>("--weeks") { Description = "Weeks of the made-up hub.", DefaultValueFactory = _ => 4 };
        var seconds = new Option<double>("--seconds") { Description = "Time limit of the search for the roster.", DefaultValueFactory = _ => 10 };
        var count = new Option<int>("--count") { Description = "Calls of each kind.", DefaultValueFactory = _ => 300 };
        var seats = new Option<int>("--seats") { Description = "Seats of the hub; 0 for no limit." };
        var seed = new Option<int>("--seed") { Description = "Seed of the search and the edits.", DefaultValueFactory = _ => 1 };
        var http = new Option<bool>("--http") { Description = "Over HTTP, of a server in a process of its own, over a published roster of four weeks." };
        var postgres = new Option<string?>("--postgres") { Description = "With --http: PostgreSQL where a database may be made; SQLite without it." };
        var command = new Command("edits", "Times edits of the roster of a made-up hub: opening, checks, who fits, why.")
        {
            agents,
            weeks,
            seconds,
            count,
            seats,
            seed,
            http,
            postgres,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            if (parse.GetValue(http))
            {
                var asked = new HttpEdits(parse.GetValue(agents), parse.GetValue(count), new Random(parse.GetValue(seed)));
                await asked.Run(parse.GetValue(postgres), cancellationToken);
                return;
            }

            var problem = HubProblem.Create(parse.GetValue(agents), 7 * parse.GetValue(weeks), 7);
            var watch = Stopwatch.StartNew();
            var limits = new SolveLimits(parse.GetValue(seed), long.MaxValue, 2)
            {
                Seconds = parse.GetValue(seconds),
                Elapsed = () => watch.Elapsed.TotalSeconds,
            };
            var shifts = new RosterSolver().Solve(problem, limits, cancellationToken: cancellationToken).Shifts;
            if (parse.GetValue(seats) > 0) problem = problem with { Seats = parse.GetValue(seats) };
            Run(problem, shifts, parse.GetValue(count), new Random(parse.GetValue(seed)));
        });
        return command;
    }

    private static void Run(RosterProblem problem, IReadOnlyList<RosterShift> shifts, int count, Random random)
    {
        Console.WriteLine($"edits agents {problem.Agents.Count} days {problem.Days} shifts {shifts.Count} seats {problem.Seats?.ToString() ?? "any"}");
        var document = Open(problem, shifts);
        _ = document.Why(shifts[0].AgentId, shifts[0].Date); // what is found once, when it is first asked for, is told with the opening
        Time("check move", count, () => Check(document, new EditOperation.Move(Any(out var s).AgentId, s.Date, s.Start + Duration.FromMinutes(30))));
        Time("check resize", count, () => Check(document, new EditOperation.Resize(Any(out var s).AgentId, s.Date, null, s.End + Duration.FromMinutes(60))));
        Time("check swap", count, () => Check(document, Swap(Any(out _), Any(out _))));
        Time("fits", Math.Max(20, count / 3), () => document.Fits(Work(Any(out _)), Longest));
        Time("why", count, () => document.Why(Any(out var s).AgentId, s.Date));
        Time("apply", count, () => document.Apply([new DayEdit(Any(out var s).AgentId, s.Date, null)]));

        RosterShift Any(out RosterShift shift) => shift = shifts[random.Next(shifts.Count)];

        OpenWork Work(RosterShift shift)
        {
            var work = shift.Activities.Where(a => a.Group is not null).MaxBy(a => a.End - a.Start)!;
            return new OpenWork(work.Group!, work.Start, work.End);
        }
    }

    private static RosterDocument Open(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var document = new RosterDocument(problem, shifts);
        var opened = watch.Elapsed;
        var work = new OpenWork(problem.Demand[0].Group, problem.Origin + Duration.FromHours(34), problem.Origin + Duration.FromHours(36));
        watch.Restart();
        _ = document.Fits(work, Longest);
        var first = watch.Elapsed;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"opening {opened.TotalSeconds:0.00} s, the first question of who fits {first.TotalSeconds:0.00} s, memory {memory / 1e6:0} MB");
        GC.KeepAlive(document);
        return document;
    }

    private static EditEffect Check(RosterDocument document, EditOperation operation) => document.Check(document.Propose([operation]).Days);

    private static EditOperation.Swap Swap(RosterShift one, RosterShift other) => new(one.AgentId, one.Date, other.AgentId, one.Date);

    private static void Time(string what, int count, Func<object?> call)
    {
        for (var i = 0; i < WarmUp; i++)
        {
            _ = call();
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var watch = Stopwatch.StartNew();
            _ = call();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Console.WriteLine($"{what,-12} {Line(times)}, allocated {bytes / count / 1024} KB");
    }

    /// <summary>Quantiles of times in milliseconds.</summary>
    internal static string Line(double[] times)
    {
        Array.Sort(times);
        return $"p50 {times[times.Length / 2]:0.00} ms, p95 {times[(int)(times.Length * 0.95)]:0.00} ms, max {times[^1]:0.00} ms";
    }
}
