namespace Wfm.Forecasting.Models;

/// <summary>Random walk with drift: the straight line through the first and the last observation. ŷ(n+h) = y(n) + h·(y(n) − y(1))/(n − 1).</summary>
/// <remarks>Source: Hyndman &amp; Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., §5.2. R's <c>rwf(drift = TRUE)</c>.</remarks>
public sealed class Drift : IForecastModel
{
    /// <inheritdoc/>
    public string Name => "drift";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 2;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return new Fitted(y[^1], (y[^1] / (y.Length - 1)) - (y[0] / (y.Length - 1)));
    }

    private sealed record Fitted(double Last, double Slope) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Last + ((h + 1) * Slope);
            }
        }
    }
}
