namespace Wfm.Forecasting.Uncertainty;

/// <summary>Reads the dependence of neighbouring errors from back-test errors on the standard scale.</summary>
internal static class DependenceEstimator
{
    /// <summary>Estimates the dependence by moments.</summary>
    /// <param name="errors">By origin and step: error, NaN where nothing was observed.</param>
    /// <param name="scales">By origin and step: its standard deviation but for a factor, above 0.</param>
    /// <param name="slotsPerDay">Steps in a day.</param>
    /// <remarks>
    /// Products are not centred: an error of level shared by a whole back-test is dependence too. Within a day the correlation at far lags is
    /// the day factor D, at lag one D + (1−D)·ρ; between neighbouring days D·ρ(day). Pairs count by the product of their scales, as they do in the sum
    /// of a day.
    /// </remarks>
    public static PathDependence Estimate(double[][] errors, double[][] scales, int slotsPerDay)
    {
        var near = Correlation(errors, scales, 1, 1, int.MaxValue);
        if (slotsPerDay < 4)
        {
            return new PathDependence(Math.Clamp(near, 0, 0.99), 0);
        }

        var far = Correlation(errors, scales, slotsPerDay / 3, slotsPerDay - 1, slotsPerDay);
        var nextDay = Correlation(errors, scales, slotsPerDay, slotsPerDay, int.MaxValue);
        var day = Math.Clamp(far, 0, 0.98);
        var within = Math.Clamp((near - day) / (1 - day), 0, 0.99);
        return new PathDependence(within, day, day > 0.01 ? Math.Clamp(nextDay / day, 0, 0.99) : 0);
    }

    private static double Correlation(double[][] errors, double[][] scales, int firstLag, int lastLag, int slotsPerDay)
    {
        var (products, ofScales, squares, ofSquares) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (row, scale) in errors.Zip(scales))
        {
            for (var t = 0; t < row.Length; t++)
            {
                if (double.IsNaN(row[t]))
                {
                    continue;
                }

                squares += row[t] * row[t];
                ofSquares += scale[t] * scale[t];
                for (var lag = firstLag; lag <= lastLag && t - lag >= 0 && (t - lag) / slotsPerDay == t / slotsPerDay; lag++)
                {
                    if (!double.IsNaN(row[t - lag]))
                    {
                        products += row[t] * row[t - lag];
                        ofScales += scale[t] * scale[t - lag];
                    }
                }
            }
        }

        return ofScales == 0 || squares == 0 ? 0 : products / ofScales / (squares / ofSquares);
    }
}
