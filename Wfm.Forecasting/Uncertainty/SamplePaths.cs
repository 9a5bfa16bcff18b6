using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Possible futures drawn from the quantiles of a forecast and the dependence of its intervals.</summary>
/// <remarks>
/// A Gaussian copula: a day factor that follows an AR(1) from day to day, plus an AR(1) within, give one normal number per interval; the
/// interval's own quantiles turn it into a volume. The marginals are the forecast's, the dependence the back-test's. Path p depends on the
/// seed and on p alone, so more paths are the same paths and then some.
/// </remarks>
public static class SamplePaths
{
    private const int ThinScores = 100;
    private const int Rounding = 1 << 24; // equally likely fractions to round by
    private const int RoundingStream = 0x5EED; // apart from the numbers of the path itself

    /// <summary>Draws paths.</summary>
    /// <param name="quantileLevels">Levels in (0, 1), strictly ascending, at least one.</param>
    /// <param name="quantiles">One row per level, one value per step, ascending from row to row.</param>
    /// <param name="intervalsPerDay">Steps in a day, at least 1; days are counted from the first step.</param>
    /// <param name="dependence">Dependence between intervals.</param>
    /// <param name="count">Number of paths, at least 1.</param>
    /// <param name="seed">The same seed gives the same paths, bit for bit, on any machine.</param>
    /// <param name="mean">
    /// Mean per step; where quantiles reach down to zero the paths keep it. <see langword="null"/> leaves them as the quantiles say: smooth quantiles
    /// of a count of 0.1 a step have a larger mean than the count, which adds up over the steps of a day.
    /// </param>
    /// <param name="days">
    /// Normal numbers that move the days, by path and day, at least as many days as the steps reach over; <see langword="null"/> draws them independently.
    /// What <see cref="JointDays"/> drew lets the days of several series move together. On a daily grid each step is a day.
    /// </param>
    /// <param name="wholeNumbers">
    /// Whether values are whole numbers: each is rounded up with the probability of its fraction, which keeps the mean. A tenth of a contact in each of ten
    /// intervals is one contact in one of them.
    /// </param>
    /// <param name="shared">By step, the share of the variance that the steps of a day have in common beside the dependence, in [0, 1]; <see langword="null"/>
    /// or empty for none.</param>
    /// <param name="cancellationToken">Looked at before each path.</param>
    /// <returns>One row per path, one value per step. Below the lowest and above the highest level values go on in a straight line over
    /// the normal scale, but not below zero where the quantiles are not negative.</returns>
    /// <exception cref="ArgumentException">Levels or rows are missing, out of order or of unequal length.</exception>
    public static double[][] Generate(
        double[] quantileLevels, double[][] quantiles, int intervalsPerDay, PathDependence dependence, int count, int seed, double[]? mean = null,
        double[][]? days = null, bool wholeNumbers = false, double[]? shared = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dependence);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalsPerDay, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        dependence.Validate();
        var z = NormalScores(quantileLevels, quantiles);
        var (factors, beyond) = mean is null ? (null, []) : ThinMoves(z, quantileLevels[^1], quantiles, mean, wholeNumbers);
        var paths = new double[count][];
        for (var p = 0; p < count; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            paths[p] = Draw(z, quantiles, beyond, intervalsPerDay, dependence, new PortableRandom(seed, p), days?[p], shared);
            for (var h = 0; factors is not null && h < factors.Length; h++)
            {
                paths[p][h] *= factors[h];
            }

            if (wholeNumbers)
            {
                Round(paths[p], new PortableRandom(seed ^ RoundingStream, p));
            }
        }

        return paths;
    }

    private static void Round(double[] path, PortableRandom random)
    {
        foreach (ref var value in path.AsSpan())
        {
            value = Math.Floor(value + (random.NextBelow(Rounding) / (double)Rounding));
        }
    }

    private static double[] NormalScores(double[] levels, double[][] quantiles)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(quantiles);
        if (levels.Length == 0 || quantiles.Length != levels.Length)
        {
            throw new ArgumentException($"There are {levels.Length} levels and {quantiles.Length} rows of quantiles.", nameof(quantiles));
        }

        var z = new double[levels.Length];
        for (var k = 0; k < levels.Length; k++)
        {
            if (!(levels[k] is > 0 and < 1) || (k > 0 && levels[k] <= levels[k - 1]))
            {
                throw new ArgumentException($"Level {k} is {levels[k]}; levels lie in (0, 1) and ascend strictly.", nameof(levels));
            }

            if (quantiles[k].Length != quantiles[0].Length)
            {
                throw new ArgumentException($"Row {k} has {quantiles[k].Length} steps, row 0 has {quantiles[0].Length}.", nameof(quantiles));
            }

            z[k] = NormalDistribution.Quantile(levels[k]);
        }

        return z;
    }

    /// <summary>What brings the mean of a step's distribution to the step's mean where the distribution was cut off at zero, 1 and 0 elsewhere: a factor, and
    /// what whole numbers rarer than the highest level add above it.</summary>
    private static (double[] Factors, double[] Beyond) ThinMoves(double[] z, double highest, double[][] quantiles, double[] mean, bool wholeNumbers)
    {
        if (mean.Length != quantiles[0].Length)
        {
            throw new ArgumentException($"There are {mean.Length} means for {quantiles[0].Length} steps.", nameof(mean));
        }

        double[] scores = [.. Enumerable.Range(0, ThinScores).Select(i => NormalDistribution.Quantile((i + 0.5) / ThinScores))];
        var (factors, beyond) = (new double[mean.Length], new double[mean.Length]);
        for (var h = 0; h < factors.Length; h++)
        {
            factors[h] = 1;
            if (quantiles[0][h] == 0 && mean[h] >= 0)
            {
                var sum = 0.0;
                foreach (var score in scores)
                {
                    sum += ValueAt(score, z, quantiles, h);
                }

                factors[h] = sum > 0 ? Math.Min(1, mean[h] * ThinScores / sum) : 1;
                beyond[h] = wholeNumbers && mean[h] < Marginals.Thin ? Math.Clamp((mean[h] - (sum / ThinScores)) / (1 - highest), 0, 1) : 0;
            }
        }

        return (factors, beyond);
    }

    private static double[] Draw(
        double[] z, double[][] quantiles, double[] beyond, int intervalsPerDay, PathDependence dependence, PortableRandom random, double[]? days,
        double[]? shared)
    {
        var path = new double[quantiles[0].Length];
        var (dayShare, ownShare) = (Math.Sqrt(dependence.DayFactor), Math.Sqrt(1 - dependence.DayFactor));
        var (rho, rhoDay) = (dependence.Autocorrelation, dependence.DayAutocorrelation);
        var (fresh, freshDay) = (Math.Sqrt(1 - (rho * rho)), Math.Sqrt(1 - (rhoDay * rhoDay)));
        var ownDays = intervalsPerDay == 1 ? days : null; // a step that is a day has no factor within
        var day = days is null ? random.NextNormal() : days[0];
        var own = ownDays is null ? random.NextNormal() : ownDays[0];
        for (var h = 0; h < path.Length; h++)
        {
            if (h > 0)
            {
                own = (rho * own) + (fresh * (ownDays is null ? random.NextNormal() : ownDays[h]));
                if (h % intervalsPerDay == 0)
                {
                    day = (rhoDay * day) + (freshDay * (days is null ? random.NextNormal() : days[h / intervalsPerDay]));
                }
            }

            var common = shared is { Length: > 0 } && shared[h] > 0 ? dependence.DayFactor + ((1 - dependence.DayFactor) * shared[h]) : -1;
            var score = common < 0 ? (dayShare * day) + (ownShare * own) : (Math.Sqrt(common) * day) + (Math.Sqrt(1 - common) * own);
            path[h] = ValueAt(score, z, quantiles, h) + (beyond.Length > 0 && score > z[^1] ? beyond[h] : 0);
        }

        return path;
    }

    private static double ValueAt(double score, double[] z, double[][] quantiles, int h)
    {
        var last = z.Length - 1;
        if (last == 0)
        {
            return quantiles[0][h];
        }

        var k = 0;
        while (k < last - 1 && score > z[k + 1])
        {
            k++;
        }

        var (below, above) = (quantiles[k][h], quantiles[k + 1][h]);
        var value = below + ((score - z[k]) / (z[k + 1] - z[k]) * (above - below));
        return quantiles[0][h] >= 0 ? Math.Max(0, value) : value;
    }
}
