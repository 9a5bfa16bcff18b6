namespace Wfm.Forecasting.Numerics;

/// <summary>Quantiles of the negative binomial distribution: counts whose rate is itself not known for sure.</summary>
/// <param name="levels">Levels in (0, 1), ascending.</param>
internal sealed class NegativeBinomialQuantiles(double[] levels)
{
    private const double Large = 100;
    private const int MostCounts = 20_000;

    private readonly double[] _scores = [.. levels.Select(NormalDistribution.Quantile)];

    /// <summary>Whole numbers for small means, the Cornish–Fisher expansion for large ones.</summary>
    /// <param name="mean">Mean; without events where it is not above 0.</param>
    /// <param name="variance">Variance; that of Poisson counts where it is not above the mean.</param>
    /// <param name="quantiles">One cell per level.</param>
    public void Write(double mean, double variance, Span<double> quantiles)
    {
        if (!(mean > 0))
        {
            quantiles.Clear();
            return;
        }

        variance = Math.Max(variance, mean * (1 + 1e-9));
        if (mean > Large)
        {
            Expand(mean, variance, quantiles);
            return;
        }

        var (size, odds) = (mean * mean / (variance - mean), (variance - mean) / variance); // P(k+1) ÷ P(k) = odds·(k + size) ÷ (k + 1)
        var probability = Math.Exp(-size * Math.Log(variance / mean));
        var (cumulative, count) = (probability, 0);
        for (var k = 0; k < levels.Length; k++)
        {
            while (cumulative < levels[k] && count < MostCounts)
            {
                probability *= odds * (count + size) / (count + 1);
                cumulative += probability;
                count++;
            }

            quantiles[k] = count;
        }
    }

    private void Expand(double mean, double variance, Span<double> quantiles)
    {
        var deviation = Math.Sqrt(variance);
        var skewness = ((2 * variance) - mean) / (mean * deviation);
        for (var k = 0; k < levels.Length; k++)
        {
            var z = _scores[k];
            var value = z + (skewness * ((z * z) - 1) / 6) - (skewness * skewness * ((2 * z * z * z) - (5 * z)) / 36)
                + (skewness * skewness * 1.5 * ((z * z * z) - (3 * z)) / 24); // kurtosis of a gamma distribution
            value = Math.Max(0, Math.Round(mean + (deviation * value)));
            quantiles[k] = k > 0 ? Math.Max(quantiles[k - 1], value) : value;
        }
    }
}
