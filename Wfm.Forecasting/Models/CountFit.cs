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

    /// <summary>Steps that share an annual factor: about a day of a week.</summary>
    private int Block => Math.Max(1, _shape.Length / 7);
}
