namespace Wfm.Forecasting.Accuracy;

/// <summary>Mean absolute scaled error: mean absolute error ÷ in-sample mean absolute seasonal difference.</summary>
/// <remarks>Source: Hyndman &amp; Koehler, “Another look at measures of forecast accuracy”, <i>International Journal of Forecasting</i> 22 (2006).</remarks>
public static class Mase
{
    /// <summary>Mean of |y(t) − y(t−m)| over a history; pairs with a missing observation (NaN) are left out.</summary>
    /// <param name="history">Observations, oldest first.</param>
    /// <param name="seasonLength">m ≥ 1.</param>
    /// <returns>0 when the history is shorter than a season and one observation, or repeats itself.</returns>
    public static double Scale(ReadOnlySpan<double> history, int seasonLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seasonLength, 1);
        var (sum, count) = (0.0, 0);
        for (var t = seasonLength; t < history.Length; t++)
        {
            var difference = Math.Abs(history[t] - history[t - seasonLength]);
            if (!double.IsNaN(difference))
            {
                sum += difference;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
