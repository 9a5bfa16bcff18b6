namespace Wfm.Forecasting.Models;

/// <summary>Naive: the last observation, for ever. ŷ(n+h) = y(n).</summary>
public sealed class Naive : IForecastModel
{
    /// <inheritdoc/>
    public string Name => "naive";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 1;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return new Fitted(y[^1]);
    }

    private sealed record Fitted(double Last) : IFittedModel
    {
        public void Forecast(Span<double> mean) => mean.Fill(Last);
    }
}
