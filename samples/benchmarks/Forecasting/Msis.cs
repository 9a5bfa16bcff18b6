namespace Wfm.Benchmarks.Forecasting;

/// <summary>Mean scaled interval score: width of the interval plus 2/α times every miss, in units of the seasonal difference.</summary>
/// <remarks>Source: Gneiting &amp; Raftery, “Strictly proper scoring rules”, <i>JASA</i> 102 (2007), scaled as in the M4 competition.</remarks>
internal static class Msis
{
    /// <summary>Scores an interval; missing observations (NaN) are left out.</summary>
    /// <param name="actual">Observations.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="confidence">Nominal coverage in (0, 1), such as 0.95.</param>
    /// <param name="scale">What <c>Mase.Scale</c> gave for the history, above 0.</param>
    public static double Of(
        ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, double confidence, double scale)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                var miss = Math.Max(0, lower[i] - actual[i]) + Math.Max(0, actual[i] - upper[i]);
                sum += upper[i] - lower[i] + (2 / (1 - confidence) * miss);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count / scale;
    }
}
