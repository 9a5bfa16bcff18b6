namespace Wfm.Forecasting.Numerics;

/// <summary>Test of Kwiatkowski, Phillips, Schmidt and Shin: is a series stationary around a level?</summary>
/// <remarks>Source: Kwiatkowski et al., “Testing the null hypothesis of stationarity”, <i>Journal of Econometrics</i> 54 (1992), table 1.</remarks>
internal static class KpssTest
{
    private const double Critical = 0.463; // 5 %

    /// <summary>Whether stationarity is rejected at 5 %.</summary>
    public static bool Rejects(ReadOnlySpan<double> x) => Statistic(x) > Critical;

    /// <summary>The statistic with ⌊3·√n/13⌋ lags in the long-run variance, as R's <c>forecast::ndiffs</c> uses it; 0 for a constant series.</summary>
    public static double Statistic(ReadOnlySpan<double> x)
    {
        var n = x.Length;
        var lags = (int)(3 * Math.Sqrt(n) / 13);
        var mean = Statistics.Mean(x);
        var e = new double[n];
        var (sum, squares) = (0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            e[t] = x[t] - mean;
            sum += e[t];
            squares += sum * sum;
        }

        var variance = Vectors.Dot(e, e);
        for (var lag = 1; lag <= lags; lag++)
        {
            variance += 2 * (1 - (lag / (lags + 1.0))) * Vectors.Dot(e.AsSpan(0, n - lag), e.AsSpan(lag));
        }

        return variance > 0 ? squares / n / variance : 0;
    }
}
