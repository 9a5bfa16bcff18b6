namespace Wfm.Forecasting.Numerics;

/// <summary>A straight line through evenly spaced values by least squares.</summary>
internal static class LinearTrend
{
    /// <summary>Fits y(t) ≈ intercept + slope·t, t = 1…n.</summary>
    public static (double Intercept, double Slope) Fit(ReadOnlySpan<double> y)
    {
        var n = y.Length;
        if (n < 2)
        {
            return (n == 0 ? 0 : y[0], 0);
        }

        var (centre, mean) = ((n + 1) / 2.0, Statistics.Mean(y));
        var (top, bottom) = (0.0, 0.0);
        for (var t = 1; t <= n; t++)
        {
            top += (t - centre) * (y[t - 1] - mean);
            bottom += (t - centre) * (t - centre);
        }

        var slope = top / bottom;
        return (mean - (slope * centre), slope);
    }
}
