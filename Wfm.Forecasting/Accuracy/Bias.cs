namespace Wfm.Forecasting.Accuracy;

/// <summary>Relative bias: Σ(ŷ−y) ÷ Σ|y|, a fraction; positive when the forecast was too high.</summary>
public static class Bias
{
    /// <summary>Scores a forecast; missing observations (NaN) are left out.</summary>
    /// <param name="actual">Observations.</param>
    /// <param name="forecast">Forecasts, one per observation.</param>
    public static double Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> forecast)
    {
        ScoringGuard.SameLength(actual, forecast);
        var (error, volume) = (0.0, 0.0);
        for (var i = 0; i < actual.Length; i++)
        {
            if (!double.IsNaN(actual[i]))
            {
                error += forecast[i] - actual[i];
                volume += Math.Abs(actual[i]);
            }
        }

        return error == 0 ? 0 : error / volume;
    }
}
