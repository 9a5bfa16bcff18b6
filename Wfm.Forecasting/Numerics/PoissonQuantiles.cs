namespace Wfm.Forecasting.Numerics;

/// <summary>Quantiles of the Poisson distribution as smooth functions of the mean: the least spread a count can have.</summary>
/// <param name="levels">Levels in (0, 1), ascending.</param>
internal sealed class PoissonQuantiles(double[] levels)
{
    private const double Large = 25;

    private readonly double[] _scores = [.. levels.Select(NormalDistribution.Quantile)];

    /// <summary>Quantiles, interpolated between whole numbers for small means, by Cornish–Fisher expansion for large ones.</summary>
    /// <param name="mean">Mean; without events where it is not above 0.</param>
    /// <param name="quantiles">One cell per level.</param>
    /// <remarks>Interpolation runs between the middles of the steps of the distribution function, so that a stated 80 % holds about 80 %.</remarks>
    public void Write(double mean, Span<double> quantiles)
    {
        if (!(mean > 0))
        {
            quantiles.Clear();
            return;
        }

        if (mean > Large)
        {
            var root = Math.Sqrt(mean);
            for (var k = 0; k < levels.Length; k++)
            {
                var z = _scores[k];
                quantiles[k] = Math.Max(0, mean + (z * root) + (((z * z) - 1) / 6));
            }

            return;
        }

        var probability = Math.Exp(-mean);
        var (cumulative, below, middle, count) = (probability, 0.0, 0.5 * probability, 0);
        for (var k = 0; k < levels.Length; k++)
        {
            while (levels[k] > middle && count < 200)
            {
                below = middle;
                probability *= mean / ++count;
                middle = cumulative + (0.5 * probability);
                cumulative += probability;
            }

            quantiles[k] = count == 0 ? 0 : Math.Max(0, count - 1 + ((levels[k] - below) / (middle - below)));
        }
    }
}
