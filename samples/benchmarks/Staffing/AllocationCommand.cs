using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Constraints;

namespace Wfm.Benchmarks.Staffing;

/// <summary><c>allocation</c>: the sample operation's next week, each hub its own work, at the best fixed split and shared freely: hours, nights, cost,
/// breach, bound.</summary>
internal static class AllocationCommand
{
    private static readonly double[] Levels = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
    private static readonly string[] ShownGroups = ["live-en", "policy-en"];

    public static Command Create()
    {
        var minutes = new Option<int>("--interval") { Description = "Minutes of an interval of the programme.", DefaultValueFactory = _ => 240 };
        var level = new Option<double>("--risk-level") { Description = "Probability that the heads are enough.", DefaultValueFactory = _ => 0.8 };
        var price = new Option<double>("--breach-price")
        {
            Description = "Price of an hour of a missing head of priority 5.",
            DefaultValueFactory = _ => 200,
        };
        var gap = new Option<double>("--gap")
        {
            Description = "Share of the cost within which the optimum is near enough.",
            DefaultValueFactory = _ => Allocator.DefaultGap,
        };
        var command = new Command("allocation", "Shares the sample operation's week out over its hubs and prints it beside the best fixed split.")
        {
            minutes,
            level,
            price,
            gap,
        };
        command.SetAction(parse => Run(Duration.FromMinutes(parse.GetValue(minutes)), parse.GetValue(level), parse.GetValue(price), parse.GetValue(gap)));
        return command;
    }

    private static void Run(Duration interval, double level, double price, double gap)
    {
        var watch = Stopwatch.StartNew();
        var sample = new SampleAllocation(interval, price, ConstraintCatalog.Known);
        double[] levels = [.. Levels.Append(level).Distinct().Order()];
        var global = sample.Lines(levels, isGlobal: true);
        var own = sample.Lines(levels, isGlobal: false);
        Console.WriteLine(
            Text($"{sample.Kinds.Count} kinds of {sample.Kinds.Sum(k => k.Heads)} people, {global[0].Count} lines of work, {sample.Span.Count} intervals, ")
            + Text($"read and staffed in {watch.Elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine(
            "                paid h  night h  weekend h      pay  missing h  breach      cost     bound   gap   time  rows columns rounds pivots factors");
        Solve("own work", own, Allocator.Solve);
        var split = Solve("fixed split", global, Allocator.SolveFixedSplit);
        var free = Solve("allocation", global, Allocator.Solve);
        ByGroup(sample, split, free);
        foreach (var group in ShownGroups)
        {
            Prices(sample, free, group);
        }

        foreach (var finding in free.Findings)
        {
            Console.WriteLine(finding);
        }

        AllocationResult Solve(
            string name, IReadOnlyList<IReadOnlyList<AllocationLine>> lines, Func<AllocationProblem, double, CancellationToken, AllocationResult> solve)
        {
            watch.Restart();
            var result = solve(sample.Problem(lines[Array.IndexOf(levels, level)]), gap, CancellationToken.None);
            var seconds = watch.Elapsed.TotalSeconds;
            var breach = BreachProbability.Mean(BreachProbability.Of(sample.Span, [.. levels.Zip(lines)], result));
            var missing = result.Missing.Concat(result.MissingPresence).Sum(m => m.Heads.Sum()) * interval.TotalHours;
            var effort = result.Effort;
            Console.WriteLine(
                Text($"{name,-12}{result.PaidHours,10:0}{result.NightHours,9:0}{result.WeekendHours,11:0}{result.Pay,9:0}{missing,11:0.0}{breach,8:0.000}")
                + Text($"{result.Cost,10:0}{result.Bound,10:0}{(result.Cost - result.Bound) / result.Bound,8:0.0E0}{seconds,6:0.0}s")
                + Text($"{effort.Rows,6}{effort.Columns,8}{effort.Rounds,7}{effort.Pivots,7}{effort.Refactorizations,8}"));
            return result;
        }
    }

    private static void ByGroup(SampleAllocation sample, AllocationResult split, AllocationResult free)
    {
        Console.WriteLine("group          language  head-hours by hub: allocation; fixed split");
        var groups = sample.Problem(sample.Lines([0.5], isGlobal: true)[0]).Lines.ToDictionary(l => l.Name, l => l.Group, StringComparer.Ordinal);
        foreach (var group in groups.Values.Distinct().Order(StringComparer.Ordinal))
        {
            Console.WriteLine(Text($"{group,-15}{string.Join('/', sample.Languages(group)),-10}{Hubs(free)}; {Hubs(split)}"));

            string Hubs(AllocationResult result) => string.Join(", ", result.Heads.Where(h => groups[h.Line] == group).GroupBy(h => h.Hub).Select(h => Text(
                $"{h.Key} {h.Sum(l => l.Heads.Sum()) * sample.Span.Interval.TotalHours:0}")));
        }
    }

    private static void Prices(SampleAllocation sample, AllocationResult result, string group)
    {
        Console.WriteLine($"{group}: price of one more head for an hour on Wednesday by UTC hour, and what each hub asks");
        var prices = result.Prices.First(p => p.Line == group || p.Line.StartsWith(group + ":", StringComparison.Ordinal));
        for (var t = 0; t < sample.Span.Count; t++)
        {
            var at = (sample.Span.Start + (sample.Span.Interval * t)).InUtc();
            if (at.DayOfWeek != IsoDayOfWeek.Wednesday) continue;
            var asked = string.Join("  ", prices.Hubs.Select(h => Text($"{h.Hub} {h.Asked[t]:0.0}")));
            Console.WriteLine(Text($"  {at.Hour:00}:{at.Minute:00} {prices.Needed[t],7:0.0}  {asked}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
