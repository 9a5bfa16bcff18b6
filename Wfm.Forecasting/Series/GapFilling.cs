namespace Wfm.Forecasting.Series;

/// <summary>Fills missing observations from the same phase of neighbouring seasons.</summary>
public static class GapFilling
{
    private const int SeasonsSearched = 8;

    /// <summary>A complete copy of a series.</summary>
    /// <param name="y">Observations, NaN where missing, at least one present.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <returns>
    /// Present values as they are; a missing one is the mean of the nearest present values of its phase before and after, of the longest
    /// season that has any within 8 cycles, else the straight line between its neighbours.
    /// </returns>
    /// <exception cref="ForecastDataException">Every observation is missing.</exception>
    public static double[] Fill(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        var filled = y.ToArray();
        if (!y.ContainsAnyExcept(double.NaN))
        {
            throw new ForecastDataException("Every observation is missing. Import volumes for this series before forecasting it.");
        }

        for (var t = 0; t < y.Length; t++)
        {
            if (double.IsNaN(y[t]))
            {
                filled[t] = FromSeasons(y, t, seasonLengths) ?? FromNeighbours(y, t);
            }
        }

        return filled;
    }

    private static double? FromSeasons(ReadOnlySpan<double> y, int t, ReadOnlySpan<int> seasonLengths)
    {
        for (var i = seasonLengths.Length - 1; i >= 0; i--)
        {
            var m = seasonLengths[i];
            var (before, after) = (Nearest(y, t, -m), Nearest(y, t, m));
            if (before is { } b && after is { } a)
            {
                return (0.5 * b) + (0.5 * a);
            }

            if ((before ?? after) is { } one)
            {
                return one;
            }
        }

        return null;
    }

    private static double? Nearest(ReadOnlySpan<double> y, int t, int stride)
    {
        var index = t + stride;
        for (var cycle = 0; cycle < SeasonsSearched && index >= 0 && index < y.Length; cycle++, index += stride)
        {
            if (!double.IsNaN(y[index]))
            {
                return y[index];
            }
        }

        return null;
    }

    private static double FromNeighbours(ReadOnlySpan<double> y, int t)
    {
        var before = t - 1;
        while (before >= 0 && double.IsNaN(y[before]))
        {
            before--;
        }

        var after = t + 1;
        while (after < y.Length && double.IsNaN(y[after]))
        {
            after++;
        }

        if (before < 0 || after >= y.Length)
        {
            return before < 0 ? y[after] : y[before];
        }

        var share = (t - before) / (double)(after - before);
        return ((1 - share) * y[before]) + (share * y[after]);
    }
}
