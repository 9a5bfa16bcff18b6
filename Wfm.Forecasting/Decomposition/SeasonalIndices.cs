using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Decomposition;

/// <summary>Classical seasonal indices: mean deviation from, or ratio to, a centred moving average.</summary>
/// <remarks>Source: Hyndman &amp; Athanasopoulos, <i>Forecasting: Principles and Practice</i>, 3rd ed., §3.4.</remarks>
public static class SeasonalIndices
{
    /// <summary>Computes the indices.</summary>
    /// <param name="y">Observations, at least two seasons; above zero where multiplicative.</param>
    /// <param name="seasonLength">m ≥ 2.</param>
    /// <param name="multiplicative">Ratios with mean 1, instead of differences with sum 0.</param>
    /// <returns>One index per phase, phase 0 that of the first observation.</returns>
    public static double[] Classical(ReadOnlySpan<double> y, int seasonLength, bool multiplicative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seasonLength, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, 2 * seasonLength, nameof(y));
        var (sums, counts) = (new double[seasonLength], new int[seasonLength]);
        var half = seasonLength / 2;
        for (var t = half; t + half < y.Length; t++)
        {
            var trend = CentredAverage(y, t, seasonLength);
            var ratio = multiplicative ? y[t] / trend : y[t] - trend;
            if (double.IsFinite(ratio))
            {
                sums[t % seasonLength] += ratio;
                counts[t % seasonLength]++;
            }
        }

        var indices = new double[seasonLength];
        for (var phase = 0; phase < seasonLength; phase++)
        {
            indices[phase] = counts[phase] > 0 ? sums[phase] / counts[phase] : multiplicative ? 1 : 0;
        }

        var mean = Statistics.Mean(indices);
        for (var phase = 0; phase < seasonLength; phase++)
        {
            indices[phase] = multiplicative ? (mean > 0 ? indices[phase] / mean : 1) : indices[phase] - mean;
        }

        return indices;
    }

    private static double CentredAverage(ReadOnlySpan<double> y, int t, int m)
    {
        var half = m / 2;
        if (m % 2 == 1)
        {
            return Statistics.Mean(y.Slice(t - half, m));
        }

        var ends = 0.5 * (y[t - half] + y[t + half]);
        return ((Statistics.Mean(y.Slice(t - half + 1, m - 1)) * (m - 1)) + ends) / m;
    }
}
