namespace Wfm.Scheduling.Allocation;

/// <summary>How likely an allocation is too little, from the requirement at several risk levels.</summary>
/// <remarks>
/// A line of work is short in an interval at a level when the heads given to it are fewer than the level needs, or, for work that may wait, when the heads
/// given so far have not done by its end what is due by then. Between two levels the shortfall is taken to change in a straight line; below the lowest
/// level the probability goes on to 1 at no heads at all, above the highest it is what that level leaves.
/// </remarks>
public static class BreachProbability
{
    private const double Least = 1e-3; // of a head: less is none

    /// <summary>Probability of a breach by line and interval.</summary>
    /// <param name="span">The intervals.</param>
    /// <param name="levels">Risk levels in (0, 1), ascending, with the lines of work required at each.</param>
    /// <param name="result">The allocation.</param>
    /// <returns>One curve for each line of the first level; 0 where nothing is needed.</returns>
    public static IReadOnlyList<LineBreach> Of(
        AllocationSpan span, IReadOnlyList<(double Level, IReadOnlyList<AllocationLine> Lines)> levels, AllocationResult result)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(result);
        var given = result.Heads.GroupBy(h => h.Line, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Sum(g.Select(h => h.Heads), span.Count), StringComparer.Ordinal);
        var names = levels.SelectMany(l => l.Lines.Select(line => line.Name)).Distinct(StringComparer.Ordinal);
        return
        [
            .. names.Order(StringComparer.Ordinal).Select(name => Of(
                name, [.. levels.Select(l => (l.Level, l.Lines.FirstOrDefault(line => line.Name == name)))],
                given.GetValueOrDefault(name) ?? new double[span.Count])),
        ];
    }

    /// <summary>The mean over lines and intervals, by the heads needed.</summary>
    /// <param name="breaches">Lines.</param>
    /// <returns>A probability; 0 when nothing is needed.</returns>
    public static double Mean(IReadOnlyList<LineBreach> breaches)
    {
        ArgumentNullException.ThrowIfNull(breaches);
        var needed = breaches.Sum(b => b.Needed.Sum());
        return needed == 0 ? 0 : breaches.Sum(b => b.Probability.Zip(b.Needed, (p, n) => p * n).Sum()) / needed;
    }

    private static LineBreach Of(string name, IReadOnlyList<(double Level, AllocationLine? Line)> levels, double[] given)
    {
        var known = levels.Where(l => l.Line is not null).Select(l => (l.Level, Shortfall: Shortfall(l.Line!, given), Need: l.Line!)).ToList();
        var (probability, needed) = (new double[given.Length], new double[given.Length]);
        for (var t = 0; t < given.Length; t++)
        {
            needed[t] = known.Max(s => s.Need.Heads[t]);
            probability[t] = At([.. known.Select(s => (s.Level, s.Shortfall[t]))], given[t]);
        }

        return new LineBreach(name, probability, needed);
    }

    private static double At((double Level, double Shortfall)[] levels, double given)
    {
        var first = Array.FindIndex(levels, l => l.Shortfall > Least);
        if (first < 0) return Array.TrueForAll(levels, l => l.Shortfall < -1e9) ? 0 : 1 - levels[^1].Level;
        var (level, shortfall) = levels[first];
        var (before, spare) = first == 0 ? (0, given) : (levels[first - 1].Level, -levels[first - 1].Shortfall);
        return 1 - (before + ((level - before) * Math.Max(0, spare) / Math.Max(Least, Math.Max(0, spare) + shortfall)));
    }

    // Heads missing, or heads × intervals behind what is due; below −1e9 where nothing is asked.
    private static double[] Shortfall(AllocationLine line, double[] given)
    {
        var shortfall = new double[given.Length];
        var (arrived, done) = (0.0, 0.0);
        for (var t = 0; t < given.Length; t++)
        {
            arrived += line.Heads[t];
            done = Math.Min(arrived, done + given[t]);
            var due = line.MayWait is { } waiting ? arrived - waiting[t] : 0;
            shortfall[t] = line.MayWait is null ? (line.Heads[t] > 0 ? line.Heads[t] - given[t] : double.MinValue)
                : due > 1e-9 ? due - done : double.MinValue;
        }

        return shortfall;
    }

    private static double[] Sum(IEnumerable<double[]> curves, int count)
    {
        var sum = new double[count];
        foreach (var curve in curves)
        {
            for (var t = 0; t < count; t++)
            {
                sum[t] += curve[t];
            }
        }

        return sum;
    }
}

/// <summary>Breaches of a line of work.</summary>
/// <param name="Line">Its name.</param>
/// <param name="Probability">In each interval.</param>
/// <param name="Needed">Heads that the highest level needs in each interval.</param>
public sealed record LineBreach(string Line, double[] Probability, double[] Needed);
