namespace Wfm.Forecasting.Models;

/// <summary>Seasonal naive: the same interval of the last season. ŷ(n+h) = y(n+h−m·⌈h/m⌉).</summary>
/// <remarks>Source: Hyndman &amp; Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., §5.2.</remarks>
/// <param name="season">Which of the seasons: 0 the longest that fits, 1 the next shorter, …</param>
public sealed class SeasonalNaive(int season = 0) : IForecastModel
{
    /// <inheritdoc/>
    public string Name => season == 0 ? "seasonal-naive" : $"seasonal-naive-{season + 1}";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => season < seasonLengths.Length ? seasonLengths[^(season + 1)] : 1;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var m = season < seasonLengths.Length ? seasonLengths[^(season + 1)] : 1;
        return new Fitted(y[^m..].ToArray());
    }

    private sealed record Fitted(double[] LastSeason) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = LastSeason[h % LastSeason.Length];
            }
        }
    }
}
