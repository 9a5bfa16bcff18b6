using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>Quantiles of one step: monotone, not negative where the history is not, never narrower than counting noise.</summary>
/// <param name="levels">Levels, ascending.</param>
/// <param name="nonNegative">Whether values below zero cannot be.</param>
/// <param name="counts">Whether values are whole numbers.</param>
internal sealed class Marginals(double[] levels, bool nonNegative, bool counts)
{
    /// <summary>Levels, ascending.</summary>
    public double[] Levels => levels;

    /// <summary>Writes the quantiles of a step.</summary>
    /// <param name="distribution">Distribution of the errors.</param>
    /// <param name="mean">Mean of the step.</param>
    /// <param name="step">Step ahead, from 0.</param>
    /// <param name="phase">Phase of the season.</param>
    /// <param name="quantiles">One cell per level.</param>
    public void Write(ErrorQuantiles distribution, double mean, int step, int phase, Span<double> quantiles)
    {
        var scale = distribution.ScaleOf(mean, step, phase);
        for (var k = 0; k < levels.Length; k++)
        {
            var value = mean + (scale * distribution.Standardised(levels[k]));
            if (counts)
            {
                var poisson = PoissonQuantiles.Smooth(mean, levels[k]);
                value = levels[k] < 0.5 ? Math.Min(value, poisson) : levels[k] > 0.5 ? Math.Max(value, poisson) : value;
            }

            value = nonNegative ? Math.Max(0, value) : value;
            quantiles[k] = k > 0 ? Math.Max(quantiles[k - 1], value) : value;
        }
    }
}
