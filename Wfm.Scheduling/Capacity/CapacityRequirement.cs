using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>FTE needed per week, with its uncertainty as sample paths.</summary>
/// <remarks>
/// Required FTE = volume × AHT ÷ (occupancy × (1 − shrinkage) × weekly hours). Leave that the plan carries week by week
/// (<see cref="CapacityScenario.LeaveShare"/>) must not be in the shrinkage as well.
/// </remarks>
public sealed class CapacityRequirement
{
    private const int QuantilePaths = 200;

    private CapacityRequirement(double[][] ftePaths) => FtePaths = ftePaths;

    /// <summary>Required FTE, [path][week].</summary>
    public double[][] FtePaths { get; }

    /// <summary>Weeks of the plan.</summary>
    public int Weeks => FtePaths[0].Length;

    /// <summary>Mean over the paths, per week.</summary>
    /// <returns>Required FTE.</returns>
    public double[] Expected() => [.. Enumerable.Range(0, Weeks).Select(w => FtePaths.Average(path => path[w]))];

    /// <summary>A requirement known as FTE.</summary>
    /// <param name="ftePaths">Required FTE, [path][week], at least one path, 1 to 104 weeks, finite, 0 or more; one path is a certain requirement.</param>
    /// <returns>A requirement.</returns>
    /// <exception cref="ArgumentException">Paths of unequal length or a value outside its range; the parameter's name carries the index.</exception>
    public static CapacityRequirement OfFte(double[][] ftePaths) => new([.. Checked(ftePaths, nameof(ftePaths)).Select(path => (double[])path.Clone())]);

    /// <summary>A requirement known by its quantiles, straight between them and flat outside.</summary>
    /// <param name="levels">Levels of the quantiles, inside (0, 1), rising.</param>
    /// <param name="fteQuantiles">Required FTE, [level][week], 1 to 104 weeks, finite, 0 or more, not falling with the level.</param>
    /// <returns>A requirement whose paths are high or low in all weeks together; each week by itself follows its quantiles, which is all the plan's weekly
    /// probabilities need.</returns>
    /// <exception cref="ArgumentException">Unequal lengths or a value outside its range or order; the parameter's name carries the index.</exception>
    public static CapacityRequirement OfQuantiles(double[] levels, double[][] fteQuantiles)
    {
        Checked(fteQuantiles, nameof(fteQuantiles));
        Guard.OfLength(levels, fteQuantiles.Length, nameof(levels));
        for (var k = 0; k < levels.Length; k++)
        {
            Guard.InsideUnit(levels[k], $"{nameof(levels)}[{k}]");
            if (k == 0) continue;
            if (levels[k] <= levels[k - 1])
                throw Guard.OutOfRange($"{nameof(levels)}[{k}]", levels[k], $"it must be more than the level before it, {levels[k - 1]}");
            for (var w = 0; w < fteQuantiles[k].Length; w++)
            {
                if (fteQuantiles[k][w] < fteQuantiles[k - 1][w])
                {
                    throw Guard.OutOfRange(
                        $"{nameof(fteQuantiles)}[{k}][{w}]", fteQuantiles[k][w], $"it must not be below the lower quantile, {fteQuantiles[k - 1][w]}");
                }
            }
        }
        return new CapacityRequirement([.. Enumerable.Range(0, QuantilePaths).Select(p => PathAt((p + 0.5) / QuantilePaths, levels, fteQuantiles))]);
    }

    private static double[] PathAt(double level, double[] levels, double[][] quantiles)
    {
        var above = Array.FindIndex(levels, l => l >= level);
        if (above == 0) return (double[])quantiles[0].Clone();
        if (above < 0) return (double[])quantiles[^1].Clone();
        var share = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return [.. quantiles[above].Zip(quantiles[above - 1], (high, low) => low + share * (high - low))];
    }

    private static double[][] Checked(double[][] paths, string name)
    {
        Guard.Paths(paths, name, Guard.EachNonNegative);
        if (paths[0].Length <= CapacityGuard.LongestHorizon) return paths;
        throw Guard.OutOfRange(name, paths[0].Length, $"a capacity plan has at most {CapacityGuard.LongestHorizon} weeks");
    }
}
