namespace Wfm.Forecasting.Accuracy;

/// <summary>Weighted absolute percentage error: Σ|y−ŷ| ÷ Σ|y|, a fraction. Defined where single observations are zero.</summary>
public static class Wape
{
    /// <summary>Scores a forecast; missing observations (NaN) are left out.</summary>
    /// <param name="actual">Observations.</param>
    /// <param name="forecast">Forecasts, one per observation.</param>
    /// <returns>A fraction ≥ 0; 0 when all observations are zero and hit, <see cref="double.PositiveInfinity"/> when they are zero and missed.</returns>
    public static double Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        ScoringGuard.SameLength(actual, forecast);
        var (error, volume) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                error += Math.Abs(actual[i] - forecast[i]);
                volume += Math.Abs(actual[i]);
            }
        }

        return error == 0 ? 0 : error / volume;
    }
}
