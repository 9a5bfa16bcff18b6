using System.Globalization;
using Wfm.Scheduling.Allocation.Programme;

namespace Wfm.Scheduling.Allocation;

/// <summary>Shares work out over hubs at least cost.</summary>
/// <remarks>
/// A linear programme over lines of work, kinds of people and intervals. It knows hours, shifts, one shift and the rest after it at a time, leave, seats,
/// exposure in a shift and night hours; whatever else binds a person it does not know, and people are fractions: its optimum is a bound for every set of
/// rosters. Parts that share no people, seats or cap are solved apart. The same problem gives the same answer.
/// </remarks>
public static class Allocator
{
    /// <summary>One ten-thousandth of the cost.</summary>
    public const double DefaultGap = 1e-4;

    private const double Noticeable = 0.05; // head-hours

    /// <summary>The best allocation, free in every interval.</summary>
    /// <param name="problem">Work and people.</param>
    /// <param name="gap">Share of the cost, 0 or more, within which the optimum is near enough: the bound of the result says what is left.</param>
    /// <param name="cancellationToken">Looked at at every pivot.</param>
    public static AllocationResult Solve(AllocationProblem problem, double gap = DefaultGap, CancellationToken cancellationToken = default) =>
        Solve(problem, isSplit: false, gap, cancellationToken);

    /// <summary>The best allocation in which each hub has one share of a group's work in every interval.</summary>
    /// <param name="problem">Work and people.</param>
    /// <param name="gap">Share of the cost, 0 or more, within which the optimum is near enough.</param>
    /// <param name="cancellationToken">Looked at at every pivot.</param>
    public static AllocationResult SolveFixedSplit(AllocationProblem problem, double gap = DefaultGap, CancellationToken cancellationToken = default) =>
        Solve(problem, isSplit: true, gap, cancellationToken);

    private static AllocationResult Solve(AllocationProblem problem, bool isSplit, double gap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _ = Problem.Guard.NotNegative(gap, "allocation", nameof(gap));
        var watched = new HashSet<string>(StringComparer.Ordinal);
        var capped = problem.Hubs.Where(h => h.MaximumNightHours is not null).Select(h => h.Code).ToList();
        var known = new Dictionary<string, AllocationOptimum>(StringComparer.Ordinal);
        var effort = new AllocationEffort(0, 0, 0, 0, 0, 0);
        while (true)
        {
            var optima = new List<AllocationOptimum>();
            foreach (var part in AllocationPart.Of(problem, [.. watched.Union(capped, StringComparer.Ordinal)]))
            {
                var seats = part.Hubs.Where(watched.Contains).ToList();
                var key = $"{string.Join(',', part.Lines)}|{string.Join(',', part.Kinds)}|{string.Join(',', seats)}";
                if (!known.TryGetValue(key, out var optimum))
                {
                    var columns = known.Values.SelectMany(o => o.Columns).Where(c => part.Kinds.Contains(c.Kind)).ToList();
                    optimum = new AllocationMaster(problem, part, seats, isSplit, gap, columns).Solve(cancellationToken);
                    known.Add(key, optimum);
                    effort = AllocationEffort.Sum(effort, optimum.Effort);
                }

                optima.Add(optimum);
            }

            var crowded = Crowded(problem, optima).Except(watched, StringComparer.Ordinal).ToList();
            if (crowded.Count == 0) return Result(problem, optima, effort);
            watched.UnionWith(crowded); // seats are seldom short: their rows come when they are
        }
    }

    // Hubs where more people sit than there are seats.
    private static IEnumerable<string> Crowded(AllocationProblem problem, List<AllocationOptimum> optima)
    {
        var taken = problem.Hubs.ToDictionary(h => h.Code, _ => new double[problem.Span.Count], StringComparer.Ordinal);
        foreach (var (column, people) in optima.SelectMany(o => o.Shifts))
        {
            var kind = problem.Kinds[column.Kind];
            var offer = kind.Offers[column.Offer];
            for (var i = 0; i < offer.Intervals.Length; i++)
            {
                taken[kind.Hub][offer.Intervals[i]] += people * offer.OnSite[i];
            }
        }

        return problem.Hubs.Where(h => h.Seats is { } seats && Array.Exists(taken[h.Code], t => t > seats + 1e-3)).Select(h => h.Code);
    }

    private static AllocationResult Result(AllocationProblem problem, List<AllocationOptimum> optima, AllocationEffort effort)
    {
        var count = problem.Span.Count;
        var heads = new SortedDictionary<(string Hub, int Line), double[]>();
        var shifts = new Dictionary<(int Kind, int Offer), double>();
        foreach (var (column, people) in optima.SelectMany(o => o.Shifts))
        {
            shifts[(column.Kind, column.Offer)] = shifts.GetValueOrDefault((column.Kind, column.Offer)) + people;
            foreach (var (line, interval, share) in column.Work)
            {
                var key = (problem.Kinds[column.Kind].Hub, line);
                if (!heads.TryGetValue(key, out var curve)) heads.Add(key, curve = new double[count]);
                curve[interval] += people * share;
            }
        }

        var missing = Sum(optima.SelectMany(o => o.Missing).Select(m => (problem.Lines[m.Line].Name, m.Interval, m.Heads)), count);
        var presence = Sum(optima.SelectMany(o => o.MissingPresence), count);
        var result = new AllocationResult(
            optima.Sum(o => o.Cost), optima.Sum(o => o.Bound),
            [
                .. shifts.OrderBy(s => s.Key).Select(s =>
                    new AllocatedShift(problem.Kinds[s.Key.Kind], problem.Kinds[s.Key.Kind].Offers[s.Key.Offer], s.Value)),
            ],
            [.. heads.Select(h => new AllocatedHeads(h.Key.Hub, problem.Lines[h.Key.Line].Name, h.Value))], missing, presence, Prices(problem, optima),
            [.. optima.SelectMany(o => o.Shares).OrderBy(s => s.Group, StringComparer.Ordinal).ThenBy(s => s.Hub, StringComparer.Ordinal)], [], effort);
        return result with { Findings = [.. Findings(problem, result)] };
    }

    private static List<MissingHeads> Sum(IEnumerable<(string Name, int Interval, double Heads)> missing, int count)
    {
        var sums = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (name, interval, heads) in missing)
        {
            if (!sums.TryGetValue(name, out var curve)) sums.Add(name, curve = new double[count]);
            curve[interval] += heads;
        }

        return [.. sums.Select(s => new MissingHeads(s.Key, s.Value))];
    }

    private static List<HeadPrices> Prices(AllocationProblem problem, List<AllocationOptimum> optima)
    {
        var prices = new List<HeadPrices>();
        foreach (var optimum in optima)
        {
            foreach (var lines in optimum.Rows.Cells.GroupBy(c => c.Key.Line))
            {
                var needed = new double[problem.Span.Count];
                foreach (var (_, first) in lines)
                {
                    for (var t = 0; t < needed.Length; t++)
                    {
                        needed[t] = Math.Max(needed[t], optimum.Duals[first + t] / problem.Span.Interval.TotalHours);
                    }
                }

                prices.Add(new HeadPrices(problem.Lines[lines.Key].Name, needed, HubPrices(problem, optimum, lines.Key)));
            }
        }

        return [.. prices.OrderBy(p => p.Line, StringComparer.Ordinal)];
    }

    private static List<HubPrices> HubPrices(AllocationProblem problem, AllocationOptimum optimum, int line)
    {
        var asked = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var (i, kind) in optimum.Rows.Part.Kinds.Index())
        {
            if (!AllocationPart.Serves(problem.Kinds[kind], problem.Lines[line])) continue;
            var prices = optimum.Pricings[i].Asked(line, optimum.Duals);
            asked[problem.Kinds[kind].Hub] = asked.TryGetValue(problem.Kinds[kind].Hub, out var known)
                ? [.. known.Zip(prices, Math.Min)]
                : prices;
        }

        return [.. asked.Select(a => new HubPrices(a.Key, [.. a.Value.Select(p => double.IsInfinity(p) ? double.NaN : p)]))];
    }

    private static IEnumerable<string> Findings(AllocationProblem problem, AllocationResult result)
    {
        var hours = problem.Span.Interval.TotalHours;
        foreach (var line in problem.Lines.Where(l => l.Heads.Sum() > 0))
        {
            var missing = result.Missing.FirstOrDefault(m => m.Name == line.Name)?.Heads.Sum() * hours ?? 0;
            var price = missing * line.BreachPrice;
            if (!problem.Kinds.Any(k => AllocationPart.Serves(k, line)))
            {
                yield return (line.Hub is null ? $"No hub has anybody who knows '{line.Group}'" : $"Hub '{line.Hub}' has nobody who knows '{line.Group}'")
                    + Text($": all {missing:0.0} head-hours of '{line.Name}' are missing, at a price of {price:0}.");
            }
            else if (missing > Noticeable)
            {
                yield return Text($"{missing:0.0} of {line.Heads.Sum() * hours:0.0} head-hours of '{line.Name}' are missing, at a price of {price:0}.");
            }
        }

        foreach (var group in result.MissingPresence.Where(g => g.Heads.Sum() * hours > Noticeable))
        {
            yield return Text($"{group.Heads.Sum() * hours:0.0} head-hours are missing for the least presence of '{group.Name}'.");
        }

        foreach (var (name, cap, worked) in Caps(problem, result))
        {
            if (worked < cap - Noticeable) continue;
            var missing = result.Missing.Concat(result.MissingPresence).Sum(m => m.Heads.Sum()) * hours;
            yield return Text($"The cap of {cap:0.0} night hours {name} is used up")
                + (missing > Noticeable ? Text($", and {missing:0.0} head-hours are missing in all; a higher cap or more people by day would mend it.") : ".");
        }
    }

    private static IEnumerable<(string Name, double Cap, double Worked)> Caps(AllocationProblem problem, AllocationResult result)
    {
        foreach (var hub in problem.Hubs)
        {
            if (hub.MaximumNightHours is { } cap)
                yield return ($"of hub '{hub.Code}'", cap, result.Shifts.Where(s => s.Kind.Hub == hub.Code).Sum(s => s.People * s.Offer.NightHours));
        }

        if (problem.MaximumNightHours is { } all) yield return ("of all hubs", all, result.NightHours);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
