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

    /// <summary>Whether a back-test fits anew at every origin: a fit costs little more than an update, and parameters learned long before serve
    /// worse.</summary>
    bool IsRefitted => false;

    /// <summary>Fewest observations the model can learn from.</summary>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    int MinimumLength(ReadOnlySpan<int> seasonLengths);

    /// <summary>Learns parameters and state.</summary>
    /// <param name="y">Observations, oldest first.</param>
    /// <param name="seasonLengths">Season lengths, ascending.</param>
    /// <exception cref="ForecastDataException">Fewer observations than <see cref="MinimumLength"/>, or one that is not finite.</exception>
    IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths);

    /// <summary>The state of these observations under parameters learned before: an update, far cheaper than a fit where parameters are costly.</summary>
    /// <param name="parameters"><see cref="IFittedModel.Parameters"/> of a fit of this model to the same series.</param>
    /// <param name="y">Observations from the same first one, usually with more at the end.</param>
    /// <param name="seasonLengths">Season lengths of that fit.</param>
    /// <exception cref="ForecastDataException">As for <see cref="Fit"/>.</exception>
    IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => Fit(y, seasonLengths);
}

/// <summary>Parameters and state of a model after learning; immutable.</summary>
public interface IFittedModel
{
    /// <summary>Writes the mean of the steps after the last observation.</summary>
    /// <param name="mean">One cell per step; every value written is finite.</param>
    void Forecast(Span<double> mean);

    /// <summary>What learning found, as plain numbers to be stored and given to <see cref="IForecastModel.Resume"/>; empty where nothing is searched
    /// for.</summary>
    double[] Parameters => [];
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
