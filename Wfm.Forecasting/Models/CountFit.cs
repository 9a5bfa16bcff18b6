using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>A fitted <see cref="CountRegression"/>: means, and the distribution of counts around them.</summary>
public sealed class CountFit : IFittedModel
{
    private readonly double _level;
    private readonly double[] _shape;
    private readonly AnnualPattern _annual;

    internal CountFit(double level, double[] shape, AnnualPattern annual, double dispersion) =>
        (_level, _shape, _annual, Dispersion) = (level, shape, annual, dispersion);

    /// <summary>Dispersion α ≥ 0 of the negative binomial distribution: variance = mean + α·mean². 0 is the Poisson distribution.</summary>
    public double Dispersion { get; }

    /// <inheritdoc/>
    public void Forecast(Span<double> mean)
    {
        var factor = 1.0;
        for (var h = 0; h < mean.Length; h++)
        {
            if (h % Block == 0)
            {
                factor = _annual.Factor((h + (Block / 2.0)) / _shape.Length);
            }

            mean[h] = _level * _shape[h % _shape.Length] * factor;
        }
    }

    /// <summary>Quantiles of the counts of the steps after the last observation.</summary>
    /// <param name="horizon">Steps, at least 1.</param>
    /// <param name="levels">Levels in (0, 1), ascending.</param>
    /// <returns>By level and step: whole numbers ≥ 0 (above a mean of 100 000 not rounded), ascending in the level.</returns>
    /// <remarks>
    /// The observations must be counts: on another scale (shares, hours) variance = mean + α·mean² says nothing. The dispersion is that of one
    /// cycle ahead; further ahead a drifting level adds to it.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A horizon below 1, or a level outside (0, 1) or out of order.</exception>
    public double[][] Quantiles(int horizon, ReadOnlySpan<double> levels)
    {
        for (var k = 0; k < levels.Length; k++)
        {
            if (!(levels[k] > (k == 0 ? 0 : levels[k - 1]) && levels[k] < 1))
            {
                throw new ArgumentOutOfRangeException(nameof(levels), levels[k], "Levels must lie in (0, 1) and ascend.");
            }
        }

        var mean = this.Forecast(horizon);
        var quantiles = new double[levels.Length][];
        for (var k = 0; k < quantiles.Length; k++)
        {
            quantiles[k] = new double[horizon];
        }

        var row = new double[levels.Length];
        for (var h = 0; h < horizon; h++)
        {
            NegativeBinomial.Quantiles(mean[h], Dispersion, levels, row);
            for (var k = 0; k < row.Length; k++)
            {
                quantiles[k][h] = row[k];
            }
        }

        return quantiles;
    }

    /// <summary>Steps that share an annual factor: about a day of a week.</summary>
    private int Block => Math.Max(1, _shape.Length / 7);
}
