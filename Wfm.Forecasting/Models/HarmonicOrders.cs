namespace Wfm.Forecasting.Models;

/// <summary>Fixed orders of a <see cref="HarmonicRegressionArma"/>.</summary>
public sealed record HarmonicOrders
{
    /// <summary>Sets the orders.</summary>
    /// <param name="pairs">Pairs of sine and cosine of each season, in the order of the season lengths; what is beyond half a season has no effect.</param>
    /// <param name="autoregressive">Order of the autoregressive errors, 0 to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number below zero, or an order above 5.</exception>
    public HarmonicOrders(IReadOnlyList<int> pairs, int autoregressive)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfNegative(autoregressive);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(autoregressive, 5);
        foreach (var count in pairs)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(pairs));
        }

        (Pairs, Autoregressive) = (pairs, autoregressive);
    }

    /// <summary>Pairs of sine and cosine of each season.</summary>
    public IReadOnlyList<int> Pairs { get; }

    /// <summary>Order of the autoregressive errors.</summary>
    public int Autoregressive { get; }
}
