namespace Wfm.Benchmarks.Forecasting;

/// <summary>Error measures of a held-out stretch; missing observations (NaN) are left out.</summary>
internal static class Measures
{
    /// <summary>Weighted absolute percentage error: Σ|y−ŷ| ÷ Σ|y|, a fraction.</summary>
    public static double Wape(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast) => Sum(actual, forecast).Error / Sum(actual, forecast).Volume;

    /// <summary>Mean absolute scaled error: mean absolute error ÷ scale, what <c>Mase.Scale</c> gave for the history.</summary>
    public static double Mase(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast, double scale)
    {
        var (error, _, count) = Sum(actual, forecast);
        return error == 0 ? 0 : error / count / scale;
    }

    /// <summary>Share of observations inside their interval, bounds included.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        var (inside, count) = (0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                inside += actual[i] >= lower[i] && actual[i] <= upper[i] ? 1 : 0;
                count++;
            }
        }

        return count == 0 ? 1 : inside / (double)count;
    }

    private static (double Error, double Volume, int Count) Sum(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        var (error, volume, count) = (0.0, 0.0, 0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                error += Math.Abs(actual[i] - forecast[i]);
                volume += Math.Abs(actual[i]);
                count++;
            }
        }

        return (error, volume, count);
    }
}
