using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Pooled;

/// <summary>What cheap models of the series itself say from an origin: the first is what <see cref="PooledStack"/> adds to.</summary>
internal sealed class LocalForecasts
{
    private readonly double[][] _means;

    private LocalForecasts(double[][] means) => _means = means;

    /// <summary>The models, the same for every series.</summary>
    public static IReadOnlyList<IForecastModel> Models { get; } =
    [
        new AutoregressiveRidge(dense: true, logarithm: true), new AutoregressiveRidge(dense: true, logarithm: false),
        new AutoregressiveRidge(dense: false, logarithm: false), new SeasonalWindowAverage(4), new SeasonalWindowAverage(6, median: true),
    ];

    /// <summary>Observations that all of some models can learn from.</summary>
    public static int MinimumLength(IReadOnlyList<IForecastModel> models, ReadOnlySpan<int> seasonLengths)
    {
        var least = 0;
        foreach (var model in models)
        {
            least = Math.Max(least, model.MinimumLength(seasonLengths));
        }

        return least;
    }

    /// <param name="fits">Fits of <see cref="Models"/>, or none.</param>
    /// <param name="horizon">Steps, at least 1.</param>
    public static LocalForecasts Of(IReadOnlyList<IFittedModel> fits, int horizon) => new([.. fits.Select(fit => fit.Forecast(horizon))]);

    /// <summary>What the trees add to.</summary>
    public double BaseOf(int step) => _means[0][step];

    /// <summary>Forecast of a model.</summary>
    public double Of(int model, int step) => _means[model][step];
}
