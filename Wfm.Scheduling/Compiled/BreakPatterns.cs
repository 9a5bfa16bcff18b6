using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>A break placed in a shift, in elapsed minutes after the start of the shift.</summary>
internal readonly record struct BreakPlacement(short From, short Length, string Kind)
{
    /// <summary>A meal, a rest break or the gap of a split shift, as against wellness time, training and whatever else is no work on a group.</summary>
    public bool IsRest => Kind is ActivityKinds.Meal or ActivityKinds.Break or ActivityKinds.Gap;

    /// <summary>Whether it is working time; false where that is not known.</summary>
    public bool IsPaid { get; init; }

    /// <summary>The same break at the same place, paid or not.</summary>
    public bool Equals(BreakPlacement other) => (From, Length, Kind) == (other.From, other.Length, other.Kind);

    public override int GetHashCode() => HashCode.Combine(From, Length, Kind);
}

/// <summary>Every way to place the breaks of a template, thinned evenly where there are too many to try.</summary>
internal static class BreakPatterns
{
    /// <summary>Enough for two breaks and a meal to be staggered finely; more only slows the search.</summary>
    private const int Most = 192;

    /// <summary>Placements on a grid, in order of time, without overlap and inside the shift.</summary>
    /// <param name="template">The template.</param>
    /// <param name="minutes">Elapsed length of the shift. In one that a clock change has made shorter, breaks that would begin too late come earlier by
    /// as much.</param>
    /// <param name="gridMinutes">Distance of the places.</param>
    /// <returns>Empty when the breaks do not fit.</returns>
    public static BreakPlacement[][] Of(ShiftTemplate template, int minutes, int gridMinutes)
    {
        var missing = Math.Max(0, (int)template.Length.TotalMinutes - minutes);
        var rules = template.Breaks.Select(b => Window.Of(b, minutes, missing)).OrderBy(w => w.From).ThenBy(w => w.To).ToArray();
        var starts = rules.Select(r => Starts(r, gridMinutes)).ToArray();
        while (starts.Aggregate(1.0, (n, s) => n * s.Length) > 100_000)
        {
            var longest = starts.MaxBy(s => s.Length)!;
            starts[Array.IndexOf(starts, longest)] = [.. longest.Where((_, i) => i % 2 == 0)];
        }

        var all = new List<BreakPlacement[]>();
        Place(rules, starts, minutes, 0, new BreakPlacement[rules.Length], all);
        return all.Count <= Most ? [.. all] : [.. Enumerable.Range(0, Most).Select(i => all[(int)((long)i * (all.Count - 1) / (Most - 1))])];
    }

    private static int[] Starts(Window rule, int grid) => [.. Enumerable.Range(0, ((rule.To - rule.From) / grid) + 1).Select(i => rule.From + (i * grid))];

    private static void Place(Window[] rules, int[][] starts, int length, int index, BreakPlacement[] placed, List<BreakPlacement[]> all)
    {
        if (index == rules.Length)
        {
            all.Add([.. placed.OrderBy(p => p.From)]);
            return;
        }

        foreach (var start in starts[index])
        {
            var end = start + rules[index].Length;
            if (end > length || placed.Take(index).Any(p => start < p.From + p.Length && p.From < end)) continue;
            placed[index] = new BreakPlacement((short)start, (short)(end - start), rules[index].Kind) { IsPaid = rules[index].IsPaid };
            Place(rules, starts, length, index + 1, placed, all);
        }
    }

    // A break, and the minutes after the start of the shift between which it begins.
    private sealed record Window(string Kind, bool IsPaid, int Length, int From, int To)
    {
        public static Window Of(BreakRule rule, int minutes, int missing)
        {
            var (length, from, to) = ((int)rule.Length.TotalMinutes, (int)rule.EarliestAfterStart.TotalMinutes, (int)rule.LatestAfterStart.TotalMinutes);
            return to + length <= minutes ? new Window(rule.Kind, rule.Paid, length, from, to)
                : new Window(rule.Kind, rule.Paid, length, Math.Max(0, from - missing), Math.Max(0, to - missing));
        }
    }
}
