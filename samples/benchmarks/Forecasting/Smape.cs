namespace Wfm.Benchmarks.Forecasting;

/// <summary>Symmetric mean absolute percentage error as in the M competitions: mean of 200·|y−ŷ| ÷ (|y|+|ŷ|), 0 to 200.</summary>
/// <remarks>Source: Makridakis, Spiliotis &amp; Assimakopoulos, “The M4 Competition”, <i>International Journal of Forecasting</i> 36 (2020).</remarks>
internal static class Smape
{
    /// <summary>Scores a forecast; missing observations (NaN) are left out, a zero that was forecast as zero counts as no error.</summary>
    /// <param name="actual">Observations.</param>
    /// <param name="forecast">Forecasts, one per observation.</param>
    public static double Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                var size = Math.Abs(actual[i]) + Math.Abs(forecast[i]);
                sum += size == 0 ? 0 : 200 * Math.Abs(actual[i] - forecast[i]) / size;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
