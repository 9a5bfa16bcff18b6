namespace Wfm.Forecasting.Numerics;

/// <summary>Quantiles of the Poisson distribution as a smooth function of the mean: the least spread a count can have.</summary>
internal static class PoissonQuantiles
{
    /// <summary>Quantile, interpolated between whole numbers for small means, by Cornish–Fisher expansion for large ones.</summary>
    /// <param name="mean">Mean ≥ 0.</param>
    /// <param name="level">Level in (0, 1).</param>
    /// <remarks>Interpolation runs between the middles of the steps of the distribution function, so that a stated 80 % holds about 80 %.</remarks>
    public static double Smooth(double mean, double level)
    {
        if (!(mean > 0))
        {
            return 0;
        }

        if (mean > 25)
        {
            var z = NormalDistribution.Quantile(level);
            return Math.Max(0, mean + (z * Math.Sqrt(mean)) + (((z * z) - 1) / 6));
        }

        var probability = Math.Exp(-mean);
        var (below, middle) = (0.0, 0.5 * probability);
        if (level <= middle)
        {
            return 0;
        }

        var cumulative = probability;
        for (var count = 1; count < 200; count++)
        {
            below = middle;
            probability *= mean / count;
            middle = cumulative + (0.5 * probability);
            cumulative += probability;
            if (level <= middle)
            {
                return count - 1 + ((level - below) / (middle - below));
            }
        }

        return 200;
    }
}
