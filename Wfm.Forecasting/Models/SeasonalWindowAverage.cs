using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Seasonal window average: mean or median of the same interval over the last k seasons.</summary>
/// <remarks>
/// ŷ(n+h) = average of y(n+h−j·m), j = 1…k, the call centre's classic (“average of the last four Mondays at 09:00”); hard to beat on
/// stable profiles. Uses fewer seasons where there are fewer.
/// </remarks>
/// <param name="cycles">Seasons looked back, k ≥ 1.</param>
/// <param name="median">Median instead of mean: slower to follow, deaf to single outliers.</param>
public sealed class SeasonalWindowAverage(int cycles, bool median = false) : IForecastModel
{
    private readonly int _cycles = cycles >= 1 ? cycles
        : throw new ArgumentOutOfRangeException(nameof(cycles), cycles, "At least one season is needed.");

    /// <inheritdoc/>
    public string Name => $"seasonal-{(median ? "median" : "mean")}-{_cycles}";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 1 : seasonLengths[^1];

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths.IsEmpty ? 1 : seasonLengths[^1]);
    }

    private Fitted Learn(ReadOnlySpan<double> y, int m)
    {
        var shape = new double[m];
        var available = Math.Min(_cycles, y.Length / m);
        var column = new double[available];
        for (var phase = 0; phase < m; phase++)
        {
            for (var j = 0; j < available; j++)
            {
                column[j] = y[y.Length - ((j + 1) * m) + phase];
            }

            shape[phase] = median ? Statistics.MedianInPlace(column) : Statistics.Mean(column);
        }

        return new Fitted(shape);
    }

    private sealed record Fitted(double[] Shape) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Shape[h % Shape.Length];
            }
        }
    }
}
