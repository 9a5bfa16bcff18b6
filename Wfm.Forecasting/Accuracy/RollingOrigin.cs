using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Accuracy;

/// <summary>One forecast of a rolling-origin evaluation.</summary>
/// <param name="Origin">Number of observations the model had seen.</param>
/// <param name="Forecast">Mean per step.</param>
/// <param name="Actual">What came.</param>
public sealed record OriginForecast(int Origin, double[] Forecast, double[] Actual);

/// <summary>Rolling-origin evaluation: fit on everything up to an origin, score what follows, move the origin.</summary>
/// <remarks>Source: Tashman, “Out-of-sample tests of forecasting accuracy”, <i>International Journal of Forecasting</i> 16 (2000).</remarks>
public static class RollingOrigin
{
    /// <summary>Evaluates one model, with a full fit at every origin.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">Complete, finite observations, oldest first.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <param name="horizon">Steps ahead, at least 1.</param>
    /// <param name="origins">Number of origins, at least 1; the last lies a horizon before the end.</param>
    /// <param name="step">Observations between origins, at least 1.</param>
    /// <returns>By origin, ascending.</returns>
    /// <exception cref="ForecastDataException">The first origin leaves the model too little to learn from.</exception>
    public static IReadOnlyList<OriginForecast> Evaluate(
        IForecastModel model, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, int horizon, int origins, int step)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(origins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var first = y.Length - horizon - (step * (origins - 1));
        if (first < Math.Max(1, model.MinimumLength(seasonLengths)))
        {
            throw new ForecastDataException(
                $"{origins} origins {step} apart with {horizon} steps each leave {first} of {y.Length} observations to learn from. Maybe use fewer origins.");
        }

        var results = new List<OriginForecast>(origins);
        for (var origin = first; origin <= y.Length - horizon; origin += step)
        {
            var forecast = model.Fit(y[..origin], seasonLengths).Forecast(horizon);
            results.Add(new OriginForecast(origin, forecast, y.Slice(origin, horizon).ToArray()));
        }

        return results;
    }
}
