namespace Wfm.Forecasting.Decomposition;

/// <summary>Parts of a series with several seasons, which add up to it.</summary>
/// <param name="Seasonals">One component per season length, in their order.</param>
/// <param name="Trend">Trend.</param>
/// <param name="Remainder">What is left.</param>
public sealed record MstlResult(double[][] Seasonals, double[] Trend, double[] Remainder)
{
    /// <summary>Trend and remainder: the series without its seasons.</summary>
    public double[] SeasonallyAdjusted() => [.. Trend.Zip(Remainder, (trend, rest) => trend + rest)];
}

/// <summary>Decomposition with several seasons: STL for each season in turn on what the others leave, twice round.</summary>
/// <remarks>
/// Source: Bandara, Hyndman &amp; Bergmeir, “MSTL: a seasonal-trend decomposition algorithm for time series with multiple seasonal patterns”,
/// <i>International Journal of Operational Research</i> (2021). Seasonal windows 11, 15, 19, … as in R's <c>mstl</c>.
/// </remarks>
public static class Mstl
{
    private const int Rounds = 2;

    /// <summary>Decomposes a series.</summary>
    /// <param name="y">Finite observations.</param>
    /// <param name="seasonLengths">Season lengths, ascending, at least one; those of which there are not two cycles are left out.</param>
    /// <param name="robust">Whether outliers are weighted down.</param>
    /// <exception cref="ForecastDataException">Fewer than two cycles of the shortest season.</exception>
    public static MstlResult Decompose(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, bool robust = false)
    {
        var length = y.Length;
        int[] seasons = [.. seasonLengths.ToArray().Where(m => 2 * m <= length)];
        if (seasons.Length == 0)
        {
            throw new ForecastDataException($"MSTL needs two cycles of a season; the series has {length} observations.");
        }

        var adjusted = y.ToArray();
        var components = new double[seasons.Length][];
        var trend = new double[length];
        for (var round = 0; round < (seasons.Length == 1 ? 1 : Rounds); round++)
        {
            for (var i = 0; i < seasons.Length; i++)
            {
                if (components[i] is { } earlier)
                {
                    for (var t = 0; t < length; t++)
                    {
                        adjusted[t] += earlier[t];
                    }
                }

                var parts = Stl.Decompose(adjusted, seasons[i], new StlOptions { SeasonalWindow = 7 + (4 * (i + 1)), Robust = robust });
                (components[i], trend) = (parts.Seasonal, parts.Trend);
                for (var t = 0; t < length; t++)
                {
                    adjusted[t] -= components[i][t];
                }
            }
        }

        return new MstlResult(components, trend, [.. adjusted.Zip(trend, (value, level) => value - level)]);
    }
}
