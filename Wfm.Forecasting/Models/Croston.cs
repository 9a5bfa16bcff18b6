namespace Wfm.Forecasting.Models;

/// <summary>How intermittent demand is smoothed.</summary>
public enum CrostonVariant
{
    /// <summary>Croston's size ÷ interval.</summary>
    Original,

    /// <summary>Syntetos and Boylan's approximation, Croston's times 1 − α/2, which takes out his bias.</summary>
    Sba,

    /// <summary>Teunter, Syntetos and Babai: size × probability, updated in empty periods too, so that a queue that dies goes to zero.</summary>
    Tsb,
}

/// <summary>Croston's method and its successors for intermittent demand: mostly zeros, now and then a few contacts.</summary>
/// <remarks>
/// Flat forecasts. Source: Croston, <i>Operational Research Quarterly</i> 23 (1972); Syntetos &amp; Boylan, <i>International Journal of Forecasting</i> 21
/// (2005); Teunter,
/// Syntetos &amp; Babai, <i>European Journal of Operational Research</i> 214 (2011).
/// </remarks>
/// <param name="variant">Which of the three.</param>
/// <param name="alpha">Smoothing, in (0, 1); 0.1 is customary.</param>
public sealed class Croston(CrostonVariant variant, double alpha = 0.1) : IForecastModel
{
    private readonly double _alpha = alpha is > 0 and < 1 ? alpha
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The smoothing parameter must lie in (0, 1).");

    /// <inheritdoc/>
    public string Name => variant switch { CrostonVariant.Sba => "sba", CrostonVariant.Tsb => "tsb", _ => "croston" };

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 1;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return new Fitted(variant == CrostonVariant.Tsb ? Tsb(y) : SizeOverInterval(y));
    }

    private double SizeOverInterval(ReadOnlySpan<double> y)
    {
        var (size, interval, gap) = (double.NaN, double.NaN, 1);
        foreach (var value in y)
        {
            if (value == 0)
            {
                gap++;
                continue;
            }

            size = double.IsNaN(size) ? value : size + (_alpha * (value - size));
            interval = double.IsNaN(interval) ? gap : interval + (_alpha * (gap - interval));
            gap = 1;
        }

        if (double.IsNaN(size))
        {
            return 0;
        }

        return size / interval * (variant == CrostonVariant.Sba ? 1 - (_alpha / 2) : 1);
    }

    private double Tsb(ReadOnlySpan<double> y)
    {
        var (size, probability) = (double.NaN, double.NaN);
        foreach (var value in y)
        {
            var arrived = value == 0 ? 0.0 : 1.0;
            probability = double.IsNaN(probability) ? arrived : probability + (_alpha * (arrived - probability));
            if (value != 0)
            {
                size = double.IsNaN(size) ? value : size + (_alpha * (value - size));
            }
        }

        return double.IsNaN(size) ? 0 : size * probability;
    }

    private sealed record Fitted(double Rate) : IFittedModel
    {
        public void Forecast(Span<double> mean) => mean.Fill(Rate);
    }
}
