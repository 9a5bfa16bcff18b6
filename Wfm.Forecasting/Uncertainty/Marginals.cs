using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Quantiles of one step: monotone, not negative where the history is not, never narrower than counting noise; of thin counts those of a negative
/// binomial distribution, which are whole numbers.</summary>
/// <param name="levels">Levels, ascending.</param>
/// <param name="nonNegative">Whether values below zero cannot be.</param>
/// <param name="counts">Whether values are whole numbers.</param>
internal sealed class Marginals(double[] levels, bool nonNegative, bool counts)
{
    /// <summary>Counts of a smaller mean are told in whole numbers, as sample paths are.</summary>
    /// <remarks>Of 0, 1, 3 and no bound chosen on held-out months of the sample operation; above it whole numbers say what smooth quantiles say.</remarks>
    public const double Thin = 3;

    private readonly PoissonQuantiles _poisson = new(levels);
    private readonly NegativeBinomialQuantiles _thin = new(levels);

    /// <summary>Levels, ascending.</summary>
    public double[] Levels => levels;

    /// <summary>The writer of quantiles around means with a distribution of errors.</summary>
    /// <param name="distribution">Distribution of the errors.</param>
    public Writer With(ErrorQuantiles distribution) => new(this, distribution);

    /// <summary>Writes quantiles; not safe to share between threads.</summary>
    internal sealed class Writer(Marginals marginals, ErrorQuantiles distribution)
    {
        private readonly double[] _standardised = [.. marginals.Levels.Select(distribution.Standardised)];
        private readonly double[] _counting = new double[marginals.Levels.Length];
        private readonly double[] _bend = [.. marginals.Levels.Select(level => NormalDistribution.Quantile(level)).Select(z => ((z * z) - 1) / 6)];

        /// <summary>Writes the quantiles of a step.</summary>
        /// <param name="mean">Mean of the step.</param>
        /// <param name="step">Step ahead, from 0.</param>
        /// <param name="phase">Phase of the season.</param>
        /// <param name="quantiles">One cell per level.</param>
        public void Write(double mean, int step, int phase, Span<double> quantiles)
        {
            var (counts, nonNegative) = (marginals.Counts, marginals.NonNegative);
            var scale = distribution.ScaleOf(mean, step, phase);
            if (counts && mean < Thin)
            {
                var deviation = scale * distribution.Spread;
                marginals._thin.Write(mean, deviation * deviation, quantiles);
                return;
            }

            if (counts)
            {
                marginals._poisson.Write(mean, _counting);
            }

            var skewed = counts ? HalfSkew(mean, scale * distribution.Spread) : 0;
            var levels = marginals.Levels;
            for (var k = 0; k < levels.Length; k++)
            {
                var value = mean + (scale * _standardised[k]) + (skewed * _bend[k]);
                if (counts)
                {
                    value = levels[k] < 0.5 ? Math.Min(value, _counting[k]) : levels[k] > 0.5 ? Math.Max(value, _counting[k]) : value;
                }

                value = nonNegative ? Math.Max(0, value) : value;
                quantiles[k] = k > 0 ? Math.Max(quantiles[k - 1], value) : value;
            }
        }

        /// <summary>
        /// Counts are skewed, and half of what the errors show of it was kept (<see cref="ErrorQuantiles.Standardised"/>): half the skewness of a negative
        /// binomial
        /// of this mean and deviation, (2σ² − μ) ÷ (μσ), times σ, for the Cornish–Fisher term (z² − 1)·γ·σ/6; between none and that of an exponential.
        /// </summary>
        private static double HalfSkew(double mean, double deviation) =>
            mean > 0 ? 0.5 * Math.Clamp(((2 * deviation * deviation) - mean) / mean, 0, 2 * deviation) : 0;
    }

    private bool Counts => counts;

    private bool NonNegative => nonNegative;
}
