using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Quantiles of a sum over intervals or series from the same sum over sample paths.</summary>
public static class PathSums
{
    /// <summary>Reads quantiles off path sums, moved so that they centre on the sum of the means.</summary>
    /// <param name="sums">The sum in each path, at least one; sorted in place.</param>
    /// <param name="mean">The sum of the forecasts' means.</param>
    /// <param name="levels">Levels in [0, 1].</param>
    /// <param name="nonNegative">True for volumes: no quantile below 0.</param>
    /// <returns>One value per level, ascending with it.</returns>
    /// <exception cref="ArgumentException">There are no sums.</exception>
    /// <remarks>
    /// Moving them takes away the noise of a finite number of paths, and a bias of thin counts: quantiles that run smoothly between 0 and 1 have a
    /// larger mean than a count of 0.1 a step, which adds up over the steps of a day. Moves add up, so levels that add up still do.
    /// </remarks>
    public static double[] Quantiles(double[] sums, double mean, ReadOnlySpan<double> levels, bool nonNegative = true)
    {
        ArgumentNullException.ThrowIfNull(sums);
        if (sums.Length == 0)
        {
            throw new ArgumentException("There are no paths to read quantiles off.", nameof(sums));
        }

        Array.Sort(sums);
        var move = mean - Statistics.Mean(sums);
        var quantiles = new double[levels.Length];
        for (var k = 0; k < quantiles.Length; k++)
        {
            var value = Statistics.SortedQuantile(sums, levels[k]) + move;
            quantiles[k] = nonNegative ? Math.Max(0, value) : value;
        }

        return quantiles;
    }
}
