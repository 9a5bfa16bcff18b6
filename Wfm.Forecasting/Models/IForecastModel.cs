namespace Wfm.Forecasting.Models;

/// <summary>A method that learns from evenly spaced observations.</summary>
/// <remarks>
/// Observations are finite and complete; gaps are filled before. Season lengths are in observations, ascending, each above 1, possibly none:
/// 24 and 168 for hours, 7 for days. A model that knows one season takes the longest that fits its history. Stateless and safe to share
/// between threads; the same observations give the same fit, bit for bit.
/// </remarks>
public interface IForecastModel
{
    /// <summary>Name in the literature, unique in <see cref="ModelCatalog"/>.</summary>
    string Name { get; }

    /// <summary>Fewest observations the model can learn from.</summary>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    int MinimumLength(ReadOnlySpan<int> seasonLengths);

    /// <summary>Learns parameters and state.</summary>
    /// <param name="y">Observations, oldest first.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <exception cref="ForecastDataException">Fewer observations than <see cref="MinimumLength"/>, or one that is not finite.</exception>
    IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths);
}

/// <summary>Parameters and state of a model after learning; immutable.</summary>
public interface IFittedModel
{
    /// <summary>Writes the mean of the steps after the last observation.</summary>
    /// <param name="mean">One cell per step; every value written is finite.</param>
    void Forecast(Span<double> mean);

    /// <summary>The same parameters with the state of other observations: an update, far cheaper than a new fit where parameters are costly.</summary>
    /// <param name="y">Observations of the same series, usually with more at the end.</param>
    IFittedModel Refit(ReadOnlySpan<double> y);
}

/// <summary>Ways of asking a fitted model.</summary>
public static class FittedModelExtensions
{
    /// <summary>Mean of the steps after the last observation.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="horizon">Steps, at least 1.</param>
    public static double[] Forecast(this IFittedModel model, int horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        var mean = new double[horizon];
        model.Forecast(mean);
        return mean;
    }
}
