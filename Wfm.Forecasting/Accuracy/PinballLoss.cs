namespace Wfm.Forecasting.Accuracy;

/// <summary>Pinball (quantile) loss: what a quantile forecast costs, least in expectation at the true quantile.</summary>
/// <remarks>L = τ·(y−q) for y ≥ q, else (1−τ)·(q−y). Source: Koenker &amp; Bassett, “Regression quantiles”, <i>Econometrica</i> 46 (1978).</remarks>
public static class PinballLoss
{
    /// <summary>Loss of one quantile and one observation, in the unit of the observation.</summary>
    /// <param name="actual">Observation.</param>
    /// <param name="quantile">Forecast quantile.</param>
    /// <param name="level">Its level τ in (0, 1).</param>
    public static double Of(double actual, double quantile, double level) =>
        actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
}
