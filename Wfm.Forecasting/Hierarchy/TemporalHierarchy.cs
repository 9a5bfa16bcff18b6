namespace Wfm.Forecasting.Hierarchy;

/// <summary>Makes forecasts of one series on several grids agree: intervals add up to hours, hours to days, days to weeks.</summary>
/// <remarks>
/// Minimum trace with a diagonal covariance, solved on the tree in linear time: upwards each period combines its own forecast with the sum of
/// its parts, each weighted by the inverse of its variance; downwards what a period gained or lost is shared out among its parts in proportion to their
/// variance. Parts whose variance is in proportion to their mean are so multiplied by one factor: closed stays closed, nothing turns negative.
/// Source: Athanasopoulos, Hyndman, Kourentzes &amp; Petropoulos, “Forecasting with temporal hierarchies”, <i>European Journal of Operational
/// Research</i> 262 (2017); equal to <see cref="MinimumTrace"/> with <see cref="ErrorCovariance.Diagonal"/>, as the tests show.
/// </remarks>
public static class TemporalHierarchy
{
    /// <summary>Reconciles the levels.</summary>
    /// <param name="levels">Finest first, at least one; each level's parents index the next.</param>
    /// <returns>Values per level and period. A period with parts is exactly their sum; one without keeps its own forecast.</returns>
    /// <exception cref="ArgumentException">Arrays of unequal length, a parent that does not exist, a mean that is not finite or a negative
    /// variance.</exception>
    public static double[][] Reconcile(IReadOnlyList<TemporalLevel> levels)
    {
        Check(levels);
        var (estimates, variances) = (levels.Select(l => l.Mean.ToArray()).ToArray(), levels.Select(l => l.Variance.ToArray()).ToArray());
        var (sums, spreads) = (new double[levels.Count][], new double[levels.Count][]); // of the parts, by period of the coarser level
        for (var l = 1; l < levels.Count; l++)
        {
            var whole = Gather(levels[l - 1], estimates[l - 1], variances[l - 1], estimates[l].Length, out sums[l], out spreads[l]);
            for (var j = 0; j < whole.Length; j++)
            {
                if (whole[j])
                {
                    (estimates[l][j], variances[l][j]) = Combine(sums[l][j], spreads[l][j], estimates[l][j], variances[l][j]);
                }
            }
        }

        var nonNegative = levels.All(l => Array.TrueForAll(l.Mean, m => m >= 0));
        for (var l = levels.Count - 1; l > 0; l--)
        {
            ShareOut(levels[l - 1].Parents, estimates[l - 1], variances[l - 1], estimates[l], sums[l], spreads[l], nonNegative);
        }

        for (var l = 1; l < levels.Count; l++)
        {
            AddUp(levels[l - 1].Parents, estimates[l - 1], estimates[l]); // rounding must not break a sum
        }

        return estimates;
    }

    private static (double Estimate, double Variance) Combine(double sum, double spread, double own, double variance)
    {
        if (spread == 0 || double.IsPositiveInfinity(variance))
        {
            return (sum, spread);
        }

        var gain = spread / (spread + variance);
        return (sum + (gain * (own - sum)), (1 - gain) * spread);
    }

    private static bool[] Gather(TemporalLevel level, double[] estimates, double[] variances, int count, out double[] sums, out double[] spreads)
    {
        var whole = new bool[count];
        (sums, spreads) = (new double[count], new double[count]);
        for (var i = 0; i < estimates.Length; i++)
        {
            if (level.Parents[i] is var parent and >= 0)
            {
                whole[parent] = true;
                sums[parent] += estimates[i];
                spreads[parent] += variances[i];
            }
        }

        return whole;
    }

    private static void ShareOut(
        int[] parents, double[] parts, double[] variances, double[] wholes, double[] sums, double[] spreads, bool nonNegative)
    {
        var falls = new bool[wholes.Length];
        for (var i = 0; i < parts.Length && nonNegative; i++)
        {
            if (parents[i] is var parent and >= 0 && spreads[parent] > 0)
            {
                falls[parent] |= parts[i] + ((wholes[parent] - sums[parent]) * variances[i] / spreads[parent]) < 0;
            }
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parents[i] is not (var parent and >= 0) || spreads[parent] == 0)
            {
                continue;
            }

            parts[i] = falls[parent]
                ? parts[i] * Math.Max(0, wholes[parent]) / sums[parent] // a part would turn negative: by proportions instead
                : parts[i] + ((wholes[parent] - sums[parent]) * variances[i] / spreads[parent]);
        }
    }

    private static void AddUp(int[] parents, double[] parts, double[] wholes)
    {
        foreach (var parent in parents.Where(p => p >= 0).Distinct())
        {
            wholes[parent] = 0;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parents[i] >= 0)
            {
                wholes[parents[i]] += parts[i];
            }
        }
    }

    private static void Check(IReadOnlyList<TemporalLevel> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (levels.Count == 0)
        {
            throw new ArgumentException("A temporal hierarchy needs at least one level.", nameof(levels));
        }

        for (var l = 0; l < levels.Count; l++)
        {
            var (mean, variance, parents) = (levels[l].Mean, levels[l].Variance, levels[l].Parents);
            var last = l == levels.Count - 1;
            if (variance.Length != mean.Length || (parents.Length != mean.Length && !(last && parents.Length == 0)))
            {
                throw new ArgumentException($"Level {l} has {mean.Length} means, {variance.Length} variances and {parents.Length} parents.", nameof(levels));
            }

            var coarser = last ? 0 : levels[l + 1].Mean.Length;
            var wrong = Array.FindIndex(mean, m => !double.IsFinite(m));
            wrong = wrong >= 0 ? wrong : Array.FindIndex(variance, v => !(v >= 0));
            wrong = wrong >= 0 || last ? wrong : Array.FindIndex(parents, p => p < -1 || p >= coarser);
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    $"Period {wrong} of level {l}: mean {mean[wrong]}, variance {variance[wrong]}; a finite mean, a variance of at least 0 and a parent "
                        + $"below {coarser} are needed.",
                    nameof(levels));
            }
        }

        if (double.IsPositiveInfinity(levels[0].Variance.DefaultIfEmpty(0).Max()))
        {
            throw new ArgumentException("Every period of the finest level needs a forecast of its own, of finite variance.", nameof(levels));
        }
    }
}
